"""What a case states: its source, its plans, and the published figures to be met."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from pricing.cases.reading import Answer, Reading, TableRow
from pricing.plan.model import Frozen, Name
from pricing.plan.plan import Plan

Sentences = Annotated[tuple[str, ...], Field(strict=False)]


class Source(Frozen):
    """Who published the figures."""

    title: str
    url: str = ""
    date: str
    """When it was published or last looked at, as far as that is known."""
    licence: str
    """On what terms the figures are used here."""


class Column(Frozen):
    """A value taken from the row of a table."""

    column: str
    times: float = 1
    """Factor between the table's unit and the plan's or the reading's."""


class Tolerance(Frozen):
    """How far our figure may lie from a published one, and why so far."""

    within: float | None = None
    """In the figure's unit."""
    share: float | None = None
    """As a share of the published figure."""
    because: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.within is None) == (self.share is None):
            raise ValueError("a tolerance is stated either within a unit or as a share")
        return self

    def width(self, published: float) -> float:
        """The tolerance in the figure's unit."""
        return self.within if self.within is not None else (self.share or 0) * abs(published)


class Explanation(Frozen):
    """Why the published figure is not what its own premises give, and what they give instead."""

    value: Answer | Column
    """What ours must be if the explanation holds; an empty column means there is none."""
    within: Annotated[float, Field(ge=0)]
    """How exactly it must hold, in the figure's unit."""
    because: Annotated[str, Field(min_length=1)]


class FigureCheck(Frozen):
    """One published figure against one of ours."""

    what: str
    """Label; names of table columns may stand in braces."""
    unit: str
    published: Answer | Column
    """As printed; an empty column means that the table prints nothing for this row."""
    ours: Reading
    times: float = 1
    """Factor from the unit of our reading to the unit of the published figure."""
    tolerance: Tolerance
    explained: Explanation | None = None
    note: str = ""


class Scenario(Frozen):
    """A plan, with some of its fields set from a table, and what it must answer."""

    name: str
    """Columns of the table may stand in braces."""
    plan: str = "plan.reckon"
    """File of the plan beside the case."""
    each: str = ""
    """File of the table whose rows are run one by one; empty means the plan as it is."""
    set: dict[str, Column | bool | int | float | str | dict[str, Any]] = Field(default={})
    """Fields of the plan by dotted path and what they get."""
    optimise: bool = False
    """Whether the optimiser decides on the plan first; figures are then those of its decision."""
    figures: Annotated[tuple[FigureCheck, ...], Field(strict=False, min_length=1)]


class CaseFile(Frozen):
    """The content of `case.json`."""

    id: Name
    title: str
    source: Source
    premises: Sentences = ()
    """How the published model is written as a plan."""
    slips: Sentences = ()
    """What the source itself gets wrong or contradicts."""
    left_out: Sentences = ()
    """Published figures that are not run, each with the reason."""
    scenarios: Annotated[tuple[Scenario, ...], Field(strict=False, min_length=1)]


class Case(Frozen):
    """A case with its plans and tables read."""

    file: CaseFile
    plans: Mapping[str, Plan]
    """Plans by file name."""
    tables: Mapping[str, Annotated[tuple[TableRow, ...], Field(strict=False)]]
    """Published rows by file name."""

    @property
    def id(self) -> str:
        """What `reckoner cases ID` asks for."""
        return self.file.id

    @property
    def title(self) -> str:
        """What the case is about, in one line."""
        return self.file.title
