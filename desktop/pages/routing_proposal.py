"""A proposed decision beside what holds now, to be taken or discarded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.pages.elided import ElidedLabel
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.proposal import BeforeAfter, Proposal
from desktop.viewmodels.proposal_words import Change

COLUMNS = 4


def _label(name: str, text: str = "", *, wrap: bool = True) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if wrap:
        label.setMinimumWidth(1)  # a name without spaces must not widen the page
    return label


class BeforeAfterCard(QFrame):
    """One figure: what it would be, what it is now, and the difference."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("subCard")
        self.setMinimumWidth(132)
        self.title, self.note = ElidedLabel(), ElidedLabel()
        self.title.setObjectName("cardTitle")
        self.note.setObjectName("cardTitle")
        self.figure, self.difference = QLabel(), QLabel()
        self.figure.setObjectName("cardFigure")
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.figure)
        line.addWidget(self.difference, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(1)
        column.addWidget(self.title)
        column.addLayout(line)
        column.addWidget(self.note)

    def show_card(self, card: BeforeAfter) -> None:
        """Show a figure."""
        self.title.say(card.title)
        self.figure.setText(card.after)
        self.note.say(card.before)
        self.difference.setText(card.difference)
        tone = {"good": "saving", "more": "extra", "neutral": "cardTitle"}[card.tone]
        if self.difference.objectName() != tone:
            self.difference.setObjectName(tone)
            self.difference.style().unpolish(self.difference)
            self.difference.style().polish(self.difference)
        said = [card.title, card.after, card.before, card.difference, card.tip]
        self.setToolTip("\n".join(part for part in said if part))
        self.setAccessibleName(f"{card.title}: {card.after}")
        self.setAccessibleDescription(", ".join(part for part in said[2:4] if part))


class ChangesGrid(QWidget):
    """Who answers what, and servers by month: name, proposed, now."""

    def __init__(self, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self.setAccessibleName(self.tr("What changes"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 7)
        self._grid.setColumnStretch(3, 6)
        self.rows: list[tuple[QLabel, QLabel, QLabel]] = []

    def show_changes(self, changes: tuple[Change, ...]) -> None:
        """Show the rows of another proposal."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        compared = any(change.before for change in changes)
        for column, text in ((1, self.tr("Class or servers")), (2, self.tr("Proposed"))):
            self._grid.addWidget(_label("cardTitle", text, wrap=False), 0, column)
        if compared:
            self._grid.addWidget(_label("cardTitle", self.tr("Now"), wrap=False), 0, 3)
        for row, change in enumerate(changes, start=1):
            self._add(row, change, compared)

    def _add(self, row: int, change: Change, compared: bool) -> None:
        colour = self._colours.of(change.colour) if change.colour else ""
        bar = QFrame()
        bar.setFixedWidth(4)
        bar.setStyleSheet(f"background: {colour}; border-radius: 2px;" if colour else "")
        name = _label("question", change.name)
        name.setMinimumWidth(112)
        name.setMaximumWidth(248)
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        after = _label("changeText", change.after)
        before = _label("cardTitle", self.tr("the same") if change.same else change.before)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(bar, row, 0)
        self._grid.addWidget(name, row, 1, top)
        self._grid.addWidget(after, row, 2, top)
        if compared:
            self._grid.addWidget(before, row, 3, top)
        self.rows.append((name, after, before))


class ProposalPanel(QFrame):
    """The decision found, with two buttons.

    Signals:
        take_wanted: the decision shall be put into the plan.
        discard_wanted: it shall not.
    """

    take_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that no key takes it by accident
        self.title, self.proof = _label("pageTitle"), _label("extra")
        self.note, self.stale, self.caution = _label("extra"), _label("caveat"), _label("caveat")
        self.broken, self.basis = _label("broken"), _label("hint")
        self.cards = tuple(BeforeAfterCard() for _ in range(2 * COLUMNS))
        self.changes = ChangesGrid(colours)
        self.take = QPushButton(self.tr("Take this decision"))
        self.take.setObjectName("primary")
        self.take.setToolTip(self.tr("Puts routes and servers into the plan; can be undone"))
        self.discard = QPushButton(self.tr("Discard"))
        self.discard.setToolTip(self.tr("Leaves the plan as it is"))
        self._place()
        self.take.clicked.connect(self.take_wanted)
        self.discard.clicked.connect(self.discard_wanted)
        self.hide()

    def _place(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(4)
        for label in (
            self.title, self.note, self.proof, self.stale, self.broken, self.caution,
        ):  # fmt: skip
            told.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addLayout(told, 1)
        for button in (self.discard, self.take):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(4)
        for place, card in enumerate(self.cards):
            grid.addWidget(card, place // COLUMNS, place % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column_.setSpacing(GRID + 4)
        column_.addLayout(top)
        column_.addLayout(grid)
        column_.addWidget(self.changes)
        column_.addWidget(self.basis)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show another proposal."""
        self.title.setText(proposal.title)
        self.setAccessibleName(proposal.title)
        self.proof.setText(proposal.proof)
        self.caution.setText("\n".join(proposal.cautions))
        self.caution.setVisible(bool(proposal.cautions))
        self.broken.setText("\n".join(proposal.broken))
        self.broken.setVisible(bool(proposal.broken))
        self.note.setText(proposal.note)
        self.note.setVisible(bool(proposal.note))
        self.say("")
        for card, content in zip(self.cards, proposal.cards, strict=True):
            card.show_card(content)
        self.changes.show_changes(proposal.changes)
        self.basis.setText(proposal.basis)
        self.basis.setVisible(bool(proposal.basis))
        self.show()

    def say(self, note: str) -> None:
        """Say why the proposal may not fit any more; an empty note takes it back."""
        self.stale.setText(note)
        self.stale.setVisible(bool(note))
