"""Findings: what a reader must know about a bill, as a code and facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pricing.plurals import Written, counted, is_counted


class Coded(Protocol):
    """Something that becomes a sentence where it is shown."""

    @property
    def code(self) -> str:
        """Key of its template."""

    @property
    def facts(self) -> Mapping[str, str | float]:
        """What fills the template's placeholders."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader must know; its sentence is made where it is shown."""

    code: str
    severity: Literal["error", "warning", "note"]
    path: str
    """Dotted path of the plan's field it is about, for example options.owned.price."""
    facts: Mapping[str, str | float] = field(default_factory=dict)


def sentence_of(
    coded: Coded, templates: Mapping[str, str], translate: Callable[[str], str] = str,
    digits: int = 6,
) -> str:  # fmt: skip
    """The sentence of a finding or of what is made like one.

    Args:
        coded: What is to be said.
        templates: English templates by code.
        translate: Maps an English template to another language.
        digits: Significant digits of numbers below 1,000; larger ones are written whole.

    Raises:
        KeyError: for a code without a template.
    """
    facts = {
        name: Written(value) if isinstance(value, str) else _Number(value, digits)
        for name, value in coded.facts.items()
    }
    return translate(templates[coded.code]).format(**facts)


class _Number:
    """A number that knows its digits; `{score:percent}` in a template writes it as per cent.

    `{months:month|months}` writes it with the word that counts, as in `pricing.plurals`.
    """

    def __init__(self, value: float, digits: int) -> None:
        self._value, self._digits = value, digits

    def __format__(self, spec: str) -> str:
        if is_counted(spec):
            return counted(format(self, ""), spec)
        value = 100 * self._value if spec == "percent" else self._value
        digits = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.{self._digits}g}"
        return f"{digits} %" if spec == "percent" else digits
