"""The pieces of work behind the serving page; what they need is imported where they run."""

from typing import TYPE_CHECKING

from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from desktop.viewmodels.serving_ranked import RankingView
    from desktop.viewmodels.serving_shown import ServingView


def predict(plan: Plan, option_id: str, class_id: str, colour: str) -> "ServingView":
    """What one server of an option does for a class, in words, figures and charts."""
    from desktop.viewmodels.serving_view import serving_view
    from pricing.catalogue import catalogue_for

    return serving_view(plan, option_id, class_id, colour, catalogue_for(plan))


def rank(plan: Plan, option_id: str, any_precision: bool) -> "RankingView":
    """All servers on offer for an option's model and load, cheapest first."""
    from desktop.viewmodels.serving_ranking import ranking_view
    from pricing.catalogue import catalogue_for

    return ranking_view(plan, option_id, catalogue_for(plan), any_precision=any_precision)


def size(plan: Plan, option_id: str) -> "RankingView":
    """All models that may serve an option's load, each on its cheapest server."""
    from desktop.viewmodels.serving_sizing import sizing_view
    from pricing.catalogue import catalogue_for

    return sizing_view(plan, option_id, catalogue_for(plan))
