"""Libraries that are loaded late have all been used by the checks before."""

import sys
from typing import Final

from desktop.selftest.check import Place, require
from desktop.selftest.decisions import highs_version

LATE: Final = (
    "fontTools.subset",
    "highspy",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_qtagg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.font_manager",
    "matplotlib.lines",
    "matplotlib.patches",
    "matplotlib.path",
    "matplotlib.text",
    "matplotlib.ticker",
    "openpyxl",
    "openpyxl.utils.datetime",
    "openpyxl.utils.exceptions",
    "xlsxwriter",
)
"""What our code imports inside functions, and what libraries load by name when they need it."""


def libraries(_place: Place) -> str:
    """Every library loaded late was loaded by a check, so by using it."""
    unused = [name for name in LATE if name not in sys.modules]
    require(not unused, f"no check has used {', '.join(unused)}")
    import matplotlib as mpl
    import numpy as np
    import openpyxl
    import xlsxwriter
    from PySide6.QtCore import qVersion

    versions = {
        "Qt": qVersion(),
        "numpy": np.__version__,
        "matplotlib": mpl.__version__,
        "XlsxWriter": xlsxwriter.__version__,
        "openpyxl": openpyxl.__version__,
        "HiGHS": highs_version(),
    }
    return ", ".join(f"{name} {version}" for name, version in versions.items())
