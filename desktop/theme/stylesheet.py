"""The style sheet: shapes and spacing that a palette cannot say."""

from string import Template
from typing import Final

from desktop.theme.tokens import BODY_PX, FIGURE_PX, FINDING_PX, RADIUS, SOURCE_PX, Tokens

_SHEET: Final = Template("""
QWidget { font-size: ${body}px; }
QMainWindow, QDialog, QMessageBox { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 6px; }
QMenuBar { background: $window; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $sunken; color: $text; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

#header { background: $window; border-bottom: 1px solid $border; }
#documentName { font-size: ${figure}px; font-weight: 600; }
#documentNote, #hint, #cardNote, #quietText { color: $muted; font-size: ${source}px; }

#navigation { background: $window; border: none; border-right: 1px solid $border;
  padding: 8px; outline: none; }
#navigation::item { padding: 9px 8px; border-radius: ${radius}px; color: $text; margin: 1px 0; }
#navigation::item:hover { background: $sunken; }
#navigation::item:selected { background: $accent_soft; color: $text; }
#navigation:focus { border: none; border-right: 1px solid $border; }

QScrollArea, #page, #pageBody { background: $window; border: none; }
#finding { font-size: ${finding}px; font-weight: 600; }
#pageTitle { font-size: ${figure}px; font-weight: 600; }
#question { font-weight: 600; }
#hint[stale="true"] { color: $caution; }
#changedDot { color: $accent; font-size: 8px; }
#fieldError, #problemText { color: $rule_broken; font-size: ${source}px; }
#fieldError { font-size: 12px; }
#caveat { color: $caution; font-size: 12px; }
#broken { color: $rule_broken; font-size: 12px; }
#saving { color: $good; font-size: 12px; }
#extra { color: $text; font-size: 12px; }

#card, #panel, #startCard { background: $surface; border: 1px solid $border;
  border-radius: ${radius}px; }
#panel:focus { border: 1px solid $accent; }
#cardButton { background: $surface; border: 1px solid $border; border-radius: ${radius}px;
  text-align: left; padding: 0; min-height: 84px; }
#cardButton:hover { border-color: $accent; }
#cardButton:focus { border: 1px solid $accent; }
#cardTitle { color: $muted; font-size: 12px; }
#cardFigure { font-size: ${figure}px; font-weight: 600; }

#banner { background: $caution_soft; border: 1px solid $border; border-radius: ${radius}px; }
#banner QLabel { color: $caution; }
#banner[broken="true"] { background: $rule_broken_soft; }
#banner[broken="true"] QLabel { color: $rule_broken; }

QLineEdit, QComboBox, QDateEdit, QPlainTextEdit { background: $surface; color: $text;
  border: 1px solid $border; border-radius: ${radius}px; padding: 0 7px; min-height: 28px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { padding: 3px 5px; min-height: 0; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled { color: $muted; background: $window; }
QLineEdit[invalid="true"], QComboBox[invalid="true"] { border: 1px solid $rule_broken;
  background: $rule_broken_soft; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; padding: 4px; }
#details { background: $sunken; border: none; border-radius: ${radius}px; margin: 4px 0; }

QPushButton { background: $surface; color: $text; border: 1px solid $border;
  border-radius: ${radius}px; padding: 0 14px; min-height: 28px; }
QPushButton:hover { border-color: $muted; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton#primary { background: $accent; color: $on_accent;
  border-color: $accent; }
QPushButton#primary:disabled { background: $sunken; color: $muted; border-color: $border; }
QPushButton#quietLine, QPushButton#link { background: transparent; border: 1px solid transparent;
  text-align: left; padding: 0 1px; min-height: 16px; border-radius: 3px; }
QPushButton#quietLine { color: $muted; font-size: ${source}px; }
QPushButton#quietLine[stale="true"] { color: $caution; }
QPushButton#link { color: $accent; }
QPushButton#quietLine:hover, QPushButton#link:hover { text-decoration: underline; color: $text; }
QPushButton#quietLine:focus, QPushButton#link:focus { border: 1px solid $accent; }
QPushButton#startItem { text-align: left; padding: 10px 12px; min-height: 36px; }
QToolButton { background: transparent; border: 1px solid transparent;
  border-radius: ${radius}px; padding: 5px 8px; min-height: 18px; }
QToolButton:hover { background: $sunken; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:checked { background: $accent_soft; }
QToolButton:disabled { color: $muted; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton#reset { padding: 2px; color: $muted; min-height: 20px; }
QLineEdit QToolButton { padding: 0; min-height: 0; border: none; }
QToolButton#statusButton { padding: 1px 8px; font-size: 12px; min-height: 16px; }
QCheckBox { min-height: 28px; spacing: 8px; }
QCheckBox:focus { color: $accent; }

QListView#items { background: $surface; border: 1px solid $border; border-radius: ${radius}px;
  outline: none; padding: 4px; }
QListView#items::item { border-radius: 4px; }
QListView#items::item:hover { background: $sunken; }
QListView#items::item:selected { background: $accent_soft; }
#explain QTreeView { border: none; }
QListView, QTreeView, QTableView, QTextBrowser { background: $surface; border: 1px solid $border;
  border-radius: ${radius}px; gridline-color: $grid; outline: none;
  selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $surface; }
#plainTable { border: none; border-radius: 0; }
#frozenNames { border: none; border-right: 1px solid $border; border-radius: 0; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 6px 10px; font-weight: 600; }
QTableCornerButton::section { background: $surface; border: none; }
QTableView::item { padding: 4px 10px; }
QTreeView::item { padding: 3px 0; }

QDockWidget { titlebar-close-icon: none; }
#explain, #explainBody { background: $surface; }
#explain { border-left: 1px solid $border; }
#explainFigure { font-size: ${finding}px; font-weight: 600; }
#explainTitle { font-weight: 600; }
#explainFormula { background: $window; border: none; border-radius: ${radius}px;
  padding: 8px; }
QLabel#qt_msgbox_informativelabel { min-width: 380px; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; }
QStatusBar QLabel { color: $muted; font-size: 12px; padding: 0 8px; }
QStatusBar::item { border: none; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; min-height: 32px; min-width: 32px;
  margin: 1px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The style sheet in the colours of a scheme."""
    colours = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    return _SHEET.substitute(
        colours,
        body=BODY_PX,
        figure=FIGURE_PX,
        finding=FINDING_PX,
        source=SOURCE_PX,
        radius=RADIUS,
    )
