"""What the optimiser's answers say: rules and their prices, conflicts, vendors, first servers.

One template a code, in English, to be translated where it is shown; how facts are written in is
told in `statement`.
"""

import math
from collections.abc import Sequence

from pricing.optimise.engine.instance import Choice, Instance
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.questions.alternative_sentences import TEMPLATES as OTHER_DECISIONS
from pricing.optimise.questions.conflicts import Conflict
from pricing.optimise.questions.first_server import FirstServer
from pricing.optimise.questions.loosened import Loosened
from pricing.optimise.questions.prices import TRIFLE, RulePrice
from pricing.optimise.questions.rules import Rule
from pricing.optimise.questions.vendors import WithoutVendor
from pricing.optimise.statement import Fact, Statement, Translate, said
from pricing.plan.plan import Plan

CENTS = 0.5
"""Money below this is none."""
EXACT = 0.01
"""Error of a price, as a share of it, below which it is told without limits."""
PRECISE = 0.1
"""The same of what a vendor is worth."""
NOISE = 2e-6
"""What arithmetic adds to a number that would be enough, as a share of it."""
TEMPLATES: dict[str, str] = {
    "between": ", ",
    "between.phrases": "; ",
    # --- rules, as what one does -------------------------------------------------------------
    "rule.data": "keeping {sensitivity} data of {request_class} inside",
    "rule.quality_floor": "asking for a quality of at least {floor:percent} in {request_class}",
    "rule.first_token_limit": (
        "asking for the first token of {request_class} within {seconds} s"
    ),
    "rule.answer_limit": "asking for whole answers of {request_class} within {seconds} s",
    "rule.most_servers": "taking at most {servers:server|servers} of {option}",
    "rule.capex": "capping purchases at {amounts:money} a year",
    "rule.capex_by_year": "capping purchases at {amounts:money} in successive years",
    "rule.site_power": "feeding at most {kw} kW of IT power at the site",
    "rule.vendors": "sharing the work between at least {vendors} vendors",
    "rule.most_vendor_share": "giving one vendor at most {share:percent} of a year's tokens",
    "rule.quality": "asking for a mean quality of at least {share:percent}",
    "rule.on_premises": "serving at least {share:percent} of all tokens on premises",
    # --- what a rule costs --------------------------------------------------------------------
    "price.exactly": (
        "{rule:capital} costs {price:money} over {months} months ({share:percent} of the bill)."
    ),
    "price.between": (
        "{rule:capital} costs between {low:money} and {high:money} over {months} months "
        "({share:percent} of the bill by the decisions found)."
    ),
    "price.most": (
        "{rule:capital} costs at most {high:money} over {months} months ({most:percent} of the "
        "bill); the decisions found differ by {price:money}."
    ),
    "price.none_found": (
        "{rule:capital} costs at most {high:money} over {months} months ({most:percent} of the "
        "bill), and no cheaper decision without it was found."
    ),
    "price.trifle": (
        "{rule:capital} costs at most {high:money} over {months} months ({most:percent} of the "
        "bill): not worth discussing."
    ),
    "price.nothing": "{rule:capital} costs nothing: the best decision keeps it anyway.",
    "price.idle": "{rule:capital} costs nothing: nothing more would be possible without it.",
    "price.idle_each": (
        "Each of these costs nothing, as nothing more would be possible without it: {rules}."
    ),
    "price.trifle_each": (
        "Each of these costs at most {high:money} over {months} months ({most:percent} of the "
        "bill) and is not worth discussing: {rules}."
    ),
    "price.impossible": (
        "{rule:capital} has no price: with it, not every request class can be served."
    ),
    "price.unknown": "{rule:capital} has no price yet: none was found in the time allowed.",
    "price.unserved_only": (
        "{rule:capital} leaves {requests:request|requests} unserved that would be served without "
        "it; the bill of the others is no higher for it."
    ),
    "price.unserved": (
        "It leaves {requests:request|requests} unserved that would be served without it, so it "
        "costs more than that."
    ),
    # --- conflicts ----------------------------------------------------------------------------
    "conflict.rules": (
        "These rules cannot all be kept: {rules}. Lifting any one of them would be enough."
    ),
    "conflict.some": (
        "In the way: {rules}. Other rules are in the way too; doing without "
        "one of these would be enough: {enough}."
    ),
    "conflict.together": (
        "In the way: {rules}. Other rules are in the way too; doing without "
        "all of these would be enough: {enough}."
    ),
    "conflict.unsure": (
        "In the way: {rules}. What would be enough could not be told in time."
    ),
    "conflict.rule": "This rule cannot be kept: {rules}. Lifting it would be enough.",
    "conflict.among": (
        "Rules among these cannot be kept together: {rules}. Which ones could not be told in time."
    ),
    "conflict.none": (
        "Not even without its rules can the plan serve {classes}: no option may or can do that "
        "work."
    ),
    "conflict.unserved": (
        "With them, {requests:request|requests} of {classes} {requests:~stays|stay} unserved."
    ),
    "enough.capex": "Purchases of {enough:money} in a year would be enough.",
    "enough.site_power": "IT power of {enough} kW at the site would be enough.",
    "enough.most_vendor_share": (
        "Letting one vendor serve {enough:percent} of a year's tokens would be enough."
    ),
    "enough.quality": "A mean quality of {enough} would be possible.",
    "enough.on_premises": "A share of {enough:percent} on premises would be possible.",
    "enough.quality_floor": "A score of {enough} for {request_class} would be possible.",
    "enough.first_token_limit": (
        "{enough} s to the first token for {request_class} would be enough."
    ),
    "enough.answer_limit": "{enough} s for an answer to {request_class} would be enough.",
    "enough.most_servers": "{enough:server|servers} of {option} would be enough.",
    "enough.vendors": "{enough:vendor|vendors} would be possible.",
    # --- vendors ------------------------------------------------------------------------------
    "vendor.dearer": "Without {vendor} the work costs {more:money} more ({share:percent}).",
    "vendor.between": (
        "Without {vendor} the work costs between {low:money} and {high:money} more "
        "({share:percent} by the decisions found)."
    ),
    "vendor.most": (
        "Without {vendor} the work costs at most {high:money} more; the decisions found differ by "
        "{more:money}."
    ),
    "vendor.outages": (
        "Without {vendor} {requests} more requests arrive during outages in which nobody takes "
        "over."
    ),
    "vendor.unused": "{vendor} is not used, so doing without costs nothing.",
    "vendor.needed": "Without {vendor} not every request can be served within the rules.",
    "vendor.needed_for": (
        "Without {vendor} not every request of {classes} can be served within the rules."
    ),
    # --- first server -------------------------------------------------------------------------
    "first.from": (
        "The first server pays from {multiple} times the plan's volume on: about {requests} "
        "requests a month."
    ),
    "first.already": (
        "Servers pay at the plan's volume; the first one from {multiple} times it on, about "
        "{requests} requests a month."
    ),
    "first.any": (
        "Servers pay at any volume, however small: they cost less from the first request."
    ),
    "first.forced": (
        "Servers are needed at any volume, however small: without any, the rules cannot be kept."
    ),
    "first.needed": (
        "Nothing but servers may serve {classes}, so some are needed at any volume, however small."
    ),
    "first.others_from": (
        "The first server for other work alone pays from {multiple} times the plan's volume on: "
        "about {requests} requests a month."
    ),
    "first.others_already": (
        "For other work alone servers pay at the plan's volume; the first one from {multiple} "
        "times it on, about {requests} requests a month."
    ),
    "first.others_any": (
        "For other work alone servers pay at any volume, however small, too."
    ),
    "first.others_forced": (
        "The rules cannot be kept without servers for other work alone, either."
    ),
    "first.others_never": (
        "For other work alone no server pays at up to {limit} times the plan's volume."
    ),
    "first.never": "No server pays at up to {limit} times the plan's volume.",
    "first.none": "The plan has no option with servers that may serve its work.",
    # --- the plan's own decision --------------------------------------------------------------
    "own.dearer": (
        "Held against the best decision found, {best:money}. The decision in the plan is another "
        "one: it costs {own:money}, {apart:percent} more."
    ),
    "own.cheaper": (
        "Held against the best decision found, {best:money}. The decision in the plan costs "
        "{own:money}, {apart:percent} less: it serves less, breaks a rule, or takes ways that are "
        "not offered to the optimiser."
    ),
    **OTHER_DECISIONS,
}  # fmt: skip
"""Sentence of each code in English."""


