"""Texts go through translation; which translations there are is said."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QMainWindow

from desktop.actions import Actions
from desktop.dialogs.about import about_box
from desktop.dialogs.help import help_pages
from desktop.selftest.check import Place, require
from pricing.resources import resource


class _Marker(QTranslator):
    """Stands for a translation of everything."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        text: str | bytes,
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        """The text in brackets."""
        return f"«{text if isinstance(text, str) else text.decode()}»"


def words(place: Place) -> str:
    """Translate all texts for a moment; load every translation that came along."""
    marker = _Marker()
    require(place.application.installTranslator(marker), "no translation can be put in force")
    try:
        parent = QMainWindow()
        actions = vars(Actions(parent, QUndoStack(parent))).values()
        shown = [
            about_box(parent).windowTitle(),
            *(action.text() for action in actions if isinstance(action, QAction)),
            *(page.title for page in help_pages()),
        ]
    finally:
        place.application.removeTranslator(marker)
    plain = [text for text in shown if not text.startswith("«")]
    require(not plain, f"{plain[:1]} cannot be translated")
    return f"{len(shown)} texts can be translated; {_own()}; {_of_qt()}"


def _own() -> str:
    """Translations of our own texts."""
    try:
        files = sorted(resource("translations").glob("*.qm"))
    except FileNotFoundError:
        files = []
    for path in files:
        translator = QTranslator()
        require(translator.load(str(path)), f"resources/translations/{path.name} cannot be read")
        require(not translator.isEmpty(), f"resources/translations/{path.name} is empty")
    if not files:
        return "the window speaks English, no translation of its texts exists yet"
    return f"translations of its texts: {', '.join(path.stem for path in files)}"


def _of_qt() -> str:
    """Qt's own words in Chinese, which no window uses as long as it speaks English."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator()
    if translator.load("qtbase_zh_CN", folder) and not translator.isEmpty():
        return "Qt's own words in Chinese are there"
    return "Qt's own words in Chinese are not shipped"
