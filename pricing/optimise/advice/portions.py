"""A decision in a few portions: who answers how much of all requests, and most of which classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from pricing.optimise.advice.picture import SOME, Picture
from pricing.optimise.advice.work import Way
from pricing.optimise.statement import Fact, Statement, state

MOST_PORTIONS = 4
"""Portions that are told; where there are more, the last one is what the others do together."""
MOSTLY, ALL = 0.5, 0.95
"""Shares of a class from which a portion does most of it, and all of it."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What is answered in one way, of all classes together."""

    who: Statement
    """Who answers, as a phrase."""
    options: tuple[str, ...]
    """Ids of the options that work on it; none for a result cache, nobody, and several ways."""
    whole: tuple[str, ...]
    """Names of the classes that it answers."""
    most: tuple[str, ...]
    """Names of those of which it answers most."""
    some: tuple[str, ...]
    """Names of those of which it answers less, but worth a word."""
    share: float
    """Of all requests of the plan, those that a result cache answers included."""


def portions_of(picture: Picture) -> tuple[Portion, ...]:
    """The largest portions of a decision, then the others together."""
    everything = sum(way.requests for way in picture.ways)
    alike: list[list[Way]] = []
    for way in picture.ways:
        same = next((ways for ways in alike if ways[0].who == way.who), None)
        if same is None:
            alike.append([way])
        else:
            same.append(way)
    found = [_portion(picture, ways, everything) for ways in alike]
    found = sorted((one for one in found if one.share >= SOME), key=lambda one: -one.share)
    if len(found) <= MOST_PORTIONS:
        return tuple(found)
    told, rest = found[: MOST_PORTIONS - 1], found[MOST_PORTIONS - 1 :]
    who = state("who.others", ways=float(len(rest)))
    return (*told, Portion(who, (), (), (), (), sum(one.share for one in rest)))


def _portion(picture: Picture, ways: Sequence[Way], everything: float) -> Portion:
    names = picture.classes
    return Portion(
        who=ways[0].who,
        options=ways[0].options,
        whole=tuple(names[way.request_class].name for way in ways if way.share >= ALL),
        most=tuple(names[way.request_class].name for way in ways if MOSTLY <= way.share < ALL),
        some=tuple(names[way.request_class].name for way in ways if SOME <= way.share < MOSTLY),
        share=sum(way.requests for way in ways) / everything,
    )


def portion_statement(one: Portion) -> Statement:
    """A portion as a phrase: who answers which classes, and the share of all requests."""
    facts: dict[str, Fact] = {"who": one.who, "share": one.share}
    classes = classes_statement(one)
    if classes is None:
        return state("portion.some", **facts)
    return state("portion.classes", classes=classes, **facts)


def classes_statement(one: Portion) -> Statement | None:
    """Which classes a portion answers, as a phrase; none where there is none to name."""
    if one.whole or one.most:
        code = ("both" if one.whole else "most") if one.most else "whole"
        return state(f"classes.{code}", whole=one.whole, most=one.most)
    if len(one.some) == 1:
        return state("classes.part", some=one.some)
    return state("classes.parts", classes=float(len(one.some))) if one.some else None
