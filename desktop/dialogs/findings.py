"""The findings: what a reader of the results must know, and where to act on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.tokens import GRID, Tokens
from desktop.viewmodels.finding_words import finding_text
from pricing.admissible import breaks_a_rule
from pricing.finding import Finding


class FindingsDialog(QDialog):
    """Lists findings, gravest first.

    Signals:
        field_wanted: path of the field a finding is about.
    """

    field_wanted = Signal(str)

    def __init__(
        self, findings: tuple[Finding, ...], tokens: Tokens, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Findings"))
        self.resize(640, 440)
        self._tokens = tokens
        body = QWidget()
        body.setObjectName("pageBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        order = {"broken": 0, "warning": 1, "note": 2}
        self.buttons: list[QPushButton] = []
        for finding in sorted(findings, key=lambda item: order[_grade(item)]):
            column.addWidget(self._entry(finding))
        if not findings:
            column.addWidget(self._nothing())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.addWidget(scroll, 1)
        outer.addWidget(close)

    def _nothing(self) -> QLabel:
        said = QLabel(
            self.tr(
                "Nothing to report. Looked at: requests left unserved, data that must not leave, "
                "capacity, context and language, prices out of date, and figures that were assumed."
            )
        )
        said.setWordWrap(True)
        return said

    def _entry(self, finding: Finding) -> QFrame:
        words = {
            "broken": (self.tr("Breaks a rule"), self._tokens.rule_broken),
            "warning": (self.tr("Check this"), self._tokens.caution),
            "note": (self.tr("Good to know"), self._tokens.muted),
        }
        title, colour = words[_grade(finding)]
        card = QFrame()
        card.setObjectName("card")
        line = QHBoxLayout(card)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(2 * GRID)
        text = QVBoxLayout()
        text.setSpacing(2)
        severity = QLabel(title)
        severity.setStyleSheet(f"color: {colour}; font-weight: 600;")
        said = QLabel(finding_text(finding))
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        text.addWidget(severity)
        text.addWidget(said)
        line.addLayout(text, 1)
        if finding.path:
            go = QPushButton(self.tr("Go to the field"))
            go.clicked.connect(lambda: self._go(finding.path))
            line.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
            self.buttons.append(go)
        return card

    def _go(self, path: str) -> None:
        self.accept()
        self.field_wanted.emit(path)


def _grade(finding: Finding) -> str:
    """How grave a finding is; an option that breaks a rule by itself is as red as elsewhere."""
    return "broken" if breaks_a_rule(finding) else finding.severity
