"""What a number field accepts, and the sentence it says when it does not."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.entry.numbers import NotANumber, decimals_of, read_number


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a value as stored, and how it is shown."""

    low: float | None = None
    high: float | None = None
    low_excluded: bool = False
    """Whether the value must be above `low`, not only at it."""
    whole: bool = False
    """Whether only whole numbers make sense."""
    percent: bool = False
    """Stored as a fraction, shown and typed as per cent."""
    optional: bool = False
    """Whether an empty field means "not stated"."""
    fractions: bool = False
    """Whether per cents up to 1 typed without a sign mean fractions: 0.78 is 78 %."""

    @property
    def scale(self) -> float:
        """Shown value over stored value."""
        return 100.0 if self.percent else 1.0


class Refused(ValueError):
    """An entry that does not fit; the message is the sentence to show."""


def show_number(value: float) -> str:
    """A value in full with thousands separators of the user's locale."""
    return QLocale().toString(value, "f", decimals_of(value))


def show_value(value: float | None, limits: Limits) -> str:
    """The text of a stored value; empty for none."""
    if value is None:
        return ""
    return show_number(float(f"{value * limits.scale:.12g}"))


def read_value(text: str, limits: Limits) -> float | None:
    """The stored value that a text means.

    Raises:
        Refused: with one sentence that says what would be right.
    """
    if not text.strip():
        if limits.optional:
            return None
        raise Refused(_say("Enter a number{range}.").format(range=_range(limits)))
    locale = QLocale()
    try:
        reading = read_number(text, locale.decimalPoint(), locale.groupSeparator())
    except NotANumber:
        raise Refused(
            _say('"{text}" is not a number; write 1200, 1.2k, 3M or 15%.').format(text=text.strip())
        ) from None
    as_fraction = reading.percent or (limits.fractions and 0 < reading.value <= 1)
    value = reading.value if as_fraction else reading.value / limits.scale
    value = float(f"{value:.15g}")
    if limits.whole and value != int(value):
        raise Refused(_say("{text} must be a whole number.").format(text=text.strip()))
    too_low = limits.low is not None and (
        value <= limits.low if limits.low_excluded else value < limits.low
    )
    if too_low or (limits.high is not None and value > limits.high):
        raise Refused(
            _say("{text} is outside what is possible here; enter a number{range}.").format(
                text=text.strip(), range=_range(limits)
            )
        )
    return value


def _range(limits: Limits) -> str:
    low, high = (
        None if bound is None or abs(bound) >= 1e15 else show_value(bound, limits)
        for bound in (limits.low, limits.high)
    )
    sign = "\u00a0%" if limits.percent else ""
    if low is not None and high is not None:
        template = (
            _say(" above {low} and up to {high}")
            if limits.low_excluded
            else _say(" from {low} to {high}")
        )
        return template.format(low=low + sign, high=high + sign)
    if low is not None:
        template = _say(" above {low}") if limits.low_excluded else _say(" of {low} or more")
        return template.format(low=low + sign)
    return "" if high is None else _say(" up to {high}").format(high=high + sign)


def _say(text: str) -> str:
    return QCoreApplication.translate("NumberEntry", text)
