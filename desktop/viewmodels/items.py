"""Second lines of the lists: what a request class and an option amount to at a glance."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.words import compact, kind_name
from pricing.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list."""

    id: str
    title: str
    subtitle: str
    colour: str = ""


def _t(text: str) -> str:
    return QCoreApplication.translate("Items", text)


def class_items(plan: Plan) -> tuple[Item, ...]:
    """The request classes of a plan."""
    per = {"day": _t("{n} a day, {i} → {o} tokens"), "month": _t("{n} a month, {i} → {o} tokens")}
    return tuple(
        Item(
            item.id,
            item.name,
            per[item.per].format(
                n=compact(item.requests.value),
                i=compact(item.input_tokens.value),
                o=compact(item.output_tokens.value),
            ),
        )
        for item in plan.workload
    )


def option_items(plan: Plan, colours: OptionColours) -> tuple[Item, ...]:
    """The options of a plan; the baseline says so."""
    colours.learn(option.id for option in plan.options)
    baseline = plan.baseline or plan.options[0].id
    return tuple(
        Item(
            option.id,
            option.name,
            _t("{kind} · the baseline").format(kind=kind_name(option.kind))
            if option.id == baseline
            else kind_name(option.kind),
            colours.of(option.id),
        )
        for option in plan.options
    )
