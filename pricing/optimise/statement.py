"""Statements: a code and its facts, which become a sentence through a template to be translated.

A template names its facts in braces and says how a number is written: `{cost:money}`,
`{share:percent}`, `{more:signed}` (per cent with its sign), `{servers:number}`,
`{months:month|months}` (with the word that counts, see `pricing.plurals`). A fact may be a
statement itself, or several things in a row (`{classes:commas}`: phrases between commas, not
semicolons); `{rule:capital}` begins with a capital letter.
"""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Union

from pricing.amounts import money, significant
from pricing.plurals import counted, is_counted

Fact = Union[str, float, "Statement", tuple["Fact", ...]]
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can be said in any language."""

    code: str
    """Key of its template."""
    facts: Mapping[str, Fact] = field(default_factory=dict)


def state(code: str, /, **facts: Fact) -> Statement:
    """A statement of these facts."""
    return Statement(code, facts)


def said(statement: Statement, templates: Mapping[str, str], translate: Translate = str) -> str:
    """The sentence of a statement.

    Args:
        statement: What is to be said.
        templates: English templates by code.
        translate: Maps an English template to another language.

    Raises:
        KeyError: for a code without a template.
    """
    speaker = _Speaker(templates, translate, str(statement.facts.get("currency", "")))
    return speaker.vformat(translate(templates[statement.code]), (), statement.facts)


def percent(share: float, *, signed: bool = False) -> str:
    """A share as per cent, with a decimal below ten."""
    value = share * 100
    decimals = 1 if 0 < abs(value) < 9.95 or 99 < abs(value) < 100 else 0
    text = f"{value:{'+' if signed else ''}.{decimals}f}"
    return f"{text} %" if text.strip("-+0.") else "0 %"


def number(value: float) -> str:
    """A plain number: whole where it is, else with three significant digits."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return significant(value).rstrip("0").rstrip(".")


class _Speaker(string.Formatter):
    """Fills a template in."""

    def __init__(self, templates: Mapping[str, str], translate: Translate, currency: str) -> None:
        self._templates, self._translate, self._currency = templates, translate, currency

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 (as inherited)
        """Write one fact."""
        text = self._written(value, format_spec)
        return text[:1].upper() + text[1:] if format_spec == "capital" else text

    def _written(self, value: Fact, spec: str) -> str:
        if isinstance(value, Statement):
            return said(value, self._templates, self._translate)
        if isinstance(value, tuple):
            nested = any(isinstance(one, Statement) for one in value)
            code = "between.phrases" if nested and spec != "commas" else "between"
            between = self._translate(self._templates[code])
            return between.join(self._written(one, spec) for one in value)
        if isinstance(value, str):
            return counted(value, spec) if is_counted(spec) else value
        if spec == "money":
            return money(value, self._currency)
        if spec in {"percent", "signed"}:
            return percent(value, signed=spec == "signed")
        return counted(number(value), spec) if is_counted(spec) else number(value)


def plain_facts(
    statement: Statement, templates: Mapping[str, str]
) -> dict[str, str | float | list[str | float]]:
    """The facts as plain values, statements among them as sentences."""

    def plain(value: Fact) -> str | float:
        if isinstance(value, Statement):
            return said(value, templates)
        assert not isinstance(value, tuple)
        return value

    return {
        name: [plain(one) for one in value] if isinstance(value, tuple) else plain(value)
        for name, value in statement.facts.items()
    }
