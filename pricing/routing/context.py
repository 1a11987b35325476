"""Whether the requests of a class fit into what a model reads at once."""

from math import log, sqrt
from statistics import NormalDist

from pricing.catalogue import Catalogue, CatalogueError
from pricing.plan.option import Option, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.sheets import ModelSheet
from pricing.plan.workload import RequestClass
from pricing.routing.quality import answering

NOTED_TAIL = 0.001
"""Share of requests beyond a model's context from which a reader must know."""


def sheet_of(plan: Plan, option: Option, catalogue: Catalogue) -> ModelSheet | None:
    """Data sheet of the open model that a self-hosted option says it runs; none if unknown."""
    if not isinstance(option, SelfHosted):
        return None
    name = option.serving.model if option.serving is not None else option.serves_model
    for sheet in plan.models:
        if sheet.id == name:
            return sheet
    try:
        return catalogue.open_model(name) if name else None
    except CatalogueError:
        return None


def window_of(plan: Plan, option: Option, catalogue: Catalogue) -> int | None:
    """Tokens that the model of an option takes at once; none if nobody knows."""
    if isinstance(option, TokenPriced):
        try:
            return catalogue.token_model(option.model).context_window if option.model else None
        except CatalogueError:
            return None
    sheet = sheet_of(plan, option, catalogue)
    return None if sheet is None else sheet.max_context


def window_path(plan: Plan, option: Option, catalogue: Catalogue) -> str:
    """The field of the plan that would make the context of an option known."""
    sheet = sheet_of(plan, option, catalogue)
    if sheet is not None and any(own.id == sheet.id for own in plan.models):
        return f"models.{sheet.id}.max_context"
    return answering(option).path


def mean_length(request_class: RequestClass, more_input: float = 0.0) -> float:
    """Mean tokens of a request, input and output."""
    return request_class.input_tokens.value + more_input + request_class.output_tokens.value


def share_beyond(request_class: RequestClass, window: int, more_input: float = 0.0) -> float:
    """Share of the requests that are longer than a window; 0 where no variation is stated.

    The input is taken as lognormal with the stated mean and coefficient of variation v: its
    logarithm has the spread s = sqrt(ln(1 + v^2)) around ln(mean / sqrt(1 + v^2)).
    """
    stated = request_class.input_variation
    if stated is None or stated.value == 0:
        return 0.0
    room = window - request_class.output_tokens.value - more_input
    if room <= 0:
        return 1.0
    spread = sqrt(log(1 + stated.value**2))
    median = request_class.input_tokens.value / sqrt(1 + stated.value**2)
    return 1 - NormalDist().cdf(log(room / median) / spread)
