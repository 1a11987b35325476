"""A short list of numbers in one field: growth factors by year, weights of weekdays."""

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.entry.limits import Limits, Refused, read_value, show_number
from desktop.forms.editors import RowEditor, mark_invalid
from desktop.forms.row import Row
from pricing.plan.figure import Amount, Figure

WEEKDAYS = 7


class WeightsEditor(RowEditor):
    """Numbers separated by semicolons; weekdays are scaled to a mean of 1."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.field = QLineEdit(parent)
        super().__init__(self.field, row)
        self.field.textEdited.connect(self._read)
        self.field.editingFinished.connect(self._leave)
        self.show_row(row)

    @property
    def _of_week(self) -> bool:
        return self._row.path.endswith("weekdays")

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText("; ".join(show_number(round(_bare(v), 4)) for v in row.value))
            mark_invalid(self.field, False)

    def _read(self, text: str) -> None:
        parts = [part for part in text.replace("；", ";").split(";") if part.strip()]
        try:
            values = [read_value(part, Limits(low=0.0)) or 0.0 for part in parts]
            if self._of_week and len(values) != WEEKDAYS:
                raise Refused(
                    self.tr(
                        "Enter 7 numbers with semicolons between, Monday first; here are {n}."
                    ).format(n=len(values))
                )
            if not 1 <= len(values) <= 7 or sum(values) == 0:
                raise Refused(self.tr("Enter 1 to 7 numbers above 0 with semicolons between."))
        except Refused as error:
            mark_invalid(self.field, True)
            self.refused.emit(str(error))
            return
        mark_invalid(self.field, False)
        self.refused.emit("")
        if self._of_week:
            mean = sum(values) / len(values)
            self._want(tuple(round(value / mean, 6) for value in values))
        else:
            self._want(tuple(Amount(value=value) for value in values))

    def _leave(self) -> None:
        self._end_gesture()
        if not self.field.property("invalid"):
            self.field.setModified(False)
            self.show_row(self._row)


def _bare(item: Figure | float) -> float:
    return item.value if isinstance(item, Figure) else float(item)
