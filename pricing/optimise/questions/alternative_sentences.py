"""What is said of other decisions: their kind, their cost, how they differ, what is proven.

One template a code, in English, to be translated where it is shown; how facts are written in is
told in `statement`.
"""

from collections.abc import Iterator, Mapping, Sequence

from pricing.optimise.questions.alternatives import Alternative, Alternatives
from pricing.optimise.questions.portrait import MOVED, Portrait, apart, moved
from pricing.optimise.questions.variations import Variation
from pricing.optimise.statement import Fact, Statement
from pricing.plan.plan import Plan

ALTERNATIVES = frozenset({"other.dearer", "other.as_cheap", "other.beyond"})
"""Codes of the sentences that tell one decision; the others tell of the search."""
MOST_STARTS = 4
"""Dates of servers that are told one by one."""
MOST_CLASSES = 2
"""Classes of which it is told who serves them otherwise, the largest moves first."""
TEMPLATES: dict[str, str] = {
    # --- kinds of decisions, as phrases -------------------------------------------------------
    "kind.without": "without {option}",
    "kind.without_all": "without {options:commas}",
    "kind.without_vendor": "without {vendor}",
    "kind.vendors": "with {vendors} vendors, each with at least {share:percent} of the tokens",
    "kind.without_cascade": "without cascades",
    "kind.without_router": "without routers",
    "kind.without_layered": "without base and enhancement",
    "kind.without_overflow": "without overflow to suppliers",
    "kind.direct": "with plain routes only, without overflow",
    "kind.fewer_servers": "with at most {servers:server|servers} of {option}",
    "kind.without_servers": "without any servers",
    "kind.later": "with the first servers of {option} not before month {month}",
    "kind.at_once": "with all servers of {option} at once in month {month}",
    "kind.not_then": "with no servers of {option} starting in month {month}",
    "kind.interim": "with {option} only until month {month}",
    "kind.nothing_at_home": "with nothing on premises",
    "kind.at_home": "with at least {share:percent} of the tokens on premises",
    "kind.less_in_year": "with purchases below {amount:money} in year {year}",
    "kind.capex": "with purchases of at most {amount:money} a year",
    "kind.quality": "with a mean quality of at least {quality} %",
    "kind.class_without": "with {request_class} not served by {option}",
    # --- other decisions ----------------------------------------------------------------------
    "other.dearer": (
        "{kind:capital}: {amount:money} ({more:percent}) dearer than the best decision found, "
        "{npv:money} in all. What differs: {differences}. {proof}"
    ),
    "other.as_cheap": (
        "{kind:capital}: as cheap as the best decision found ({npv:money}). What differs: "
        "{differences}. {proof}"
    ),
    "other.beyond": (
        "The nearest one beyond is {kind}: {amount:money} ({more:percent}) dearer, {npv:money} in "
        "all. What differs: {differences}."
    ),
    "other.few": (
        "Only {found} of {count} looked for: of {kinds:way|ways} to decide otherwise, no other one "
        "within {near:percent} of the best was found that differs in what a buyer would name."
    ),
    "other.none": (
        "No decision within {near:percent} of the best was found that differs from it in what a "
        "buyer would name; {kinds:way|ways} to decide otherwise {kinds:~was|were} tried."
    ),
    "other.open": (
        "Time was too short to tell for {open} of these ways; more time may find others."
    ),
    "proof.within": (
        "Proven: at most {most:percent} above the cheapest decision possible."
    ),
    "proof.beyond": (
        "Not proven to be within {near:percent}: it may be {most:percent} above the cheapest "
        "decision possible."
    ),
    "proof.none": "How far it is above the cheapest decision possible is not known.",
    # --- differences, as phrases --------------------------------------------------------------
    "differs.without": "{options:commas} not used",
    "differs.with": "{options:commas} used too",
    "differs.vendors": "{vendors:vendor|vendors} instead of {before}",
    "differs.servers": "at most {servers:server|servers} of {option} at a time instead of {before}",
    "differs.starts": "servers of {option}: {starts:commas} instead of {before:commas}",
    "differs.first": "first servers of {option} in month {month} instead of {before}",
    "differs.never": "no servers of {option}",
    "differs.no_cascade": "no cascades",
    "differs.no_router": "no routers",
    "differs.no_layered": "no base and enhancement",
    "differs.cascade": "cascades",
    "differs.router": "routers",
    "differs.layered": "base and enhancement",
    "differs.no_overflow": "nothing overflows to suppliers",
    "differs.overflow": "some work overflows to suppliers",
    "differs.serving": (
        "{option} serves {share:percent} of {request_class} instead of {before:percent}"
    ),
    "differs.at_home": "{share:percent} of the tokens on premises instead of {before:percent}",
    "differs.quality": "mean quality {quality} % instead of {before} %",
    "differs.purchases": "purchases of {amount:money} instead of {before:money}",
    "part.start": "{servers} starting in month {month}",
}  # fmt: skip
"""Sentence of each code in English."""


def kind_statement(kind: Variation, plan: Plan) -> Statement:
    """The rule that a decision keeps and the best one breaks: a phrase."""
    named = {
        "option": _options(plan), "options": _options(plan), "request_class": _classes(plan),
    }  # fmt: skip
    facts: dict[str, Fact] = {"currency": plan.currency}
    for name, value in kind.facts.items():
        if isinstance(value, float):
            facts[name] = value * 100 if name == "quality" else value
        elif isinstance(value, tuple):
            facts[name] = tuple(named[name][key] for key in value)
        else:
            facts[name] = named[name][value] if name in named else value
    return Statement(f"kind.{kind.code}", facts)


