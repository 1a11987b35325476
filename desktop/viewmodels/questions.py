"""What a meeting asks of a plan: the questions, and answers in sentences with a small table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.words import percent, score_text, whole_money
from pricing.optimise.statement import Statement

if TYPE_CHECKING:
    from pricing.optimise.engine.answer import Answer
    from pricing.optimise.questions.alternatives import Alternative, Alternatives
    from pricing.optimise.questions.conflicts import Conflict
    from pricing.optimise.questions.first_server import FirstServer
    from pricing.optimise.questions.prices import RulePrice
    from pricing.optimise.questions.vendors import WithoutVendor
    from pricing.plan.hybrid import Hybrid
    from pricing.plan.plan import Plan

KINDS: Final = ("rules", "vendors", "alternatives", "volume")
HELD_AGAINST_BEST: Final = ("rules", "vendors", "alternatives")
"""Those whose answers are differences from the best decision found."""
THOUSAND: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a question."""

    sentences: tuple[str, ...]
    table: Table | None = None
    paths: tuple[str, ...] = ()
    """Field of the plan that each row leads to."""


@dataclass(frozen=True, slots=True)
class Link:
    """A rule, and the field that states it."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Why not everything can be served, in words."""

    title: str
    sentences: tuple[str, ...]
    links: tuple[Link, ...]


def _t(text: str) -> str:
    return QCoreApplication.translate("Questions", text)


def statement_text(statement: Statement) -> str:
    """A statement of the optimiser in the window's language."""
    from pricing.optimise.questions.sentences import sentence

    said = sentence(statement, lambda text: QCoreApplication.translate("Optimiser", text))
    return said.replace(" %", "\u00a0%")  # no line begins with a sign


def question_title(kind: str) -> str:
    """A question as a person would ask it."""
    return {
        "rules": _t("What does each rule cost?"),
        "vendors": _t("What if we do without a vendor?"),
        "alternatives": _t("Which other plans cost nearly as much?"),
        "volume": _t("From which volume does the first server pay?"),
    }[kind]


def question_hint(kind: str) -> str:
    """How it is answered."""
    return {
        "rules": _t("Decides again without each rule in turn."),
        "vendors": _t("Decides again without each vendor that the best decision takes."),
        "alternatives": _t(
            "Decides again with one more rule that the best plan breaks; shows three that differ "
            "within 3 % of it, or the nearest one beyond."
        ),
        "volume": _t("Decides at other volumes until servers just begin to pay."),
    }[kind]


def rules_reply(prices: Sequence["RulePrice"], plan: "Plan", *, complete: bool) -> Reply:
    """What rules cost, the dearest first."""
    from pricing.optimise.questions.sentences import price_statements, rule_statement

    if not prices:
        return Reply((_t("The plan has no rules that restrict a decision."),) if complete else ())
    ranked = sorted(prices, key=lambda one: -_worth(one))
    columns = (
        EditColumn(_t("Rule"), width=-1),
        EditColumn(_t("Costs, {currency}").format(currency=plan.currency), right=True, width=200,
                   tip=_t("Net present value over the plan, between what is proven")),
    )  # fmt: skip
    rows = tuple(
        (
            EditCell(
                _capital(statement_text(rule_statement(one.rule))), tip=_t("Leads to the rule")
            ),
            _price(one),
        )
        for one in ranked
    )
    told = [one for one in ranked if one.price is None or one.low > 0] or ranked[:1]
    said = [statement_text(s) for one in told for s in price_statements(one, plan)]
    rest = [one for one in ranked if one not in told]
    if complete and rest:
        most = max(one.high / max(abs(one.bill), 1e-9) for one in rest)
        text = _t("Each of the others costs at most {share} of the bill.")
        if most <= 0:
            text = _t("The others cost nothing.")
        said.append(text.format(share=percent(most)))
    return Reply(tuple(said), Table(columns, rows), tuple(one.rule.path for one in ranked))


def _worth(one: "RulePrice") -> float:
    """By what rules are ranked: those without a price first, then by what they cost at least."""
    if one.price is None:
        return float("inf")
    return one.price + one.low + one.high / 1e6 if math.isfinite(one.high) else one.price


def _price(one: "RulePrice") -> EditCell:
    """A price between what is proven; one that may be nothing as what it is at most."""
    if one.price is None:
        tip = _t("With the rule not everything can be served, or nothing was found in time")
        return EditCell("–", tone="quiet", right=True, tip=tip)
    if one.high < 0.5:
        return EditCell(whole_money(0), right=True)
    if one.low > 0:
        limits = f"{whole_money(one.low)} – {whole_money(one.high)}"
        sure = one.high - one.low < 0.5
        return EditCell(whole_money(one.price), second="" if sure else limits, right=True)
    most = whole_money(one.high)
    return EditCell(_t("at most {amount}").format(amount=most), tone="quiet", right=True)


def vendors_reply(found: Sequence["WithoutVendor"], plan: "Plan") -> Reply:
    """What doing without each vendor costs, the dearest first."""
    from pricing.optimise.questions.sentences import vendor_statements

    ranked = sorted(found, key=lambda one: -(one.more if one.more is not None else float("inf")))
    columns = (
        EditColumn(_t("Without"), width=-1),
        EditColumn(_t("Net present cost, {currency}").format(currency=plan.currency), right=True,
                   width=200),
        EditColumn(_t("More, {currency}").format(currency=plan.currency), right=True, width=128),
        EditColumn(_t("More"), right=True, width=80),
    )  # fmt: skip
    rows = tuple((EditCell(one.vendor, second="" if one.used else _t("not used")), *_dearer(one))
                 for one in ranked)  # fmt: skip
    said = tuple(
        statement_text(told) for one in ranked if one.used for told in vendor_statements(one, plan)
    )
    return Reply(said, Table(columns, rows))


