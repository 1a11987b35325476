"""A slim strip while something is searched for: best so far, what is proven, the gap, stop."""

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.pages.elided import ElidedLabel
from desktop.theme.apply import Theme
from desktop.theme.tokens import GRID
from desktop.viewmodels.proposal_progress import progress_text
from desktop.work.optimiser import State

WIDEST = 1.0
"""The gap at which the bar is all open."""
NARROWEST = 1e-4
"""The gap at which it is closed."""


class GapBar(QWidget):
    """Two ends that move towards each other: what is proven from the left, the best from the right.

    The opening is on a scale of powers of ten, as each tenth is as hard won as the one before.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._gap = theme, math.inf
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As slim as a rule."""
        return QSize(240, 8)

    @property
    def opening(self) -> float:
        """Part of the bar that is still open, 0 to 1."""
        if not math.isfinite(self._gap):
            return 1.0
        part = math.log(max(self._gap, NARROWEST) / NARROWEST) / math.log(WIDEST / NARROWEST)
        return min(max(part, 0.0), 1.0)

    def show_gap(self, gap: float) -> None:
        """Show how far the best decision is from what is proven; inf where one is missing."""
        self._gap, self._share = gap, None
        self.update()

    def show_share(self, share: float) -> None:
        """Show which part of several steps is done."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track and both ends."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(0, (self.height() - 6) / 2, self.width(), 6)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(area, 3, 3)
        if self._share is not None:
            painter.setBrush(QColor(tokens.accent))
            area.setWidth(self._share * area.width())
            painter.drawRoundedRect(area, 3, 3)
            painter.end()
            return
        closed = (1 - self.opening) * area.width()
        painter.setBrush(QColor(tokens.accent))
        if closed > 1:
            left = QRectF(area.left(), area.top(), closed / 2, area.height())
            right = QRectF(area.right() - closed / 2, area.top(), closed / 2, area.height())
            painter.drawRoundedRect(left, 3, 3)
            painter.setBrush(QColor(tokens.good))
            painter.drawRoundedRect(right, 3, 3)
        painter.end()


class ProgressStrip(QFrame):
    """Shown while a search runs.

    Signals:
        stop_wanted: the person has seen enough.
    """

    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Progress of the search"))
        self.step, self.seconds = ElidedLabel(), QLabel()
        self.proven, self.best, self.gap = ElidedLabel(), QLabel(), QLabel()
        self.bar = GapBar(theme)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Esc"))
        for label in (self.seconds, self.proven, self.best, self.gap):
            label.setObjectName("cardTitle")
        self.step.setObjectName("question")
        self.outdated = QLabel()
        self.outdated.setObjectName("caveat")
        self.outdated.setWordWrap(True)
        self.outdated.setMinimumWidth(1)
        self.outdated.hide()
        self._place()
        self.stop.clicked.connect(self.stop_wanted)
        self.hide()

    def _place(self) -> None:
        told = QHBoxLayout()
        told.setSpacing(2 * GRID)
        told.addWidget(self.step, 1)
        told.addWidget(self.gap)
        told.addWidget(self.seconds)
        ends = QHBoxLayout()
        ends.setSpacing(2 * GRID)
        ends.addWidget(self.proven, 1)
        ends.addWidget(self.best)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(told)
        column.addWidget(self.bar)
        column.addLayout(ends)
        column.addWidget(self.outdated)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        row.setSpacing(2 * GRID)
        # on the left, where no button of what comes next stands: a double click must not take it
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)

    def remark(self, text: str) -> None:
        """Say why what is searched for may be of no use; an empty text takes it back."""
        self.outdated.setText(text)
        self.outdated.setVisible(bool(text))

    def show_state(self, state: State, currency: str) -> None:
        """Show how far a search has come."""
        text = progress_text(state, currency)
        self.step.say(text.step)
        self.seconds.setText(text.seconds)
        self.gap.setText(text.gap)
        self.proven.say(text.proven)
        self.best.setText(text.best)
        if text.share is not None:
            self.bar.show_share(text.share)
        else:
            self.bar.show_gap(math.inf if state.progress is None else state.progress.gap)
        for label in (self.proven, self.best):
            label.setVisible(text.share is None)
        self.bar.setAccessibleName(text.gap or text.step)
        self.stop.setText(text.stop)
        self.stop.setEnabled(not state.stopping)
        self.show()
