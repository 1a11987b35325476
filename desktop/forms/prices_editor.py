"""A short list of prices in one field, as 500k; 300k."""

from desktop.entry.limits import Limits, Refused, read_value, show_number
from desktop.forms.editors import mark_invalid
from desktop.forms.row import Row
from desktop.forms.weights_editor import WeightsEditor
from pricing.plan.figure import Price

MOST = 7


class PricesEditor(WeightsEditor):
    """Prices separated by semicolons; an empty field is an empty list."""

    def show_row(self, row: Row) -> None:
        self._row = row
        self.field.setPlaceholderText(row.placeholder)
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText("; ".join(show_number(price.value) for price in row.value))
            mark_invalid(self.field, False)

    def _read(self, text: str) -> None:
        parts = [part for part in text.replace("；", ";").split(";") if part.strip()]
        try:
            values = [read_value(part, Limits(low=0.0, high=1e15)) or 0.0 for part in parts]
            if len(values) > MOST:
                raise Refused(
                    self.tr("Enter at most {most} amounts; here are {n}.").format(
                        most=MOST, n=len(values)
                    )
                )
        except Refused as error:
            mark_invalid(self.field, True)
            self.refused.emit(str(error))
            return
        mark_invalid(self.field, False)
        self.refused.emit("")
        before = {price.value: price for price in self._row.value}
        self._want(tuple(before.get(value, Price(value=value)) for value in values))
