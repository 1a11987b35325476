"""Who could serve which request class, and who does: tables and JSON."""

from collections.abc import Sequence
from typing import Any

from pricing.catalogue import Catalogue
from pricing.cli import decision_document as documents
from pricing.cli.decision_words import names_of
from pricing.cli.numbers import NONE, amount, count, percent, significant
from pricing.cli.overview import bullet
from pricing.cli.table import table, wrapped
from pricing.cli.texts import _
from pricing.evaluation import Evaluation
from pricing.optimise.advice.advise import advise
from pricing.optimise.advice.choices import Choice, choices
from pricing.optimise.advice.picture import Picture
from pricing.routing.sentences import sentence as reason

MARKS = {"excluded": _("NO"), "caution": _("CHECK")}


def choice_lines(evaluation: Evaluation, catalogue: Catalogue, width: int) -> list[str]:
    """A row for each class and option, then why some may not and what should be checked."""
    plan = evaluation.plan
    names, classes = names_of(plan), {one.id: one.name for one in plan.workload}
    found = choices(evaluation, catalogue)
    headings = [
        _("Request class"), _("Option"), _("Cost of a request, {c}").format(c=plan.currency),
        _("Score"), _("First token, s"), _("Whole answer, s"), _("May serve"),
    ]  # fmt: skip
    rows, before = [], ""
    for one in found:
        name = classes[one.request_class]
        rows.append(["" if name == before else name, names[one.option], *_figures(one)])
        before = name
    lines = table(headings, rows, width, labels=2)
    said = dict.fromkeys((why.severity, reason(why, _)) for one in found for why in one.reasons)
    if said:
        lines.append("")
    for severity, text in sorted(said, key=lambda item: item[0] != "excluded"):
        lines += bullet(f"  {MARKS[severity]}", text, width)
    return lines


def _figures(one: Choice) -> list[str]:
    return [
        _written(one.cost_per_request, amount),
        _written(one.quality, percent),
        _written(one.first_token_seconds, significant),
        _written(one.seconds, significant),
        (_("yes") if not one.reasons else _("yes, check")) if one.allowed else _("no"),
    ]


def _written(value: float | None, written: Any) -> str:  # noqa: ANN401 (a function of a number)
    return NONE if value is None else str(written(value))


def flow_lines(evaluation: Evaluation, hybrid: str, width: int) -> list[str]:
    """What each option does of each class in a hybrid: requests, share, cost."""
    picture = Picture(evaluation, hybrid, evaluation.catalogue)
    plan, months = evaluation.plan, evaluation.plan.months
    headings = [
        _("Request class"), _("Answered by"), _("Requests a month"), _("Share"),
        _("Cost, {c}").format(c=plan.currency), _("A request, {c}").format(c=plan.currency),
        _("Score"),
    ]  # fmt: skip
    rows = []
    for line in picture.lines.classes:
        name, first = line.asked.request_class.name, True
        asked = float(picture.monthly(line.asked.requests).sum())
        scores = {
            option: choice.quality
            for (one, option), choice in picture.choices.items()
            if one == line.asked.request_class.id
        }
        others = [(_("result cache"), line.hits), (_("nobody"), line.unserved)]
        for part in picture.parts:
            if part.request_class != line.asked.request_class.id:
                continue
            requests = float(part.requests.sum())
            each = count(round(requests / months))
            rows.append(
                [
                    name if first else "", picture.names[part.option], each,
                    percent(requests / asked if asked else 0.0), amount(part.cost),
                    amount(part.cost / requests), _written(scores[part.option], percent),
                ]
            )  # fmt: skip
            first = False
        for said, flow in others:
            requests = 0.0 if flow is None else float(picture.monthly(flow).sum())
            if requests >= 1:
                share = percent(requests / asked if asked else 0.0)
                each = count(round(requests / months))
                rows.append([name if first else "", said, each, share, NONE, NONE, NONE])
                first = False
    lines = table(headings, rows, width, labels=2) if rows else []
    if picture.hybrid.caches:
        said = _("Shares are of all requests of a class, those of the result cache among them.")
        lines += ["", *wrapped(said, width)]
    if any(len(route.stages) > 1 for route in picture.lines.routes):
        lines += ["", *wrapped(_("A request that two options work on counts for both."), width)]
    return lines


def document(
    evaluation: Evaluation, catalogue: Catalogue, hybrids: Sequence[str]
) -> dict[str, Any]:
    """Choices and hybrids as JSON; the keys are described in resources/help/routing_json.md."""
    return {
        **documents.head(evaluation.plan),
        "months": list(evaluation.month_labels),
        "choices": [
            {
                "request_class": one.request_class,
                "option": one.option,
                "allowed": one.allowed,
                "cost_per_request": one.cost_per_request,
                "quality": one.quality,
                "first_token_seconds": one.first_token_seconds,
                "seconds": one.seconds,
                "speed": one.speed,
                "reasons": [
                    {
                        "code": why.code, "severity": why.severity, "path": why.path,
                        "sentence": reason(why),
                    }
                    for why in one.reasons
                ],
            }
            for one in choices(evaluation, catalogue)
        ],
        "hybrids": [
            {
                "id": hybrid,
                "npv": evaluation.bill_of(hybrid).npv.value,
                "unserved": float(evaluation.bill_of(hybrid).unserved.values.sum()),
                **documents.decision(evaluation, hybrid),
                "flows": [
                    {
                        "request_class": part.request_class,
                        "option": part.option,
                        "requests": part.requests.tolist(),
                        "tokens": float(part.tokens.sum()),
                        "cost": part.cost,
                    }
                    for part in Picture(evaluation, hybrid, catalogue).parts
                ],
                "advice": documents.advice(advise(evaluation, hybrid, catalogue)),
            }
            for hybrid in hybrids
        ],
    }  # fmt: skip
