"""What every option would be for a request class: cost, score, waiting, and why not."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.tables.edit_cells import EditCell, EditColumn, Tone
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.admissible import without_name
from desktop.viewmodels.finding_words import reason_text
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.words import kind_name, money, percent, score_text, significant
from pricing.evaluation import Evaluation
from pricing.optimise.advice.choices import CheapestSingle, Choice
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import TokenPriced

OPTION, COST, SCORE, FIRST, WHOLE, WHY = range(6)


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingChoices", text)


def choices_of(found: Iterable[Choice], request_class: str) -> tuple[Choice, ...]:
    """The choices of one class: those that may serve it first, the cheapest first."""
    mine = [choice for choice in found if choice.request_class == request_class]
    return tuple(
        sorted(
            mine,
            key=lambda c: (
                not c.allowed,
                c.cost_per_request is None,
                c.cost_per_request or 0.0,
            ),
        )
    )


def choices_table(
    evaluation: Evaluation, hybrid: Hybrid, mine: tuple[Choice, ...], colours: OptionColours
) -> Table:
    """A row per option, with what it would cost and why it may not serve."""
    currency = evaluation.plan.currency
    columns = (
        EditColumn(_t("Option"), width=168, roomy=220),
        EditColumn(
            _t("{currency} a request").format(currency=currency), right=True, width=112,
            tip=_t("Tokens, or the part of the machines that its busy time takes"),
        ),
        EditColumn(_t("Score"), right=True, width=72),
        EditColumn(_t("First token"), right=True, width=96),
        EditColumn(_t("Answer"), right=True, width=88, tip=_t("Until a mean answer is complete")),
        EditColumn(_t("May it serve?"), width=-1),
    )  # fmt: skip
    names = {option.id: option for option in evaluation.plan.options}
    used = {
        use
        for route in hybrid.routes
        if mine and route.request_class == mine[0].request_class
        for use in (*route.recipe.uses, route.overflow, route.failover)
    }
    rows = []
    for choice in mine:
        option = names[choice.option]
        second = kind_name(option.kind)
        if choice.option in used:
            second = _t("{kind} · in use").format(kind=second)
        rows.append(
            (
                EditCell(option.name, second=second, colour=colours.of(option.id), bold=True),
                _cost(choice, billed=isinstance(option, TokenPriced)),
                _number(None if choice.quality is None else score_text(choice.quality)),
                _number(_seconds(choice.first_token_seconds)),
                _number(_seconds(choice.seconds)),
                _why(choice, option.name),
            )
        )
    return Table(columns, tuple(rows))


def _cost(choice: Choice, *, billed: bool) -> EditCell:
    if choice.cost_per_request is None:
        return _number(None)
    text = significant(choice.cost_per_request, 3)
    tip = (
        _t("Its tokens, mean over the plan; a click explains the first month")
        if billed
        else _t("The part of the machines that its busy time takes, without people and setup")
    )
    key = f"option.{choice.option}.{choice.request_class}.cost" if billed else ""
    return EditCell(text, key=key, month=1, right=True, tip=tip)


def _number(text: str | None) -> EditCell:
    if text is None:
        return EditCell("–", tone="quiet", right=True, tip=_t("not known"))
    return EditCell(text, right=True)


def _seconds(value: float | None) -> str | None:
    return None if value is None else _t("{n} s").format(n=significant(value, 2))


def _why(choice: Choice, name: str) -> EditCell:
    if not choice.reasons:
        return EditCell(_t("✓ yes"), tone="good")
    tone: Tone = "caution" if choice.allowed else "broken"
    first = _t("✓ yes, but check:") if choice.allowed else _t("✗ no:")
    told = " ".join(without_name(reason_text(reason), name) for reason in choice.reasons)
    tip = _t("A click leads to the field that would change it")
    return EditCell(first, second=told, tone=tone, second_tone=tone, tip=tip)


def plain_sentence(plain: CheapestSingle | None, evaluation: Evaluation) -> str:
    """The plain choice that must stand beside any routing claim."""
    if plain is None:
        return _t("No single option may and can serve all of the work.")
    names = {option.id: option.name for option in evaluation.plan.options}
    currency = evaluation.plan.currency
    choice = names[plain.choice.option]
    amount = money(plain.choice.npv, currency)
    if plain.choice.quality is None:
        template = _t("The cheapest single option for all of the work is {name}: NPV {amount}.")
        return template.format(name=choice, amount=amount)
    score = score_text(plain.choice.quality)
    if plain.choice.option == plain.best.option:
        template = _t("{name} alone scores best ({score}) at the least cost: NPV {amount}.")
        return template.format(name=choice, score=score, amount=amount)
    template = _t(
        "Within one point of the best score ({best}, {best_score}), {name} alone is cheapest: it "
        "scores {score}, NPV {amount}, {saved} less."
    )
    return template.format(
        best=names[plain.best.option],
        best_score=score_text(plain.best.quality or 0.0),
        name=choice,
        score=score,
        amount=amount,
        saved=percent(plain.saving),
    )
