"""What every part of a plan has in common: frozen, checked, described by its docstrings."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from pricing.plan.sentences import SENTENCES

TEXT_PATTERN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""No control characters (they cannot stand in a workbook); tabs and line breaks may."""
NAME_PATTERN = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
"""One line with something to see on it."""
IDENTIFIER_PATTERN = r"^[a-z0-9][a-z0-9._-]*$"

Text = Annotated[str, Field(pattern=TEXT_PATTERN)]
"""Free text, line breaks allowed."""
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=NAME_PATTERN)]
"""A name as people write it, on one line."""
Identifier = Annotated[str, Field(min_length=1, max_length=60, pattern=IDENTIFIER_PATTERN)]
"""Lower-case letters, digits, dot, dash and underscore; stays the same when a name changes."""
Reference = Annotated[Text, Field(max_length=160)]
"""Id of a catalogue entry; empty where the plan states every figure itself."""


class Frozen(BaseModel):
    """A value that cannot be changed in place, refuses keys it does not know and guesses nothing.

    Strict: neither "36" nor true is taken for a number. Only lists may stand for tuples.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        str_max_length=4000,
        val_json_bytes="utf8",
    )


def refusal(code: str, *at: str | int, **facts: object) -> PydanticCustomError:
    """A rule of our own that does not hold: the code of its sentence and the facts it names.

    `at` leads from the model that checks the rule to the field that breaks it; `value` among the
    facts is what stands there.
    """
    return PydanticCustomError(code, SENTENCES[code], {**facts, "at": at})
