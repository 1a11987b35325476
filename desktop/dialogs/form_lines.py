"""What small dialogs share: labelled lines, buttons, one sentence of what is missing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.tokens import GRID


class LinesDialog(QDialog):
    """A column of labelled fields; `column` takes more, `lines` the fields."""

    def __init__(self, title: str, accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)
        self.lines = QFormLayout()
        self.lines.setHorizontalSpacing(2 * GRID)
        self.lines.setVerticalSpacing(GRID)
        self.lines.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.column.addLayout(self.lines)
        self.missing = QLabel()
        self.missing.setObjectName("hint")
        self.missing.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok: QPushButton = self.buttons.addButton(
            accept, QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.ok.setDefault(True)
        self.ok.setObjectName("primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def finish_layout(self) -> None:
        """Add the sentence and the buttons below everything else."""
        self.column.addWidget(self.missing)
        self.column.addWidget(self.buttons)

    def add_line(self, label: str, field: QWidget) -> None:
        """Add a labelled field."""
        self.lines.addRow(label, field)
        field.setAccessibleName(label)

    def need(self, sentence: str) -> None:
        """Say what is missing; the dialog can be accepted when nothing is."""
        self.missing.setText(sentence)
        self.ok.setEnabled(not sentence)
