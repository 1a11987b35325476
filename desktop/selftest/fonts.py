"""Words have fonts, in the window and in charts; where Chinese has none, that is said."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont

from desktop.charts.style import prepare_charts, settings
from desktop.selftest.check import Place, require
from desktop.theme.apply import body_font

CHINESE: Final = "银行私有化部署"
LATIN: Final = "Reckoner 0123456789 €¥£ – …"


def fonts(_place: Place) -> str:
    """Find the fonts of window and charts, with the characters that are needed."""
    family = QFontInfo(body_font()).family()
    require(bool(QFontDatabase.families()), "this system has no fonts at all")
    require(_has(family, "Reckoner 0123456789"), f"{family} has no letters")
    prepare_charts()
    in_charts = chart_fonts()
    missing = [c for c in LATIN if not c.isspace() and not _drawn(in_charts, c)]
    require(not missing, f"the fonts of charts have no {''.join(missing)}")
    return "; ".join(
        (
            f"window {family}",
            f"charts {', '.join(in_charts)}",
            _chinese_in_window(family),
            _chinese_in_charts(in_charts),
        )
    )


def chart_fonts() -> dict[str, Path]:
    """Files of the fonts that charts are drawn with, by family, in order."""
    from matplotlib.font_manager import FontProperties, findfont

    return {
        name: Path(findfont(FontProperties(family=name), fallback_to_default=False))
        for name in settings()["font.family"]
    }


def _chinese_in_window(family: str) -> str:
    writing = QFontDatabase.WritingSystem.SimplifiedChinese
    every = (family, *QFontDatabase.families(writing))
    families = [name for name in every if _has(name, CHINESE)]
    if families:
        return f"Chinese in the window {families[0]}"
    return (
        "this system has NO font with Chinese characters, which show as empty boxes: install one, "
        "for instance the package fonts-noto-cjk"
    )


def _chinese_in_charts(families: dict[str, Path]) -> str:
    if all(_drawn(families, character) for character in CHINESE):
        return "Chinese in charts too"
    return "charts have NO font with Chinese characters"


def _has(family: str, text: str) -> bool:
    raw = QRawFont.fromFont(QFont(family))
    return all(raw.supportsCharacter(ord(character)) for character in text if character != " ")


def _drawn(families: dict[str, Path], character: str) -> bool:
    """Whether one of the fonts of charts has a character."""
    from matplotlib.font_manager import get_font

    return any(get_font(str(path)).get_char_index(ord(character)) for path in families.values())
