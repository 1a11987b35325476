"""The manifest of a catalogue: what a file must say of itself before any of it is believed."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pricing.plan.figure import Day
from pricing.plan.recorded import HASH_PATTERN

FORMAT = "reckoner-catalogue"
"""First entry of every manifest."""
SCHEMA = 1
"""Number of the form of a catalogue that this version reads."""
NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$"
"""Names of files: no folders, nothing hidden."""

Hash = Annotated[str, Field(pattern=HASH_PATTERN)]
FileName = Annotated[str, Field(pattern=NAME_PATTERN)]


class Source(BaseModel):
    """Where facts come from."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: str
    what: str
    licence: str
    """What its licence asks of who passes them on."""


class Manifest(BaseModel):
    """What is read of a manifest; it may say more."""

    model_config = ConfigDict(frozen=True, strict=True)

    format: Literal["reckoner-catalogue"]
    schema_: Annotated[int, Field(alias="schema", ge=1)]
    data_date: Day
    """The day its sources were read."""
    sources: Annotated[tuple[Source, ...], Field(strict=False)]
    sha256: dict[FileName, Hash]
    """SHA-256 of every file beside the manifest."""
