"""Puts a scheme on the application and says which one holds."""

from typing import Final, Literal

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from desktop.theme.icons import icon
from desktop.theme.palette import palette_of
from desktop.theme.stylesheet import stylesheet
from desktop.theme.tokens import BODY_PX, DARK, FONT_FAMILIES, LIGHT, Tokens

Scheme = Literal["system", "light", "dark"]


STYLED: Final = "reckonerStyled"
"""Property of an application that has our style and font."""


class Theme(QObject):
    """The scheme in force; follows the system unless told otherwise.

    Signals:
        changed: other colours are in force.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._scheme: Scheme = "system"
        self.tokens = LIGHT
        if not application.property(STYLED):  # each change makes every widget measure itself anew
            application.setStyle("Fusion")
            application.setFont(body_font())
            application.setProperty(STYLED, True)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def use(self, scheme: Scheme) -> None:
        """Show light, dark, or what the system shows."""
        self._scheme = scheme
        self._put(self._wanted())

    def _wanted(self) -> Tokens:
        if self._scheme == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._scheme == "dark" else LIGHT

    def _follow(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme == "system" and self._wanted() is not self.tokens:
            self._put(self._wanted())

    def _put(self, tokens: Tokens) -> None:
        sheet = stylesheet(tokens)
        if self.tokens is tokens and self._application.styleSheet() == sheet:
            return
        self.tokens = tokens
        # Replacing one sheet by another is five times slower than removing it first (measured).
        self._application.setStyleSheet("")
        self._application.setPalette(palette_of(tokens))
        self._application.setStyleSheet(sheet)
        self.changed.emit()

    def icon(self, name: str, colour: str = "") -> QIcon:
        """An icon in the text colour of the scheme, or in a given one."""
        return icon(name, colour or self.tokens.text, self.tokens.border)


def body_font() -> QFont:
    """The first of our families that is installed; digits of one width."""
    installed = set(QFontDatabase.families())
    families = [name for name in FONT_FAMILIES if name in installed]
    font = QFont(families) if families else QGuiApplication.font()
    font.setPixelSize(BODY_PX)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def use_number_locale() -> None:
    """Write numbers as the system does; a system without a locale gets thousands separators."""
    system = QLocale.system()
    if system.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        system = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    system.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    QLocale.setDefault(system)