def sentence(statement: Statement, translate: Translate = str) -> str:
    """The sentence of a statement about rules and questions; raises KeyError for another's code."""
    return said(statement, TEMPLATES, translate)


def rule_statement(rule: Rule) -> Statement:
    """What a rule is, as what one does: a phrase."""
    code, amounts = rule.code, rule.facts.get("amounts")
    if isinstance(amounts, tuple) and len(amounts) > 1:
        code = f"{code}_by_year"
    return Statement(f"rule.{code}", rule.facts)


def prices_statements(prices: Sequence[RulePrice], plan: Plan) -> tuple[Statement, ...]:
    """What rules cost: those that may cost something one by one, the others together."""
    by_code: dict[str, list[RulePrice]] = {"trifle": [], "idle": []}
    told: list[Statement] = []
    for one in prices:
        if (code := price_code(one)) in by_code:
            by_code[code].append(one)
        else:
            told += price_statements(one, plan)
    for code, alike in by_code.items():
        if len(alike) < 2:
            told += [statement for one in alike for statement in price_statements(one, plan)]
            continue
        most = max(alike, key=lambda one: one.high)
        facts: dict[str, Fact] = {
            "rules": tuple(rule_statement(one.rule) for one in alike), "high": most.high,
            "most": most.high / max(abs(most.bill), 1e-9), "months": float(plan.months),
            "currency": plan.currency,
        }  # fmt: skip
        told.append(Statement(f"price.{code}_each", facts))
    return tuple(told)


