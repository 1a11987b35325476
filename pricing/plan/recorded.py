"""The catalogue a plan names."""

from typing import Annotated

from pydantic import Field

from pricing.plan.figure import Day
from pricing.plan.model import Frozen

HASH_PATTERN = r"^[0-9a-f]{64}$"


class CatalogueReference(Frozen):
    """Names one catalogue for good."""

    id: Annotated[str, Field(pattern=HASH_PATTERN)]
    """SHA-256 of its manifest."""
    date: Day
    """The day its sources were read."""
