"""Quality scores of models, from the buyer's own test."""

from typing import Annotated

from pydantic import Field

from pricing.plan.figure import Share
from pricing.plan.model import Frozen, Identifier, Reference

EXACT = 1e-9
"""Scores are entered with few digits; a smaller gap is one of arithmetic."""


class ModelQuality(Frozen):
    """What one model scores on the buyer's own test."""

    model: Annotated[Reference, Field(min_length=1)]
    """Id of the model (an open one, in the plan or the catalogue, or provider/model), or what an
    option with stated capacity says it serves."""
    request_class: Identifier | None = None
    """Id of the request class it was tested for; none means all without a score of theirs."""
    score: Share
    """Quality score, 0 to 1; of an open model in the precision it was published in."""
