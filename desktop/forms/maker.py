"""Makes rows for the fields of one part of a plan."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication

from desktop.forms.describe import Description, describe
from desktop.forms.row import REQUIRED, Choice, Editor, Row
from desktop.viewmodels.billed import NOTHING, Billed, origin
from pricing import today as clock
from pricing.catalogue.dates import is_stale
from pricing.plan.figure import BUYER, LEFT_OUT, Figure, Money

CURRENCIES = ("USD", "CNY", "EUR")


class RowMaker:
    """Rows for the fields of `part`, which stands at `prefix` in the plan."""

    def __init__(self, part: BaseModel, prefix: str, currency: str) -> None:
        self._part = part
        self._prefix = prefix
        self._currencies = (currency, *(c for c in CURRENCIES if c != currency))

    def inside(self, name: str) -> "RowMaker":
        """A maker for the model in the field `name`."""
        return RowMaker(getattr(self._part, name), self._path(name), self._currencies[0])

    def _path(self, name: str) -> str:
        return f"{self._prefix}.{name}" if self._prefix else name

    def number(
        self,
        name: str,
        label: str,
        unit: str = "",
        *,
        percent: bool | None = None,
        fractions: bool = False,
        placeholder: str = "",
        billed: Billed = NOTHING,
    ) -> Row:
        """A row for a figure or a bare number, whichever the field holds.

        `fractions` lets 0.78 mean 78 %, as scores are often written.
        """
        known = describe(type(self._part), name)
        limits = replace(known.limits, fractions=fractions)
        if percent is not None:
            limits = replace(limits, percent=percent)
        value = getattr(self._part, name)
        editor: Editor = "figure" if known.figure is not None else "number"
        return Row(
            self._path(name),
            label,
            editor,
            value,
            known.default,
            limits,
            unit,
            known.help,
            billed.text or (_quiet(value) if isinstance(value, Figure) else ""),
            billed.stale or _is_old(value),
            placeholder,
            currencies=self._currencies if known.money else (),
        )

    def text(self, name: str, label: str, placeholder: str = "") -> Row:
        """A row for a text."""
        known = describe(type(self._part), name)
        value = getattr(self._part, name)
        return self._plain(name, label, "text", value, known, placeholder)

    def switch(self, name: str, label: str) -> Row:
        """A row for yes or no."""
        known = describe(type(self._part), name)
        return self._plain(name, label, "switch", getattr(self._part, name), known)

    def note(self, name: str, label: str, placeholder: str = "") -> Row:
        """A row for a text of several lines."""
        known = describe(type(self._part), name)
        return self._plain(name, label, "note", getattr(self._part, name), known, placeholder)

    def classes(self, name: str, label: str, choices: tuple[Choice, ...], hint: str) -> Row:
        """A row for any of several entries; none means all of them."""
        known = describe(type(self._part), name)
        return Row(
            self._path(name),
            label,
            "classes",
            getattr(self._part, name),
            known.default,
            help=known.help,
            hint=hint,
            choices=choices,
        )

    def reference(
        self,
        name: str,
        label: str,
        listing: str,
        billed: Billed = NOTHING,
        placeholder: str = "",
    ) -> Row:
        """A row for the id of a catalogue entry."""
        known = describe(type(self._part), name)
        value = getattr(self._part, name)
        return Row(
            self._path(name),
            label,
            "reference",
            value,
            known.default,
            help=known.help,
            hint=billed.text,
            stale=billed.stale,
            placeholder=placeholder,
            listing=listing,
        )

    def choice(
        self,
        name: str,
        label: str,
        choices: tuple[Choice, ...],
        same: Callable[[Any, Any], bool] | None = None,
        hint: str = "",
    ) -> Row:
        """A row for one of several values; `same(current, choice value)` says which one holds."""
        known = describe(type(self._part), name)
        value = getattr(self._part, name)
        alike = same or (lambda current, option: bool(current == option))

        def index(held: object) -> int:
            if held is REQUIRED:
                return -1
            return next((i for i, c in enumerate(choices) if alike(held, c.value)), -1)

        return Row(
            self._path(name),
            label,
            "choice",
            value,
            known.default,
            help=known.help,
            hint=hint,
            choices=choices,
            chosen=index(value),
            default_choice=index(known.default),
        )

    def whole_choice(self, name: str, label: str, choices: tuple[Choice, ...], chosen: int) -> Row:
        """A row that replaces the whole part by one of several; `name` tells it from other rows."""
        return Row(
            self._path(name),
            label,
            "choice",
            self._part,
            choices=choices,
            chosen=chosen,
            target=self._prefix,
        )

    def prices(self, name: str, label: str, placeholder: str, hint: str) -> Row:
        """A row for a short list of prices."""
        row = self.special(name, label, "prices", hint)
        return replace(row, placeholder=placeholder)

    def special(self, name: str, label: str, editor: Editor, hint: str = "") -> Row:
        """A row with an editor of its own."""
        known = describe(type(self._part), name)
        value = getattr(self._part, name)
        return Row(
            self._path(name), label, editor, value, known.default, help=known.help, hint=hint
        )

    def _plain(
        self,
        name: str,
        label: str,
        editor: Editor,
        value: object,
        known: Description,
        placeholder: str = "",
    ) -> Row:
        return Row(
            self._path(name),
            label,
            editor,
            value,
            known.default,
            help=known.help,
            placeholder=placeholder,
        )


def _quiet(figure: Figure) -> str:
    """Who said a figure and when, as a quiet line; empty for a default nobody entered."""
    if figure.source == LEFT_OUT or (figure.source == BUYER and figure.as_of is None):
        return ""
    said = origin(figure, clock.today()).text if _is_old(figure) else _said(figure)
    if figure.low is not None or figure.high is not None:
        template = QCoreApplication.translate("Form", "{source} · range given")
        said = template.format(source=said)
    return said


def _said(figure: Figure) -> str:
    entered = QCoreApplication.translate("Form", "entered by you")
    source = entered if figure.source == BUYER else figure.source
    return source if figure.as_of is None else f"{source}, {figure.as_of.isoformat()}"


def _is_old(value: object) -> bool:
    """Whether a price says of itself that it is out of date."""
    return (
        isinstance(value, Money)
        and value.as_of is not None
        and is_stale(value.as_of, clock.today())
    )
