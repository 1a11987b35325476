"""Routes, recipes and steps over months in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import number, percent
from pricing.plan.hybrid import Hybrid, Route, ServersFrom, ShareFrom
from pricing.plan.option import PureOption
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router


def _t(text: str) -> str:
    return QCoreApplication.translate("Routing", text)


def hybrids(plan: Plan) -> tuple[Hybrid, ...]:
    """The hybrids of a plan."""
    return tuple(option for option in plan.options if isinstance(option, Hybrid))


def answering(plan: Plan) -> tuple[PureOption, ...]:
    """The options that can answer requests themselves."""
    return tuple(option for option in plan.options if not isinstance(option, Hybrid))


def recipe_kind(kind: str) -> str:
    """What a kind of recipe does."""
    return {
        "direct": _t("one option answers"),
        "cascade": _t("small model first, large one when in doubt"),
        "router": _t("a router tells easy requests from hard ones"),
        "layered": _t("a base answer, some of them enhanced"),
    }[kind]


def recipe_name(recipe: Recipe) -> str:
    """A recipe in one or two words, as a place on the way of a request."""
    return {
        "direct": _t("direct"),
        "cascade": _t("Cascade"),
        "router": _t("Router"),
        "layered": _t("Enhancement"),
    }[recipe.kind]


def recipe_words(recipe: Recipe, names: dict[str, str]) -> str:
    """Who answers, as a phrase with names of options."""
    if isinstance(recipe, Direct):
        return names[recipe.option]
    if isinstance(recipe, Cascade):
        template = _t("{small} first, {large} when the verifier doubts")
        return template.format(small=names[recipe.small], large=names[recipe.large])
    if isinstance(recipe, Router):
        template = _t("a router: {share} to {strong}, the rest to {weak}")
        return template.format(
            share=percent(recipe.strong_share.value),
            strong=names[recipe.strong],
            weak=names[recipe.weak],
        )
    assert isinstance(recipe, Layered)
    template = _t("{base}; {share} of the answers enhanced by {enhancement}")
    return template.format(
        base=names[recipe.base],
        share=percent(recipe.enhanced_share.value),
        enhancement=names[recipe.enhancement],
    )


def route_words(route: Route, names: dict[str, str]) -> str:
    """How a route answers: "Own servers, then Closed API when servers are full or down"."""
    parts = [recipe_words(route.recipe, names)]
    if route.overflow is not None:
        template = _t("then {name} when servers are full or down")
        parts.append(template.format(name=names[route.overflow]))
    if route.failover is not None and route.failover != route.overflow:
        template = (
            _t("{name} during outages")
            if route.overflow is None
            else _t("{name} while that is down too")
        )
        parts.append(template.format(name=names[route.failover]))
    return ", ".join(parts)


def names_of(plan: Plan) -> dict[str, str]:
    """Names of the options by id."""
    return {option.id: option.name for option in plan.options}


def steps_words(steps: Sequence[ShareFrom | ServersFrom]) -> str:
    """Numbers over the months: "3 servers, 6 servers from month 13"."""
    parts = []
    for place, step in enumerate(steps):
        shown = percent(step.share) if isinstance(step, ShareFrom) else _servers(step.servers)
        if place == 0 and step.from_month == 1:
            parts.append(shown)
        else:
            parts.append(_t("{value} from month {n}").format(n=step.from_month, value=shown))
    return ", ".join(parts)


def _servers(count: int) -> str:
    if count == 0:
        return _t("none")
    return _t("1 server") if count == 1 else _t("{n} servers").format(n=number(count, 0))


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def class_name(plan: Plan, identifier: str) -> str:
    """Name of a request class."""
    return next(item.name for item in plan.workload if item.id == identifier)
