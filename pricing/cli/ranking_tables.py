"""A ranking of servers as a person reads it in a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from pricing.cli.numbers import NONE, amount, count, percent, significant
from pricing.cli.overview import bullet
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.plurals import Written
from pricing.serving.predict import Interval
from pricing.serving.search.costs import Basis
from pricing.serving.search.result import ClassPoint, LeftOut, Ranking, Row

SCHEMA = 1
"""Number of the form of the JSON; it rises when a key changes its meaning or goes."""
_CAUSES = {
    "memory": _("Does not fit into memory"),
    "tpot": _("Too slow per token"),
    "ttft": _("Too slow to the first token"),
    "precision": _("No sensible precision"),
    "no data": _("Data sheet incomplete"),
    "no price": _("No price"),
    "no offer": _("Not on offer"),
}


def title(ranking: Ranking) -> str:
    """What is ranked."""
    model = ranking.model.name
    (load, *more) = ranking.loads
    rate = significant(max(load.rates), 3)
    words = _("{model}, {input} + {output} tokens, {rate} requests/s at the peak").format(
        model=model, input=count(load.requests.input), output=count(load.requests.output), rate=rate
    )
    return words + (_(" and {count} more classes").format(count=len(more)) if more else "")


def lines(ranking: Ranking, width: int, most: int, *, why: bool) -> list[str]:
    """The cheapest rows, what they rest on, and why the others fall out."""
    found: list[str] = []
    if ranking.rows:
        found += _rows(ranking, ranking.rows[:most], width)
        if len(ranking.rows) > most:
            more = len(ranking.rows) - most
            found.append(_("… and {count} more (--top {all}).").format(
                count=more, all=len(ranking.rows)
            ))  # fmt: skip
        found += ["", *_legend(ranking, width)]
    else:
        found.append(_("No server on offer meets the targets."))
    found += ["", *_left_out(ranking.left_out, width, why=why or not ranking.rows)]
    return found


def document(ranking: Ranking) -> dict[str, Any]:
    """The ranking with the keys of --json; seconds, and shares of 1."""
    return {
        "schema": SCHEMA,
        "model": ranking.model.id,
        "currency": ranking.basis.currency,
        "basis": basis_of(ranking.basis),
        "rows": [row_document(row) for row in ranking.rows],
        "left_out": [
            {
                "cause": left.cause,
                "accelerator": left.accelerator,
                "accelerators": left.accelerators,
                "offers": list(left.offers),
                "reason": left.sentence,
            }
            for left in ranking.left_out
        ],
    }


def basis_of(basis: Basis) -> list[dict[str, Any]]:
    """What costs rest on, with the keys of --json."""
    return [
        {"what": of.what, "value": of.value, "unit": of.unit, "origin": of.origin}
        for of in basis.assumed
    ]


def row_document(row: Row) -> dict[str, Any]:
    """One row with the keys of --json."""
    stack = row.stack
    return {
        "offer": row.offer.id,
        "kind": row.offer.kind,
        "terms": row.offer.terms,
        "accelerator": stack.accelerator.id,
        "accelerators_per_server": row.offer.accelerators,
        "precision": stack.precision,
        "lossless": row.lossless,
        "tensor_parallel": stack.tensor,
        "data_parallel": stack.data,
        "pipeline_parallel": stack.pipeline,
        "replicas_per_server": row.replicas,
        "servers": _spread(row.servers),
        "targets_kept_at_slow_end": row.keeps_at_slow_end,
        "cost_per_month": _spread(row.cost),
        "cost_per_million_output_tokens": (
            None if row.per_million is None else _spread(row.per_million)
        ),
        "utilisation_at_peak": row.utilisation,
        "use_of_usable_capacity_at_peak": row.peak_use,
        "evidence": row.correction.evidence,
        "note": row.offer.note,
        "price": _price_document(row),
        "classes": [_class_document(point) for point in row.classes],
    }


def _price_document(row: Row) -> dict[str, Any]:
    price = row.offer.price
    assert price is not None
    return {
        "value": price.value,
        "currency": price.currency,
        "unit": price.unit,
        "source": price.source,
        "as_of": None if price.as_of is None else price.as_of.isoformat(),
        "confidence": price.confidence,
    }


def _class_document(point: ClassPoint) -> dict[str, Any]:
    return {
        "name": point.name,
        "concurrency_per_replica": point.batch,
        "requests_per_s_per_server": point.requests,
        "usable_requests_per_s_per_server": point.usable,
        "tpot_s": point.tpot,
        "tpot_s_at_percentile": point.tpot_at,
        "ttft_s_without_waiting": point.ttft,
    }


def _spread(interval: Interval) -> dict[str, float]:
    return {"low": interval.low, "typical": interval.typical, "high": interval.high}


def _rows(ranking: Ranking, rows: Sequence[Row], width: int) -> list[str]:
    currency = ranking.basis.currency
    headings = [
        _("Server"), _("{currency} per month").format(currency=currency), _("from"), _("to"),
        _("Servers"), _("from"), _("to"), _("per million tokens"), _("Use at the peak"),
        _("Setup"), _("ms per token"), _("s to first token"), _("Evidence"),
    ]  # fmt: skip
    return table(headings, [_cells(row) for row in rows], width)


def _cells(row: Row) -> list[str]:
    slowest = max(row.classes, key=lambda point: point.tpot_at)
    last = max(row.classes, key=lambda point: point.ttft)
    return [
        ", ".join(part for part in (row.offer.id, row.offer.terms) if part),
        amount(row.cost.typical),
        amount(row.cost.low),
        amount(row.cost.high),
        count(row.servers.typical),
        count(row.servers.low),
        count(row.servers.high),
        NONE if row.per_million is None else significant(row.per_million.typical, 3),
        percent(row.peak_use),
        setup(row),
        significant(slowest.tpot_at * 1000, 3),
        significant(last.ttft, 2),
        row.correction.evidence,
    ]


def setup(row: Row) -> str:
    """Precision and layout of a row, such as "2 x fp8 TP4"."""
    stack = row.stack
    ways = [("TP", stack.tensor), ("DP", stack.data), ("PP", stack.pipeline)]
    layout = " ".join(f"{name}{n}" for name, n in ways if n > 1)
    star = "" if row.lossless else "*"
    return f"{row.replicas} x {stack.precision}{star} {layout}".rstrip()


def _legend(ranking: Ranking, width: int) -> Iterator[str]:
    texts = [
        _(
            "Ends of costs and servers: 80 % interval of the prediction. Use at the peak: share of "
            "what may be planned with under the targets. Milliseconds per token: at the percentile "
            "of the targets; seconds to the first token: of a request that does not wait. Setup: "
            "replicas on one server, precision, tensor (TP), data (DP) and pipeline parallel (PP)."
        ),
    ]
    if any(not row.lossless for row in ranking.rows):
        texts.append(
            _("* below the published precision: check the answers on your own test (--precision).")
        )
    basis = "; ".join(
        _("{what} {value} {unit} ({origin})").format(
            what=of.what, value=f"{of.value:,.6g}", unit=of.unit, origin=of.origin
        )
        for of in ranking.basis.assumed
    )
    texts.append(
        _(
            "Rented: price per hour times the hours; owned: price over the useful life and energy "
            "at full power; people, site and network left out (the bill has them). {basis}."
        ).format(basis=basis)
    )
    for text in texts:
        yield from wrapped(text, width)


def _left_out(left: Sequence[LeftOut], width: int, *, why: bool) -> Iterator[str]:
    if not why:
        yield _(
            "{count:kind|kinds} of servers or accelerators {count:~falls|fall} out (--why tells "
            "why)."
        ).format(count=Written(len(left)))
        return
    order = list(_CAUSES)
    by_cause = sorted(left, key=lambda item: order.index(item.cause))
    for cause, items in groupby(by_cause, key=lambda item: item.cause):
        yield _("{cause}:").format(cause=_CAUSES[cause])
        for item in items:
            where = item.accelerator
            if item.accelerators is not None:
                where = f"{item.accelerators} x {where}"
            yield from bullet("  -", f"{where}: {item.sentence}" if where else item.sentence, width)
