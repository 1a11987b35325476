"""Models by what serving a load costs with them, for a person in a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from pricing.cli.numbers import NONE, amount, count, significant
from pricing.cli.overview import bullet
from pricing.cli.ranking_tables import basis_of, row_document, setup
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.serving.search.costs import Basis
from pricing.serving.search.rightsizing import RightSizing, Sized

SCHEMA = 1
"""Number of the form of the JSON; it rises when a key changes its meaning or goes."""
_OBSTACLES = {
    "quality": _("Not good enough"),
    "licence": _("Licence"),
    "context": _("Context too short"),
    "servers": _("No server meets the targets"),
}


def lines(found: RightSizing, basis: Basis, width: int) -> list[str]:
    """Models that are good enough, those without a score, and those that fall out."""
    said: list[str] = []
    for title, models in (
        (_("Good enough, cheapest first"), found.good_enough),
        (_("Quality not entered, smallest first"), found.not_scored),
    ):
        if models:
            said += [title, *_models(models, basis, width), ""]
    if found.good_enough or found.not_scored:
        said += [*_legend(width), ""]
    for obstacle, title in _OBSTACLES.items():
        out = [item for item in found.left_out if item.obstacle == obstacle]
        if out:
            said.append(_("{title}:").format(title=title))
        for item in out:
            said += bullet("  -", item.reason, width)
    return said


def document(found: RightSizing, basis: Basis) -> dict[str, Any]:
    """The same with the keys of --json."""
    return {
        "schema": SCHEMA,
        "currency": basis.currency,
        "basis": basis_of(basis),
        **{
            name: [_model_document(item) for item in getattr(found, name)]
            for name in ("good_enough", "not_scored", "left_out")
        },
    }


def _model_document(item: Sized) -> dict[str, Any]:
    return {
        "model": item.model.id,
        "total_params_b": item.model.total_params_b.value,
        "quality": item.quality,
        "licence": item.licence.name,
        "commercial_use": item.licence.use,
        "cheapest": None if item.row is None else row_document(item.row),
        "obstacle": item.obstacle,
        "reason": item.reason,
    }


def _models(models: Sequence[Sized], basis: Basis, width: int) -> list[str]:
    headings = [
        _("Model"), _("Billion weights"), _("Quality"),
        _("{currency} per month").format(currency=basis.currency), _("Servers"), _("Server"),
        _("Setup"), _("Commercial use"),
    ]  # fmt: skip
    rows = []
    for item in models:
        row = item.row
        assert row is not None
        rows.append(
            [
                item.model.name,
                significant(item.model.total_params_b.value, 3),
                NONE if item.quality is None else significant(item.quality, 3),
                amount(row.cost.typical),
                count(row.servers.typical),
                row.offer.id,
                setup(row),
                item.licence.use,
            ]
        )
    return table(headings, rows, width)


def _legend(width: int) -> Iterator[str]:
    text = _(
        "Cost of the cheapest server type that meets the targets; reckoner serving search MODEL "
        "ranks them all and says what the costs rest on. * below the published precision: check "
        "the answers on your own test. Licences: as published; have them checked."
    )
    yield from wrapped(text, width)
