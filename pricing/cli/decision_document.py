"""Decisions and advice as JSON; the keys are described in resources/help/optimise_json.md."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pricing.cli.decision_tables import THOUSAND, hybrid_in, hybrid_lines
from pricing.evaluation import Evaluation
from pricing.optimise.advice.advise import Advice
from pricing.optimise.advice.choices import Single
from pricing.optimise.advice.sentences import TEMPLATES, VERDICTS, sentence
from pricing.optimise.engine.answer import Answer
from pricing.optimise.lost import Lost
from pricing.optimise.problem.stated import Problem
from pricing.optimise.questions.asked import left_out
from pricing.optimise.questions.conflicts import Conflict
from pricing.optimise.questions.sentences import TEMPLATES as RULES
from pricing.optimise.questions.sentences import conflict_statements, rule_statement
from pricing.optimise.questions.sentences import sentence as rule_sentence
from pricing.optimise.statement import Statement, plain_facts
from pricing.plan.plan import Plan
from pricing.routing.sentences import sentence as reason_sentence

SCHEMA = 1
"""Number of the form of the documents; it rises when a key changes its meaning or goes."""

Document = dict[str, Any]


def head(plan: Plan) -> Document:
    """What every document begins with."""
    return {"schema": SCHEMA, "plan": plan.name, "currency": plan.currency}


def finite(value: float) -> float | None:
    """A number, or null where there is none."""
    return float(value) if np.isfinite(value) else None


def proof(answer: Answer, npv: float | None) -> Document:
    """How good a decision is and how well that is proven."""
    return {
        "status": answer.status,
        "npv": npv,
        "bound": finite(answer.bound * THOUSAND),
        "gap": finite(answer.gap),
        "seconds": answer.seconds,
        "first_decision_seconds": finite(answer.first),
    }


def decision(evaluation: Evaluation, hybrid: str) -> Document:
    """Routes, servers and checks of a hybrid."""
    stated, lines = hybrid_in(evaluation, hybrid), hybrid_lines(evaluation, hybrid)
    return {
        "routes": [
            {
                "request_class": route.request_class,
                "recipe": route.recipe.model_dump(mode="json"),
                "overflow": route.overflow,
                "failover": route.failover,
                "order": route.order,
                "shares": [step.model_dump() for step in route.shares],
            }
            for route in stated.routes
        ],
        "servers": [
            {
                "option": member.option.id,
                "monthly": evaluation.values.monthly(member.fleet.servers).tolist(),
            }
            for member in lines.members
            if member.fleet is not None and member.fleet.servers is not None
        ],
        "rules": [
            {
                "code": check.code,
                "label": check.label,
                "path": check.path,
                "kept": bool((kept := evaluation.values.monthly(check.kept) > 0).all()),
                "broken_in": [
                    label
                    for label, good in zip(evaluation.month_labels, kept, strict=True)
                    if not good
                ],
            }
            for check in lines.checks
        ],
    }


def unserved(problem: Problem, answer: Answer, down: Sequence[Lost] = ()) -> list[Document]:
    """What is not served, class by class.

    Args:
        problem: What was solved.
        answer: What was found.
        down: What of it is lost in outages.
    """
    found: list[Document] = []
    for place, job in enumerate(problem.instance.jobs):
        lost = answer.answered_by_nobody[place] * THOUSAND
        early = np.minimum(answer.unavoidable[place], answer.unserved[place]) * THOUSAND
        if lost.sum() >= 1:
            mine = [one for one in down if one.request_class == job.key]
            found.append(
                {
                    "request_class": job.key,
                    "requests": float(lost.sum()),
                    "unavoidable": float(early.sum()),
                    "in_outages": float(answer.lost[place].sum()) * THOUSAND,
                    "outages_of": sorted({option for one in mine for option in one.options}),
                    "monthly": lost.tolist(),
                    "why": [],
                }
            )
    for name in left_out(problem):
        why = [
            reason_sentence(one.reasons[0])
            for one in problem.candidates.excluded
            if one.request_class == name
        ]
        found.append(
            {
                "request_class": name, "requests": None, "unavoidable": None, "in_outages": None,
                "outages_of": [], "monthly": None, "why": why,
            }
        )  # fmt: skip
    return found


def statement(one: Statement) -> Document:
    """A statement of advice: its code, facts and English sentence."""
    return {"code": one.code, "facts": plain_facts(one, TEMPLATES), "sentence": sentence(one)}


def rule_document(one: Statement) -> Document:
    """A statement about rules and questions."""
    return {"code": one.code, "facts": plain_facts(one, RULES), "sentence": rule_sentence(one)}


def advice(found: Advice) -> Document:
    """Recommendation, plain choices, cautions and rules of thumb."""
    return {
        "recommendation": [statement(one) for one in found.recommendation],
        "portions": [
            {
                "who": sentence(one.who),
                "options": list(one.options),
                "classes": list(one.whole),
                "mostly": list(one.most),
                "partly": list(one.some),
                "share": one.share,
            }
            for one in found.portions
        ],
        "cheapest_single": _single(found.cheapest),
        "cheapest_single_within_a_point": _single(found.nearly_best),
        "beside": [statement(one) for one in found.singles],
        "cautions": [statement(one) for one in found.cautions],
        "rules_of_thumb": [
            {
                "code": rule.code,
                "source": rule.source,
                "claim": sentence(rule.claim),
                "verdict": rule.verdict,
                "verdict_sentence": VERDICTS[rule.verdict],
                "reasons": [statement(one) for one in rule.reasons],
            }
            for rule in found.rules_of_thumb
        ],
    }


def _single(single: Single | None) -> Document | None:
    if single is None:
        return None
    return {"option": single.option, "npv": single.npv, "quality": single.quality}


def conflict(found: Conflict | None, plan: Plan) -> Document | None:
    """The rules in the way, and what would be enough."""
    if found is None:
        return None
    return {
        "rules": [
            {"path": rule.path, **rule_document(rule_statement(rule))} for rule in found.rules
        ],
        "irreducible": found.irreducible,
        "classes": list(found.classes),
        "unserved": found.unserved,
        "enough": [
            {"path": one.rule.path, "stated": one.stated, "enough": one.enough}
            for one in found.loosened
        ],
        "sentences": [rule_sentence(one) for one in conflict_statements(found, plan)],
    }
