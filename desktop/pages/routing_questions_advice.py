"""What to do and why, as the plan stands; it follows the plan by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.pages.routing_list import Shown
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.questions_advice import AdviceView, Thumb, advice_view
from desktop.work.inquiry import advice_on
from desktop.work.newest import NewestWins
from pricing.evaluation import Evaluation


class AdvicePanel(QFrame):
    """Sentences and who answers how much; the rules of thumb unfold on demand."""

    def __init__(self, theme: Theme, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._of: tuple[Evaluation, str] | None = None
        self._work = NewestWins(self)
        self._work.finished.connect(lambda advice: self.show_advice(advice_view(advice, colours)))
        self._work.failed.connect(lambda _error: self.hide())
        self.title = _text("question", self.tr("What is to be done, and why?"))
        self.setAccessibleName(self.title.text())
        self.recommendation, self.reasons = _text("changeText"), _text("changeText")
        self.beside, self.cautions = _text("cardTitle"), _text("caveat")
        self.portions = EditTable(self.tr("Who answers how much"), theme)
        self.more = QPushButton()
        self.more.setObjectName("link")
        self.more.setCheckable(True)
        self.thumbs = QWidget()
        self._grid = QGridLayout(self.thumbs)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID + 2, GRID + 4, GRID + 2)
        column.setSpacing(GRID)
        for part in (
            self.title,
            self.recommendation,
            self.portions,
            self.reasons,
            self.beside,
            self.cautions,
        ):
            column.addWidget(part)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.thumbs)
        self.thumbs.hide()
        self.more.toggled.connect(self.thumbs.setVisible)
        self.hide()

    def show_hybrid(self, shown: Shown) -> None:
        """Advise on a hybrid as last evaluated."""
        if shown.costs is None:
            return
        asked = shown.costs.evaluation, shown.hybrid.id
        if self._of is None or self._of[0] is not asked[0] or self._of[1] != asked[1]:
            self._of = asked
            self._work.submit(advice_on(*asked))

    def show_advice(self, view: AdviceView) -> None:
        """Show sentences."""
        self.recommendation.setText(view.recommendation)
        if view.portions is not None:
            self.portions.show_rows(view.portions.columns, view.portions.rows)
        self.portions.setVisible(view.portions is not None)
        for label, sentences, between in (
            (self.reasons, view.reasons, "\n\n"),
            (self.beside, view.beside, " "),
            (self.cautions, view.cautions, "\n"),
        ):
            label.setText(between.join(sentences))
            label.setVisible(bool(sentences))
        self.more.setText(view.heading)
        self.more.setVisible(bool(view.thumbs))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, thumb in enumerate(view.thumbs):
            self._add(row, thumb)
        self.show()

    def _add(self, row: int, thumb: Thumb) -> None:
        top = Qt.AlignmentFlag.AlignTop
        mark = _text({"✓": "saving", "✗": "caveat"}.get(thumb.mark, "cardTitle"), thumb.mark)
        mark.setToolTip(thumb.verdict)
        mark.setAccessibleName(thumb.verdict)
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(_text("question", thumb.claim), row, 1, top)
        self._grid.addWidget(_text("cardTitle", f"{thumb.verdict} {thumb.reasons}"), row, 2, top)

    def forget(self) -> None:
        """Have no advice."""
        self._work.drop()
        self._of = None
        self.hide()

    def wait(self) -> None:
        """Stop for good; for closing the window."""
        self._work.wait()


def _text(name: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
