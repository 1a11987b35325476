"""What runs on one server of an option: the model's and the accelerator's data sheets."""

from dataclasses import dataclass
from typing import TypeVar

from pricing.bill.errors import BillError
from pricing.catalogue import Catalogue, CatalogueError, Rental
from pricing.catalogue import Hardware as Offer
from pricing.plan.option import Appliance, OwnedServers, RentedGpus, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Serving
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.layouts import Hardware

SheetT = TypeVar("SheetT", AcceleratorSheet, ModelSheet)


@dataclass(frozen=True, slots=True)
class Setup:
    """A model on the hardware of one server."""

    serving: Serving
    model: ModelSheet
    hardware: Hardware


def setup_of(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Setup:
    """Gather the data sheets; the plan's own go before the catalogue's.

    The accelerator that the plan leaves open is that of the server, instance or appliance which
    the option names in the catalogue.

    Args:
        option: An option with `serving`.
        plan: Its plan.
        catalogue: Where to look up what the plan does not hold.

    Raises:
        BillError: for a model, an accelerator or their number that nobody states.
    """
    serving = option.serving
    assert serving is not None
    path = f"options.{option.id}.serving"
    try:
        model = _own(plan.models, serving.model) or catalogue.open_model(serving.model)
    except CatalogueError as error:
        raise BillError(f"{path}.model", f"{option.name}: {error}") from None
    entry = _entry(option, catalogue)
    identifier = serving.accelerator or entry.accelerator
    if not identifier:
        what = f"{entry.id!r} has none that is known" if entry.id else "it names no server that has"
        raise BillError(
            f"{path}.accelerator",
            f"{option.name}: name the accelerator of one server; {what}.",
        )
    try:
        sheet = _own(plan.accelerators, identifier) or catalogue.accelerator(identifier)
    except CatalogueError as error:
        raise BillError(f"{path}.accelerator", f"{option.name}: {error}") from None
    stated = option.gpus_per_server if isinstance(option, OwnedServers) else None
    count = serving.accelerators or stated or entry.count
    if count is None:
        raise BillError(
            f"{path}.accelerators",
            f"{option.name}: enter how many {sheet.name} one server has.",
        )
    return Setup(serving, model, Hardware(sheet, count))


def _own(sheets: tuple[SheetT, ...], identifier: str) -> SheetT | None:
    return next((sheet for sheet in sheets if sheet.id == identifier), None)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the catalogue says of a machine's accelerators."""

    id: str = ""
    accelerator: str | None = None
    count: int | None = None


def _entry(option: SelfHosted, catalogue: Catalogue) -> _Entry:
    field, identifier = _named(option)
    if not identifier:
        return _Entry()
    try:
        found: Rental | Offer
        if isinstance(option, RentedGpus):
            found = catalogue.rental(identifier)
        elif isinstance(option, OwnedServers):
            found = catalogue.server(identifier)
        else:
            found = catalogue.appliance(identifier)
    except CatalogueError as error:
        raise BillError(f"options.{option.id}.{field}", f"{option.name}: {error}") from None
    return _Entry(identifier, found.accelerator_id, found.accelerator_count)


def _named(option: SelfHosted) -> tuple[str, str]:
    """The field that names a catalogue entry, and the id in it."""
    if isinstance(option, RentedGpus):
        return "instance", option.instance
    if isinstance(option, OwnedServers):
        return "server", option.server
    assert isinstance(option, Appliance)
    return "appliance", option.appliance