def price_statements(found: RulePrice, plan: Plan) -> tuple[Statement, ...]:
    """What a rule costs, between which limits, and what it leaves unserved."""
    bill = max(abs(found.bill), 1e-9)
    facts: dict[str, Fact] = {
        "rule": rule_statement(found.rule), "months": float(plan.months),
        "currency": plan.currency, "price": found.price or 0.0, "low": found.low,
        "high": found.high, "share": (found.price or 0.0) / bill, "most": found.high / bill,
    }  # fmt: skip
    code, lost = price_code(found), found.unserved
    if code == "none_found" and lost >= 1:
        return (Statement("price.unserved_only", facts | {"requests": lost}),)
    stated = [Statement(f"price.{code}", facts)]
    if found.price is not None and lost >= 1:
        stated.append(Statement("price.unserved", {"requests": lost}))
    return tuple(stated)


def price_code(found: RulePrice) -> str:
    """How well a price is known, as the key of its sentence."""
    if found.idle:
        return "idle"
    if found.price is None or not math.isfinite(found.high):
        served = found.answer is not None and found.answer.choice is not None
        return "impossible" if found.price is None and served else "unknown"
    if not found.unserved and found.high <= TRIFLE * abs(found.bill):
        return "nothing" if found.high < CENTS else "trifle"
    if found.low > 0:
        return "exactly" if found.high - found.low <= EXACT * found.high else "between"
    return "most" if found.price >= CENTS else "none_found"


def conflict_statements(conflict: Conflict, plan: Plan) -> tuple[Statement, ...]:
    """Which rules are in the way, what stays unserved with them, and what would be enough."""
    if not conflict.rules:
        return (Statement("conflict.none", {"classes": conflict.classes}),)
    rules = tuple(rule_statement(rule) for rule in conflict.rules)
    enough = tuple(rule_statement(rule) for rule in conflict.lifting)
    if not conflict.irreducible:
        code = "conflict.among"
    elif not enough:
        code = "conflict.unsure"
    elif conflict.together:
        code = "conflict.together"
    elif len(enough) < len(rules):
        code = "conflict.some"
    else:
        code = "conflict.rules" if len(rules) > 1 else "conflict.rule"
    facts: dict[str, Fact] = {"classes": conflict.classes, "requests": conflict.unserved}
    return (
        Statement(code, {"rules": rules, "enough": enough} if enough else {"rules": rules}),
        Statement("conflict.unserved", facts),
        *(_enough(one, plan) for one in conflict.loosened),
    )


