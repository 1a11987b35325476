#!/usr/bin/env bash
# Everything that must hold before a change lands: style, types, layers, tests. Stops at the first failure.
set -euo pipefail
bin=${1:-.venv/bin}
"$bin/ruff" format --check .
"$bin/ruff" check .
"$bin/mypy"
"$bin/lint-imports"
QT_QPA_PLATFORM=offscreen "$bin/python" -m pytest -n "${PYTEST_WORKERS:-2}" -m "not benchmark"
