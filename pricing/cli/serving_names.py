"""What a person writes for a model, an accelerator or a precision, and what it means."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

from pricing.cli.failure import Failure
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.serving.measured.names import Names

ReadT = TypeVar("ReadT")


def read_option(option: str, reader: Callable[[str], ReadT], text: str) -> ReadT:
    """What an option says.

    Raises:
        Failure: it cannot be read.
    """
    from pricing.serving.measured.cells import WrongValueError

    try:
        return reader(text)
    except WrongValueError as error:
        raise Failure(f"{option}: {error}") from None


def meant(text: str, names: "Names", kind: Literal["model", "accelerator"]) -> str:
    """The id a name means.

    Raises:
        Failure: none, or several; it names the closest.
    """
    found = names.model(text) if kind == "model" else names.accelerator(text)
    if found is not None:
        return found
    near = names.close_models(text) if kind == "model" else names.close_accelerators(text)
    raise Failure(
        _("{text!r} is no {kind} of the catalogue; the closest are {near}.").format(
            text=text, kind=kind, near=", ".join(near)
        )
    )