def alternatives_statements(found: Alternatives, plan: Plan) -> tuple[Statement, ...]:
    """Each decision within the tolerance; where there are too few, that and the nearest beyond."""
    told = [alternative_statement(one, found, plan) for one in found.found]
    facts: dict[str, Fact] = {
        "near": found.near, "kinds": float(found.kinds), "count": float(found.count),
        "found": float(len(found.found)), "open": float(found.open),
    }  # fmt: skip
    if len(found.found) < found.count:
        told.append(Statement("other.few" if found.found else "other.none", facts))
        if found.open:
            told.append(Statement("other.open", facts))
    if found.nearest is not None:
        told.append(alternative_statement(found.nearest, found, plan))
    return tuple(told)


def alternative_statement(one: Alternative, among: Alternatives, plan: Plan) -> Statement:
    """Another decision: its kind, how much dearer, how it differs, and what is proven."""
    code = "as_cheap" if abs(one.more) < 0.0005 else "dearer"
    facts: dict[str, Fact] = {
        "kind": kind_statement(one.variation, plan), "more": one.more, "npv": one.npv,
        "amount": one.npv * one.more / (1 + one.more), "currency": plan.currency,
        "differences": difference_statements(one.portrait, among.best, plan),
        "proof": proof_statement(one, among.near),
    }  # fmt: skip
    return Statement("other.beyond" if one.beyond else f"other.{code}", facts)


def proof_statement(one: Alternative, near: float) -> Statement:
    """How far above the cheapest decision possible it is at most."""
    if one.most == float("inf"):
        return Statement("proof.none")
    proven = one.most <= near
    return Statement(
        "proof.within" if proven else "proof.beyond", {"most": max(one.most, 0.0), "near": near}
    )


def difference_statements(one: Portrait, best: Portrait, plan: Plan) -> tuple[Statement, ...]:
    """What sets a decision apart from the best one, in phrases."""
    names, fields = _options(plan), apart(one, best)
    found = [*_who(one, best, names), *_servers(one, best, names)]
    for kind in sorted({*one.recipes} ^ {*best.recipes}):
        found += (Statement(f"differs.{kind}" if kind in one.recipes else f"differs.no_{kind}"),)
    if one.overflows != best.overflows:
        found.append(Statement("differs.overflow" if one.overflows else "differs.no_overflow"))
    found += _serving(one, best, names, _classes(plan))
    if "at_home" in fields:
        found.append(Statement("differs.at_home", {"share": one.at_home, "before": best.at_home}))
    if "quality" in fields:
        found.append(
            Statement(
                "differs.quality", {"quality": one.quality * 100, "before": best.quality * 100}
            )
        )
    if "purchases" in fields:
        found.append(
            Statement("differs.purchases", {"amount": one.purchases, "before": best.purchases,
                                            "currency": plan.currency})
        )  # fmt: skip
    return tuple(found)


def _who(one: Portrait, best: Portrait, names: Mapping[str, str]) -> Iterator[Statement]:
    """Options used and not used, and how many vendors that makes."""
    without = tuple(names[key] for key in best.sources if key not in one.sources)
    more = tuple(names[key] for key in one.sources if key not in best.sources)
    if without:
        yield Statement("differs.without", {"options": without})
    if more:
        yield Statement("differs.with", {"options": more})
    mine, before = len(one.vendors), len(best.vendors)
    if mine != before:
        yield Statement("differs.vendors", {"vendors": float(mine), "before": float(before)})


def _servers(one: Portrait, best: Portrait, names: Mapping[str, str]) -> Iterator[Statement]:
    """Servers of options that both decisions use."""
    for key in best.servers:
        if key not in one.servers:
            if key in one.sources:
                yield Statement("differs.never", {"option": names[key]})
            continue
        dates, before = one.starts.get(key, ()), best.starts.get(key, ())
        if dates != before and max(len(dates), len(before)) <= MOST_STARTS:
            yield Statement(
                "differs.starts",
                {"option": names[key], "starts": _dates(dates), "before": _dates(before)},
            )
        elif dates and before and dates[0][0] != before[0][0]:
            yield Statement(
                "differs.first",
                {"option": names[key], "month": float(dates[0][0]), "before": float(before[0][0])},
            )
        elif one.servers[key] != best.servers[key]:
            yield Statement(
                "differs.servers",
                {"option": names[key], "servers": float(one.servers[key]),
                 "before": float(best.servers[key])},
            )  # fmt: skip


def _dates(dates: Sequence[tuple[int, int]]) -> tuple[Statement, ...]:
    return tuple(
        Statement("part.start", {"servers": float(servers), "month": float(month)})
        for month, servers in dates
    )


def _serving(
    one: Portrait, best: Portrait, options: Mapping[str, str], classes: Mapping[str, str]
) -> Iterator[Statement]:
    """Classes of which much goes elsewhere, by the option that gains or loses most."""
    otherwise = [name for name in best.serving if moved(one, best, name) >= MOVED]
    for name in sorted(otherwise, key=lambda it: -moved(one, best, it))[:MOST_CLASSES]:
        mine, before = one.serving[name], best.serving[name]
        key = max({*mine, *before}, key=lambda it: mine.get(it, 0.0) - before.get(it, 0.0))
        if mine.get(key, 0.0) <= before.get(key, 0.0):
            key = max(before, key=lambda it: before[it] - mine.get(it, 0.0))
        yield Statement(
            "differs.serving",
            {"request_class": classes[name], "option": options[key], "share": mine.get(key, 0.0),
             "before": before.get(key, 0.0)},
        )  # fmt: skip


def _options(plan: Plan) -> dict[str, str]:
    return {option.id: option.name for option in plan.options}


def _classes(plan: Plan) -> dict[str, str]:
    return {one.id: one.name for one in plan.workload}
