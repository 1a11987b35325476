"""What another catalogue would change, in the words and cells of the window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, number
from pricing.catalogue import Catalogue
from pricing.catalogue.change_words import summary
from pricing.catalogue.changes import Changes, Named
from pricing.evaluation import Evaluation
from pricing.newer_catalogue import InputChange

SHORT = 12
"""Letters of an id that are shown."""
MOST_DECIMALS = 6
"""To which values are shown; prices per million tokens differ in the fifth."""


def _t(text: str) -> str:
    return QCoreApplication.translate("CatalogueChanges", text)


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """A cell of a table of changes."""

    text: str
    tip: str = ""
    right: bool = False
    """Whether it holds a number."""


Cells = tuple[tuple[ChangeCell, ...], ...]


def titled(catalogue: Catalogue) -> str:
    """Day and beginning of the id."""
    return _t("{day} ({id})").format(day=catalogue.data_date.isoformat(), id=catalogue.id[:SHORT])


def headings(first: str) -> tuple[str, ...]:
    """Headings of a table of changes."""
    return (first, _t("Figure"), _t("From"), _t("Old"), _t("New"), _t("Unit"))


def entry_cells(changes: Changes) -> Cells:
    """Changed figures, then entries that came and went."""
    figures = tuple(
        (
            ChangeCell(change.entry.name, change.entry.id),
            ChangeCell(change.what),
            ChangeCell(change.since),
            *_values(change.old, change.new, change.old_unit, change.new_unit),
        )
        for change in changes.figures
    )
    return (
        *figures,
        *(_whole(entry, _t("added")) for entry in changes.added),
        *(_whole(entry, _t("removed")) for entry in changes.removed),
    )


def _whole(entry: Named, what: str) -> tuple[ChangeCell, ...]:
    empty = ChangeCell("")
    return ChangeCell(entry.name, entry.id), ChangeCell(what), empty, empty, empty, empty


def input_cells(changes: Sequence[InputChange]) -> Cells:
    """Inputs of a bill that change."""
    return tuple(
        (
            ChangeCell(change.section),
            ChangeCell(change.label),
            ChangeCell(change.since),
            *_values(change.old, change.new, change.old_unit, change.new_unit),
        )
        for change in changes
    )


def _values(
    old: float | None, new: float | None, old_unit: str, new_unit: str
) -> tuple[ChangeCell, ChangeCell, ChangeCell]:
    unit = new_unit or old_unit
    return (
        ChangeCell(_value(old, old_unit if old_unit != unit else ""), right=True),
        ChangeCell(_value(new, ""), right=True),
        ChangeCell(unit),
    )


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    decimals = min(len(f"{value:.9f}".rstrip("0").partition(".")[2]), MOST_DECIMALS)
    return f"{number(value, decimals)} {unit}".rstrip()


def summary_text(changes: Changes) -> str:
    """How much is different, in a sentence."""
    return summary(changes, lambda count: number(count, 0), _t)


def cost_text(old: Evaluation, new: Evaluation) -> str:
    """What each option costs before and after, a line each; those that stay are counted."""
    lines, same = [], 0
    for before, after in zip(old.bills, new.bills, strict=True):
        change = after.tco.value - before.tco.value
        if abs(change) <= 5e-7 * abs(before.tco.value):
            same += 1
            continue
        lines.append(
            _t("{name}: {currency} {old} before, {new} after").format(
                name=after.name, currency=new.plan.currency,
                old=compact(before.tco.value, 4), new=compact(after.tco.value, 4),
            )
        )  # fmt: skip
    if same and lines:
        lines.append(_t("Options whose cost stays: {n}").format(n=same))
    return "\n".join(lines) or _t("No option costs more or less.")
