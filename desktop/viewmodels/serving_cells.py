"""Cells that rankings of servers and of models have in common."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.serving_ranked import RankedCell
from desktop.viewmodels.serving_words import interval_text, not_verified
from desktop.viewmodels.words import number, percent, significant, whole_money
from pricing.serving.search.result import Row

DOUBTED: Final = " *"
"""Marks what rests on figures nobody could check."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def setup_cell(row: Row) -> RankedCell:
    """Precision and parallelism."""
    stack = row.stack
    layout = [f"TP{stack.tensor}"]
    layout += [f"PP{stack.pipeline}"] * (stack.pipeline > 1)
    layout += [f"DP{stack.data}"] * (stack.data > 1)
    setup = f"{stack.precision.upper()}, {row.replicas} × {' '.join(layout)}"
    quality = "" if row.lossless else _t("Lower precision than published: check the quality.")
    return RankedCell(setup, setup, f"{_layout_tip(row)}\n{quality}".rstrip())


def servers_cell(row: Row) -> RankedCell:
    """How many servers it takes."""
    return RankedCell(number(row.servers.typical, 0), row.servers.typical, _servers_tip(row))


def cost_cell(row: Row, currency: str) -> RankedCell:
    """What they cost in a month."""
    ends = interval_text(row.cost)
    return RankedCell(
        whole_money(row.cost.typical),
        row.cost.typical,
        _t("80 % interval: {currency} {ends}").format(currency=currency, ends=ends),
    )


def million_cell(row: Row) -> RankedCell:
    """What a million output tokens costs."""
    million = row.per_million
    if million is None:
        return RankedCell("–", float("inf"))
    return RankedCell(significant(million.typical), million.typical)


def servers_word(count: float) -> str:
    """A number of servers in words."""
    if count == 1:
        return _t("1 server")
    return _t("{n} servers").format(n=number(count, 0))


def had_word(row: Row) -> str:
    """How a server is had."""
    kinds = {"rented": _t("rented"), "owned": _t("bought"), "appliance": _t("appliance")}
    return kinds[row.offer.kind]


def _layout_tip(row: Row) -> str:
    """The parallelism of a replica in words."""
    stack = row.stack
    template = _t(
        "{n} replicas; in each {tensor} accelerators share a layer, {pipeline} groups hold layers "
        "one after the other, {data} share the experts"
    )
    return template.format(
        n=row.replicas, tensor=stack.tensor, pipeline=stack.pipeline, data=stack.data
    )


def _servers_tip(row: Row) -> str:
    template = _t("{low} to {high} with the 80 % interval; at the peak {use} of the plannable work")
    return template.format(
        low=number(row.servers.low, 0),
        high=number(row.servers.high, 0),
        use=percent(row.peak_use),
    )


def footnote(rows: Iterable[Row]) -> str:
    """What the mark of doubtful figures means, as a line of its own; empty where none has it."""
    if not any(not_verified(row.stack) for row in rows):
        return ""
    return "\n" + _t("* rests on figures of the accelerator that no source confirms.")
