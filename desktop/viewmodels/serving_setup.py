"""Options whose work is predicted: what is predicted of them, or why nothing can be."""

from dataclasses import dataclass

from pricing.bill.errors import BillError
from pricing.bill.prediction import Prediction, predict_work
from pricing.catalogue import Catalogue
from pricing.catalogue.errors import CatalogueError
from pricing.plan.option import Appliance, OwnedServers, RentedGpus, SelfHosted
from pricing.plan.option_base import OptionBase
from pricing.plan.plan import Plan
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.plan.workload import RequestClass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a prediction."""

    prediction: Prediction | None = None
    problem: str = ""
    """Why there is none, as a sentence."""
    path: str = ""
    """The field of the plan that keeps it from being predicted."""


def outcome_of(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Outcome:
    """Predict the work of an option; what keeps it from being predicted is an answer too."""
    try:
        return Outcome(predict_work(option, plan, catalogue))
    except BillError as error:
        return Outcome(problem=str(error), path=error.path)


def predicted(plan: Plan) -> tuple[SelfHosted, ...]:
    """The options whose work is predicted."""
    return tuple(o for o in plan.options if isinstance(o, SelfHosted) and o.serving is not None)


def classes_of(option: OptionBase, plan: Plan) -> tuple[RequestClass, ...]:
    """The request classes an option serves."""
    return tuple(c for c in plan.workload if not option.serves or c.id in option.serves)


def model_of(identifier: str, plan: Plan, catalogue: Catalogue) -> ModelSheet | None:
    """The sheet of a model, the plan's own before the catalogue's; none where there is none."""
    own = next((sheet for sheet in plan.models if sheet.id == identifier), None)
    if own is not None:
        return own
    try:
        return catalogue.open_model(identifier)
    except CatalogueError:
        return None


def accelerator_of(identifier: str, plan: Plan, catalogue: Catalogue) -> AcceleratorSheet | None:
    """The sheet of an accelerator, the plan's own before the catalogue's."""
    own = next((sheet for sheet in plan.accelerators if sheet.id == identifier), None)
    if own is not None:
        return own
    try:
        return catalogue.accelerator(identifier)
    except CatalogueError:
        return None


def server_accelerator(option: SelfHosted, catalogue: Catalogue) -> tuple[str, int | None]:
    """Accelerator id (empty: not known) and count of one server, before `serving` says other."""
    stated = option.gpus_per_server if isinstance(option, OwnedServers) else None
    try:
        if isinstance(option, RentedGpus) and option.instance:
            rental = catalogue.rental(option.instance)
            return rental.accelerator_id or "", rental.accelerator_count
        if isinstance(option, OwnedServers) and option.server:
            server = catalogue.server(option.server)
            return server.accelerator_id or "", stated or server.accelerator_count
        if isinstance(option, Appliance) and option.appliance:
            box = catalogue.appliance(option.appliance)
            return box.accelerator_id or "", box.accelerator_count
    except CatalogueError:
        pass
    return "", stated
