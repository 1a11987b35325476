"""What holds for every test: it runs on the day the catalogue was made, so nothing turns stale."""

import os

os.environ["SOURCE_DATE_EPOCH"] = "1795348800"  # 2026-11-22, noon UTC
