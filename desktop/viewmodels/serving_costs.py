"""What the costs of a ranking rest on: the plan's own figures where it has them."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import full, significant
from pricing.catalogue import Catalogue
from pricing.plan.option import Appliance, Committed, OwnedServers, RentedGpus, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Precision
from pricing.serving.search.assess import Load
from pricing.serving.search.candidates import Software
from pricing.serving.search.costs import Basis, basis_of
from pricing.serving.search.offers import Terms


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def software_of(option: SelfHosted, precisions: tuple[Precision, ...] | None = None) -> Software:
    """What runs on the servers of an option with predicted work.

    Args:
        option: The option.
        precisions: Those of the weights that are looked at; none means all.
    """
    serving = option.serving
    assert serving is not None
    return Software(
        serving.framework,
        serving.kv_precision,
        precisions,
        serving.efficiency.value,
        serving.memory_overhead.value,
    )


def terms_of(option: SelfHosted) -> Terms:
    """How an option rents, or would."""
    if isinstance(option, RentedGpus) and isinstance(option.terms, Committed):
        return "reserved_1y" if option.terms.years == 1 else "reserved_3y"
    return "on_demand"


def costs_of(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Basis:
    """The plan's own figures where it has them."""
    bought = option if isinstance(option, OwnedServers | Appliance) else None
    return basis_of(
        catalogue,
        currency=plan.currency,
        fx=plan.fx,
        electricity=(bought.electricity if bought else None) or plan.electricity,
        pue=bought.pue if bought else None,
        life_months=bought.useful_life_months if bought else None,
    )


def basis_words(loads: tuple[Load, ...], basis: Basis, terms: Terms) -> str:
    """Load, terms and assumptions behind the costs."""
    peak = max(map(sum, zip(*(load.rates for load in loads), strict=True)))
    figures = ", ".join(
        f"{_t(item.what)} {full(float(f'{item.value:.4g}'))} {_t(item.unit)}".replace(" ratio", "")
        for item in basis.assumed
    )
    return _t(
        "For the busiest month of the plan, {peak} requests a second at its peak. Rentals {terms}. "
        "Rent, energy, and purchase spread over its life; other costs come with the bill. "
        "Assumed: {figures}."
    ).format(
        peak=significant(peak),
        terms={
            "on_demand": _t("on demand"),
            "reserved_1y": _t("reserved for 1 year"),
            "reserved_3y": _t("reserved for 3 years"),
        }.get(terms, terms),
        figures=figures,
    )
