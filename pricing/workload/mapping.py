"""Which column of a log means what."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from pricing.plan.model import Frozen

Meaning = Literal[
    "timestamp", "input_tokens", "output_tokens", "cached_tokens", "requests", "label"
]
"""What a column can mean to the importer."""

ColumnName = Annotated[str, Field(min_length=1, max_length=200)]
"""A header, or a dotted path into JSON ("usage.prompt_tokens"); `*` in its last part matches
several keys ("usage_details.*input*"), which are added up."""


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[ColumnName, ...], BeforeValidator(_as_tuple)]
"""One column or several that are added up; a missing part of a sum counts as 0."""


class ColumnMapping(Frozen):
    """The columns of a log by meaning; a plain string stands for a tuple of one."""

    timestamp: ColumnName
    """When the request was made, or when the interval of the row began."""
    input_tokens: Annotated[Columns, Field(min_length=1)]
    """All input tokens, cached ones included; name several columns where they are counted apart."""
    output_tokens: Columns = ()
    """Output tokens, reasoning included; none for embeddings, which have no output."""
    cached_tokens: Columns = ()
    """Input tokens that were read from the prefix cache."""
    requests: ColumnName | None = None
    """Number of requests in the row, for exports that are already added up by interval."""
    label: ColumnName | None = None
    """Column whose values become request classes (a model, a feature, a team)."""
    time_format: str = ""
    """Format of the timestamp in the notation of strptime; empty reads ISO 8601 and Unix time."""
    rows_without_usage: Literal["bad", "skipped"] = "bad"
    """What a row with no tokens at all is: a damaged request, or an idle interval (or another
    event)."""

    @model_validator(mode="after")
    def _no_column_is_counted_twice(self) -> "ColumnMapping":
        for field in ("input_tokens", "output_tokens", "cached_tokens"):
            names: tuple[str, ...] = getattr(self, field)
            if len(set(names)) < len(names):
                raise ValueError(f"{field} names the same column twice: {', '.join(names)}")
        return self

    def columns(self) -> tuple[str, ...]:
        """Every column the mapping reads, each once."""
        named = (
            self.timestamp,
            *self.input_tokens,
            *self.output_tokens,
            *self.cached_tokens,
            *((self.requests,) if self.requests else ()),
            *((self.label,) if self.label else ()),
        )
        return tuple(dict.fromkeys(named))
