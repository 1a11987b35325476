"""Whom an option is bought from, for the rules about vendors."""

from pricing.catalogue import Catalogue, CatalogueError
from pricing.plan.option import Appliance, Option, OwnedServers, RentedGpus, SelfHosted, TokenPriced


def vendor_of(option: Option, catalogue: Catalogue) -> str:
    """The vendor that the plan states, else the provider or the accelerator's maker.

    An option of which nobody is known counts as a vendor of its own, under its name.
    """
    return known_vendor(option, catalogue) or option.name


def known_vendor(option: Option, catalogue: Catalogue) -> str:
    """The vendor that the plan states or the catalogue knows; empty where there is none."""
    if option.vendor.strip():
        return option.vendor.strip()
    found = ""
    if isinstance(option, TokenPriced) and option.model:
        found = _provider(option.model, catalogue)
    elif isinstance(option, RentedGpus) and option.instance:
        found = _rented_from(option.instance, catalogue)
    elif isinstance(option, OwnedServers | Appliance):
        found = _maker(option, catalogue)
    return found


def _provider(model: str, catalogue: Catalogue) -> str:
    try:
        return catalogue.token_model(model).provider
    except CatalogueError:
        return model.partition("/")[0] if "/" in model else ""


def _rented_from(instance: str, catalogue: Catalogue) -> str:
    try:
        return catalogue.rental(instance).provider
    except CatalogueError:
        return ""


def _maker(option: SelfHosted, catalogue: Catalogue) -> str:
    """The accelerator's maker: two kinds of hardware are what supply rules are about (B4)."""
    identifier = option.serving.accelerator if option.serving is not None else ""
    try:
        if not identifier and isinstance(option, OwnedServers) and option.server:
            identifier = catalogue.server(option.server).accelerator_id or ""
        if not identifier and isinstance(option, Appliance) and option.appliance:
            identifier = catalogue.appliance(option.appliance).accelerator_id or ""
        return catalogue.accelerator(identifier).vendor if identifier else ""
    except CatalogueError:
        return ""
