"""Data sheets the catalogue ships: accelerators, and open-weights models with their shapes."""

from pricing.plan.sheets import AcceleratorSheet, ModelSheet


class Accelerator(AcceleratorSheet):
    """Data sheet of one accelerator as its sources state it."""

    region: str
    """Where the figures hold."""


class OpenModel(ModelSheet):
    """An open-weights model as its sources describe it."""

    region: str
    """Where the figures hold."""
    licence_source: str
    """Who states release date and licence."""
