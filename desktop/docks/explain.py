"""Where a number comes from: its formula in words, what it is made of, and who said so."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.docks.wrapping import WrappingDelegate
from desktop.theme.tokens import GRID
from desktop.viewmodels.explanation import (
    Told,
    brief_text,
    looked_through,
    month_text,
    path_of,
    tell,
    value_text,
)
from pricing.evaluation import Evaluation
from pricing.ledger import Explanation

Explain = Callable[[str, int | None], Explanation]
_LABEL, _VALUE = 0, 1


class ExplainDock(QFrame):
    """Follows the figure chosen last, also when the plan changes.

    Signals:
        field_wanted: path of the field an input was entered in.
        closed: the person closed it.
    """

    field_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explain")
        self.setMinimumWidth(312)
        self.setMaximumWidth(420)
        self.setAccessibleName(self.tr("Explain"))
        self._evaluation: Evaluation | None = None
        self._asked: tuple[str, int | None] | None = None
        self._trail: list[tuple[str, int | None]] = []
        self._told: Told | None = None
        self._build()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, GRID, GRID)
        outer.setSpacing(GRID)
        top = QHBoxLayout()
        title = QLabel(self.tr("Explain"))
        title.setObjectName("pageTitle")
        self.back = QToolButton()
        self.back.setText("←")
        self.back.setToolTip(self.tr("Back to the figure before"))
        self.back.setAccessibleName(self.back.toolTip())
        self.back.clicked.connect(self._go_back)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close Explain"))
        self.close_button.clicked.connect(self.closed)
        top.addWidget(title, 1)
        top.addWidget(self.back)
        top.addWidget(self.close_button)
        outer.addLayout(top)
        outer.addWidget(self._body(), 1)
        self._show_nothing()

    def _body(self) -> QScrollArea:
        body = QWidget()
        body.setObjectName("explainBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        self.label = self._text("explainTitle")
        self.figure = self._text("explainFigure")
        self.whose = self._text("extra")
        self.when = self._text("hint")
        self.formula = self._text("explainFormula")
        self.numbers = self._text("hint")
        self.origin = self._text("extra")
        self.origin.setTextFormat(Qt.TextFormat.PlainText)
        self.go = QPushButton(self.tr("Go to the field"))
        self.go.clicked.connect(self._go_to_field)
        self.parts_title = self._text("question")
        self.parts_title.setText(self.tr("Made from"))
        self.parts = self._tree()
        for widget in (
            self.label,
            self.whose,
            self.figure,
            self.when,
            self.formula,
            self.numbers,
            self.origin,
        ):
            column.addWidget(widget)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.parts_title)
        column.addWidget(self.parts, 1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setIndentation(14)
        tree.setAccessibleName(self.tr("What the figure is made from"))
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.ResizeToContents)
        tree.setItemDelegateForColumn(_LABEL, WrappingDelegate(tree))
        tree.itemActivated.connect(self._open_part)
        tree.itemClicked.connect(self._open_part)
        return tree

    def _text(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label

    @property
    def told(self) -> Told | None:
        """What is shown now."""
        return self._told

    def follow(self, evaluation: Evaluation | None) -> None:
        """Explain the same figure in a newer evaluation; nothing where it is gone."""
        self._evaluation = evaluation
        if self._asked is not None:
            self._show(*self._asked)

    def ask(self, key: str, month: int | None = None) -> None:
        """Explain a figure; the one shown before can be gone back to."""
        if self._asked is not None and self._asked != (key, month):
            self._trail.append(self._asked)
        self._show(key, month)

    def _go_back(self) -> None:
        if self._trail:
            self._show(*self._trail.pop())

    def forget(self) -> None:
        """Show nothing; for another document."""
        self._asked, self._told, self._evaluation = None, None, None
        self._trail.clear()
        self._show_nothing()

    def _show_nothing(self) -> None:
        """Say how a figure is asked for."""
        shown = (self.whose, self.figure, self.when, self.formula, self.numbers, self.origin)
        for widget in (*shown, self.go, self.parts_title, self.parts):
            widget.hide()
        self.back.setEnabled(False)
        self.label.setText(self.tr("Click a figure to see where it comes from."))
        self.label.show()

    def _show(self, key: str, month: int | None) -> None:
        if self._evaluation is None:
            return
        try:
            explanation = looked_through(self._evaluation.explain(key, month))
        except LookupError:
            self._asked, self._told = None, None
            self.closed.emit()
            return
        self._asked = (key, month)
        self._told = tell(explanation, self._evaluation)
        self.back.setEnabled(bool(self._trail))
        self._paint(self._told, explanation)

    def _paint(self, told: Told, explanation: Explanation) -> None:
        for label, text in (
            (self.label, told.label),
            (self.whose, told.whose),
            (self.figure, told.figure),
            (self.when, told.when),
            (self.formula, told.formula),
            (self.numbers, told.numbers),
            (self.origin, told.origin),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.go.setVisible(bool(told.path))
        self.parts.clear()
        for operand in explanation.operands:
            self._add_part(self.parts.invisibleRootItem(), operand, 0)
        if self.parts.topLevelItemCount() <= 3:
            self.parts.expandToDepth(0)
        self.parts_title.setVisible(bool(explanation.operands))
        self.parts.setVisible(bool(explanation.operands))

    def _add_part(self, above: QTreeWidgetItem, part: Explanation, depth: int) -> None:
        label = part.label
        if self._asked is not None and part.month is not None and part.month != self._asked[1]:
            label = f"{label}, {month_text(part.month, self._evaluation)}"
        item = QTreeWidgetItem([label, brief_text(part.value, part.unit)])
        item.setData(_LABEL, Qt.ItemDataRole.UserRole, (part.key, part.month))
        item.setTextAlignment(_VALUE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole = f"{part.label}: {value_text(part.value, part.unit)}"
        tip = "\n".join(text for text in (whole, part.formula, part.source, part.note) if text)
        item.setToolTip(_LABEL, tip)
        above.addChild(item)
        if depth < 6:
            for operand in part.operands:
                self._add_part(item, operand, depth + 1)

    def _open_part(self, item: QTreeWidgetItem, _column: int) -> None:
        key, month = item.data(_LABEL, Qt.ItemDataRole.UserRole)
        if (key, month) != self._asked:
            self.ask(key, month)

    def _go_to_field(self) -> None:
        if self._told is not None and self._evaluation is not None:
            self.field_wanted.emit(path_of(self._told.path, self._evaluation))
