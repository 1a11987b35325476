"""`reckoner-desktop --self-test`: passes here, fails where something is broken, touches nothing."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from desktop.selftest.checks import CHECKS
from desktop.selftest.golden import differences, golden, sample_figures, serving_figures
from desktop.selftest.libraries import LATE
from desktop.selftest.shipped import listed

ROOT = Path(__file__).parents[2]
FILES = ROOT / "resources" / "selftest" / "files.txt"
FIGURES = ROOT / "resources" / "selftest" / "figures.json"


@dataclass(frozen=True)
class Run:
    """What a self-test said, and what it left behind."""

    code: int
    lines: list[str]
    modules: frozenset[str]
    home: Path

    def line(self, check: str) -> str:
        return next(line for line in self.lines if f" s  {check}: " in line)


SCRIPT = """
import sys
{start}
print("MODULES", *sys.modules)
sys.exit(code)
"""


def run(start: str, folder: Path, tree: Path = ROOT, **more: str) -> Run:
    """Run Python in a process of its own, as somebody whose home is empty."""
    home = folder / "home"
    temporary = folder / "temporary"
    home.mkdir()
    temporary.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    kept.pop("MPLCONFIGDIR", None)
    done = subprocess.run(
        [sys.executable, "-B", "-c", SCRIPT.format(start=start)],
        cwd=tree,
        env={
            **kept, "HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(tree),
            "QT_QPA_PLATFORM": "offscreen", **more,
        },
        capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.stderr.decode("utf-8") == ""
    assert lines[-1].startswith("MODULES")
    assert not list(temporary.iterdir()), "what it wrote is gone"
    return Run(done.returncode, lines[:-1], frozenset(lines[-1].split()[1:]), home)


def only(*checks: str) -> str:
    return f"from desktop.selftest.run import run; code = run({checks!r})"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The whole self-test from source."""
    start = "from desktop.main import main; code = main(['--self-test'])"
    return run(start, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of everything that a program consists of."""
    tree = tmp_path_factory.mktemp("tree")
    for room in ("pricing", "desktop", "resources"):
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tree


def test_that_every_check_passes_from_source_with_a_line_and_a_time_each(whole: Run) -> None:
    assert whole.code == 0, "\n".join(whole.lines)
    said = [re.fullmatch(r"ok +\d+\.\d\d s  ([^:]+): .+", line) for line in whole.lines[1:-1]]
    assert [found and found[1] for found in said] == [check.name for check in CHECKS]
    assert whole.lines[-1].startswith("All checks passed in ")


def test_that_nothing_is_written_below_the_home_of_the_person(whole: Run) -> None:
    assert list(whole.home.rglob("*")) == []


def test_that_it_says_which_translations_there_are(whole: Run) -> None:
    translated = list((ROOT / "resources").glob("translations/*.qm"))
    assert ("no translation of its texts exists yet" in whole.line("translations")) == (
        not translated
    )


def test_that_a_missing_file_is_named(copied: Path, tmp_path: Path) -> None:
    lost = copied / "resources" / "workload" / "templates.json"
    kept = lost.read_bytes()
    lost.unlink()
    try:
        found = run(only("resources", "serving"), tmp_path, copied)
    finally:
        lost.write_bytes(kept)
    assert found.code == 1
    assert found.line("resources").startswith("FAILED")
    assert "resources/workload/templates.json is missing" in found.line("resources")
    assert found.line("serving").startswith("ok")
    assert found.lines[-1] == "1 failed: resources"


def test_that_a_figure_that_is_not_reproduced_is_named(copied: Path, tmp_path: Path) -> None:
    path = copied / "resources" / "selftest" / "figures.json"
    kept = path.read_text(encoding="utf-8")
    figures = json.loads(kept)
    options = figures["samples"]["customer_service.reckon"]["options"]
    options["owned"]["npv"] *= 1 + 1e-8
    path.write_text(json.dumps(figures), encoding="utf-8")
    try:
        found = run(only("figures"), tmp_path, copied)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert found.code == 1
    assert "customer_service.reckon options owned npv is " in found.line("figures")


def test_that_a_changed_catalogue_is_found_out(copied: Path, tmp_path: Path) -> None:
    path = copied / "resources" / "catalogue" / "rentals.json"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"1", b"2", 1))
    try:
        found = run(only("catalogue"), tmp_path, copied)
    finally:
        path.write_bytes(kept)
    assert found.code == 1
    assert "rentals.json is not the file that was shipped" in found.line("catalogue")


def test_that_a_library_that_does_not_load_is_named(copied: Path, tmp_path: Path) -> None:
    (copied / "highspy.py").write_text("raise ImportError('libhighs is not there')\n")
    try:
        found = run(only("solver"), tmp_path, copied)
    finally:
        (copied / "highspy.py").unlink()
    assert found.code == 1
    assert "libhighs is not there" in "\n".join(found.lines)
    assert found.lines[-1] == "1 failed: solver"


def test_that_a_fault_where_qt_calls_us_fails_the_check(copied: Path, tmp_path: Path) -> None:
    page = copied / "resources" / "help" / "workbook.md"
    kept = page.read_bytes()
    page.unlink()
    try:
        found = run(only("help pages"), tmp_path, copied)
    finally:
        page.write_bytes(kept)
    assert found.code == 1
    assert "resources/help/workbook.md is missing" in found.line("help pages")


def test_that_a_part_that_is_loaded_late_and_missing_is_named(copied: Path, tmp_path: Path) -> None:
    lost = copied / "desktop" / "dialogs" / "score.py"
    kept = lost.read_bytes()
    lost.unlink()
    start = "import desktop.window; " + only("parts loaded late")
    try:
        found = run(start, tmp_path, copied)
    finally:
        lost.write_bytes(kept)
    assert found.code == 1
    assert "desktop.app.own_scores cannot load desktop.dialogs.score" in found.lines[1]


def test_that_a_system_without_chinese_fonts_is_told_and_passes(tmp_path: Path) -> None:
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>", encoding="utf-8")
    found = run(only("fonts"), tmp_path, FONTCONFIG_FILE=str(config))
    assert found.code == 0
    assert "NO font with Chinese characters" in found.line("fonts")


# --- what it must cover ---------------------------------------------------------------------------


def late_imports() -> Iterator[tuple[Path, str]]:
    """Modules that our code imports inside functions, as its text says."""
    for room in ("pricing", "desktop"):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    for name in _imported(node):
                        yield path.relative_to(ROOT), name


def _imported(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def of_the_window() -> list[str]:
    """The same without what the command line and the calibration import for themselves."""
    rooms = ("pricing/cli", "pricing/calibration", "pricing/cases")
    return [name for path, name in late_imports() if not path.as_posix().startswith(rooms)]


def test_that_every_library_loaded_late_is_on_the_list() -> None:
    ours = {"pricing", "desktop", "PySide6"}
    libraries = {
        name for name in of_the_window()
        if name.partition(".")[0] not in sys.stdlib_module_names | ours
        and name not in {"matplotlib", "numpy"}
    }  # fmt: skip
    assert "matplotlib.figure" in libraries
    assert libraries <= set(LATE)


def test_that_every_module_of_ours_loaded_late_is_loaded(whole: Run) -> None:
    ours = {name for name in of_the_window() if name.startswith(("pricing", "desktop"))}
    assert "desktop.dialogs.about" in ours
    assert ours - whole.modules == set()


def test_that_every_resource_that_code_names_must_be_there() -> None:
    names, folders = set(listed()), {Path(name).parts[0] for name in listed()}
    for room in ("pricing", "desktop"):
        for path in (ROOT / room).rglob("*.py"):
            if "calibration" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "resource":
                    parts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                    if len(parts) == len(node.args) and "." in str(parts[-1]):
                        assert "/".join(map(str, parts)) in names, path
                    elif parts and (ROOT / "resources" / str(parts[0])).is_dir():
                        assert parts[0] in folders, path


def test_that_the_list_of_files_is_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    import self_test_figures  # type: ignore[import-not-found]

    assert list(listed()) == self_test_figures.shipped(), "run make self-test-figures"


def test_that_the_golden_figures_are_those_of_this_checkout() -> None:
    kept = golden()
    day = date.fromisoformat(kept["day"])
    found = {name: sample_figures(name, day) for name in kept["samples"]}
    told = [*differences(kept["samples"], found), *differences(kept["serving"], serving_figures())]
    assert not told, "if that is meant to be so: make self-test-figures, and read the diff"


def test_that_the_golden_figures_tell_their_origin() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert "second implementation" in figures["origin"]
    assert figures["written_by"] == "packaging/self_test_figures.py"
    samples = {path.name for path in (ROOT / "resources" / "samples").glob("*.reckon")}
    assert set(figures["samples"]) == samples