def _dearer(one: "WithoutVendor") -> tuple[EditCell, EditCell, EditCell]:
    if one.npv is None or one.more is None:
        return (EditCell(_t("cannot all be served"), tone="caution", right=True),
                EditCell("–", tone="quiet", right=True),
                EditCell("–", tone="quiet", right=True))  # fmt: skip
    before = one.npv - one.more
    more = max(one.more, 0.0)
    return (
        EditCell(whole_money(one.npv), right=True),
        EditCell(whole_money(more), right=True),
        EditCell(percent(more / before if before else 0.0), right=True),
    )


def alternatives_reply(found: "Alternatives", plan: "Plan") -> Reply:
    """Other decisions that cost little more, and the nearest one beyond where they are few."""
    from pricing.optimise.questions.alternative_sentences import (
        ALTERNATIVES,
        alternatives_statements,
        difference_statements,
        kind_statement,
    )

    stated = [s for s in alternatives_statements(found, plan) if s.code not in ALTERNATIVES]
    said = tuple(statement_text(s) for s in stated)
    if not found.told:
        return Reply(said)
    if len(found.found) == found.count:
        said = (_counted(len(found.found), found.near), *said)
    columns = (
        EditColumn(_t("What sets it apart"), width=-1),
        EditColumn(_t("Net present cost, {currency}").format(currency=plan.currency), right=True,
                   width=200),
        EditColumn(_t("Dearer"), right=True, width=120,
                   tip=_t("Than the best decision found; below, than the cheapest one possible")),
        EditColumn(_t("Purchases, {currency}").format(currency=plan.currency), right=True,
                   width=144, gives_way=True),
        EditColumn(_t("On premises"), right=True, width=104),
    )  # fmt: skip
    rows = tuple(
        (
            EditCell(
                _capital(statement_text(kind_statement(one.variation, plan))),
                second=_capital(
                    "; ".join(
                        statement_text(s)
                        for s in difference_statements(one.portrait, found.best, plan)
                    )
                ),
                tip=_t("Double-click to see the plan"),
            ),
            EditCell(whole_money(one.npv), right=True),
            EditCell(
                percent(max(one.more, 0.0)),
                second=_proven(one.most),
                second_tone="caution" if one.most > found.near else "quiet",
                tone="caution" if one.beyond else "plain",
                right=True,
            ),
            EditCell(whole_money(one.portrait.purchases), right=True),
            EditCell(percent(one.portrait.at_home), right=True),
        )
        for one in found.told
    )
    return Reply(said, Table(columns, rows))


def _proven(most: float) -> str:
    """How much dearer than the cheapest decision possible it is at most."""
    if not math.isfinite(most):
        return _t("nothing proven")
    return _t("proven: ≤ {share}").format(share=percent(max(most, 0.0)))


def _counted(count: int, near: float) -> str:
    """That as many were found as were looked for."""
    if count == 1:
        template = _t("One decision within {near} of the best found differs in what a buyer names.")
    else:
        template = _t("{n} decisions within {near} of the best found differ in what a buyer names.")
    return template.format(n=count, near=score_text(near))


def alternative_note(one: "Alternative", plan: "Plan") -> str:
    """What sets an alternative apart."""
    from pricing.optimise.questions.alternative_sentences import kind_statement

    kind = statement_text(kind_statement(one.variation, plan))
    return _t("The cheapest decision found {difference}.").format(difference=kind)


def volume_reply(found: "FirstServer", plan: "Plan") -> Reply:
    """From which volume on servers pay."""
    from pricing.optimise.questions.sentences import first_server_statements

    return Reply(tuple(statement_text(one) for one in first_server_statements(found, plan)))


def conflict_view(conflict: "Conflict", plan: "Plan") -> ConflictView:
    """Rules that cannot all be kept, each a link, and what would be enough."""
    from pricing.optimise.questions.sentences import conflict_statements, rule_statement

    return ConflictView(
        _t("Not every request can be served within the rules"),
        tuple(statement_text(s) for s in conflict_statements(conflict, plan)),
        tuple(
            Link(_capital(statement_text(rule_statement(rule))), rule.path)
            for rule in conflict.rules
        ),
    )


def own_text(best: "Answer", costs: HybridCosts | None) -> str:
    """That the plan's decision is another one than the best found; empty where it is that one."""
    from pricing.optimise.questions.own import own_statement

    if costs is None or not costs.lines.routes:
        return ""
    evaluation = costs.evaluation
    own = evaluation.bill_of(costs.bill.option.id).npv.value
    told = own_statement(best.objective * THOUSAND, own, evaluation.plan.currency)
    return "" if told is None else statement_text(told)


def same_question(one: "Plan", other: "Plan", hybrid: str) -> bool:
    """Whether two plans differ at most in what is decided on a hybrid."""
    return one is other or _bare(one, hybrid) == _bare(other, hybrid)


def _bare(plan: "Plan", hybrid: str) -> "Plan":
    from pricing.plan.hybrid import Hybrid

    def stripped(option: "Hybrid") -> "Hybrid":
        return option.model_copy(update={"routes": (), "fleets": (), "decision": None, "name": "h"})

    options = tuple(
        stripped(option) if isinstance(option, Hybrid) else option
        for option in plan.options
        if not isinstance(option, Hybrid) or option.id == hybrid
    )
    return plan.model_copy(update={"options": options, "baseline": None, "name": "plan"})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