def _enough(found: Loosened, plan: Plan) -> Statement:
    code, enough = found.rule.code, found.enough
    if code not in {"most_servers", "vendors"}:
        enough = _shown(enough, share=code in {"on_premises", "most_vendor_share"},
                        least=code in {"on_premises", "quality", "quality_floor"})  # fmt: skip
    facts = {"stated": found.stated, "currency": plan.currency, **found.rule.facts,
             "enough": enough}  # fmt: skip
    return Statement(f"enough.{code}", facts)


def _shown(enough: float, *, share: bool, least: bool) -> float:
    """A number as few digits tell it, rounded so that what is read is enough too.

    Args:
        enough: The number.
        share: Whether it is told in per cent, else with three significant digits.
        least: Whether less is enough as well, else more.
    """
    if enough <= 0:
        return enough
    digits = 2 - math.floor(math.log10(enough))
    if share:
        digits = 3 if enough < 0.0995 or enough > 0.99 else 2
    scaled = enough * 10.0**digits
    rounded = math.floor(scaled * (1 + NOISE)) if least else math.ceil(scaled * (1 - NOISE))
    return float(rounded / 10.0**digits)


def work_shares(instance: Instance, choice: Choice) -> dict[str, float]:
    """Share of all tokens of the horizon by pool and supplier, most first."""
    answered = outcome(Tables(instance), choice).answered
    tokens: dict[str, float] = {}
    for place, recipe in enumerate(instance.recipes):
        requests = float(answered[place] @ instance.jobs[recipe.job].requests)
        for key, each in recipe.bought.items():
            tokens[key] = tokens.get(key, 0.0) + requests * each
    total = sum(tokens.values())
    ranked = sorted(tokens.items(), key=lambda item: -item[1])
    return {key: amount / total for key, amount in ranked if total > 0 and amount > 0}


def vendor_statements(found: WithoutVendor, plan: Plan) -> tuple[Statement, ...]:
    """What doing without a vendor costs, and what outages then lose."""
    stated = (vendor_statement(found, plan),)
    if found.npv is None or found.outages < 1:
        return stated
    return (*stated, Statement("vendor.outages", {"vendor": found.vendor,
                                                  "requests": found.outages}))  # fmt: skip


def vendor_statement(found: WithoutVendor, plan: Plan) -> Statement:
    """What doing without a vendor costs."""
    if not found.used:
        return Statement("vendor.unused", {"vendor": found.vendor})
    if found.npv is None or found.more is None:
        names = {one.id: one.name for one in plan.workload}
        classes = tuple(names[key] for key in found.left)
        code = "vendor.needed_for" if classes else "vendor.needed"
        return Statement(code, {"vendor": found.vendor, "classes": classes})
    before = found.npv - found.more
    facts: dict[str, Fact] = {
        "vendor": found.vendor, "more": max(found.more, 0.0), "currency": plan.currency,
        "share": max(found.more, 0.0) / before if before else 0.0, "low": found.low,
        "high": found.high,
    }  # fmt: skip
    if found.low <= 0:
        return Statement("vendor.most", facts)
    known = found.high - found.low <= PRECISE * found.high
    return Statement("vendor.dearer" if known else "vendor.between", facts)


def first_server_statements(found: FirstServer, plan: Plan) -> tuple[Statement, ...]:
    """Who needs servers at any volume, and from which volume on they pay for the rest."""
    names = {one.id: one.name for one in plan.workload}
    classes = tuple(names[key] for key in found.needed)
    needed = (Statement("first.needed", {"classes": classes}),) if classes else ()
    if not found.others:
        return needed
    code, facts = "never", dict[str, Fact]()
    if not found.pools:
        code = "none"
    elif found.forced:
        code = "forced"
    elif found.multiple is None or found.requests_per_month is None:
        facts = {"limit": found.searched_to}
    elif found.multiple <= 1 / found.searched_to:
        code = "any"
    else:
        code = "from" if found.multiple > 1 else "already"
        requests = float(f"{found.requests_per_month:.3g}")
        facts = {"multiple": found.multiple, "requests": requests}
    return (*needed, Statement(f"first.{'others_' if needed else ''}{code}", facts))
