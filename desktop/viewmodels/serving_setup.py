"""What an option that predicts its work refers to: model, accelerator and server, looked up."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pricing.catalogue import Catalogue
from pricing.catalogue.errors import CatalogueError
from pricing.plan.option import Appliance, OptionBase, OwnedServers, RentedGpus, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Serving
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.plan.workload import RequestClass
from pricing.serving.errors import ServingError
from pricing.serving.work import Hardware, ServerWork, server_work


@dataclass(frozen=True, slots=True)
class Setup:
    """What one server runs on, and what it serves."""

    option: SelfHosted
    serving: Serving
    model: ModelSheet
    hardware: Hardware
    classes: tuple[RequestClass, ...]

    def work(self, plan: Plan) -> ServerWork:
        """Predict it; raises ServingError."""
        return server_work(self.serving, self.hardware, self.model, self.classes, plan.measurements)


def _t(text: str) -> str:
    return QCoreApplication.translate("Serving", text)


def predicted(plan: Plan) -> tuple[SelfHosted, ...]:
    """The options whose work is predicted."""
    return tuple(o for o in plan.options if isinstance(o, SelfHosted) and o.serving is not None)


def classes_of(option: OptionBase, plan: Plan) -> tuple[RequestClass, ...]:
    """The request classes an option serves."""
    return tuple(c for c in plan.workload if not option.serves or c.id in option.serves)


def setup_of(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Setup:
    """What an option with predicted work refers to.

    Raises:
        ServingError: its model, accelerator or their number is not stated and not known.
    """
    serving = option.serving
    assert serving is not None
    return Setup(
        option,
        serving,
        model_of(serving.model, plan, catalogue),
        hardware_of(option, plan, catalogue),
        classes_of(option, plan),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a prediction: the work, or why there is none."""

    setup: Setup | None = None
    work: ServerWork | None = None
    problem: ServingError | None = None


def outcome_of(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Outcome:
    """Predict the work of an option; what keeps it from being predicted is an answer too."""
    try:
        setup = setup_of(option, plan, catalogue)
        return Outcome(setup, setup.work(plan))
    except ServingError as problem:
        return Outcome(problem=problem)


def model_of(identifier: str, plan: Plan, catalogue: Catalogue) -> ModelSheet:
    """The sheet of a model: the plan's own before the catalogue's; raises ServingError."""
    if not identifier:
        raise ServingError("model", _t("Choose the model that the servers run."))
    own = next((sheet for sheet in plan.models if sheet.id == identifier), None)
    if own is not None:
        return own
    try:
        return catalogue.open_model(identifier)
    except CatalogueError as error:
        raise ServingError("model", str(error)) from None


def hardware_of(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Hardware:
    """The accelerators of one server; raises ServingError."""
    serving = option.serving
    assert serving is not None
    known, count = _of_server(option, catalogue)
    identifier = serving.accelerator or known
    if not identifier:
        raise ServingError(
            "accelerator", _t("Choose the accelerator; the server's entry does not name one.")
        )
    number = serving.accelerators or _stated_count(option) or count
    if number is None:
        raise ServingError(
            "accelerators",
            _t("Enter how many accelerators one server has; its entry does not say."),
        )
    return Hardware(accelerator_of(identifier, plan, catalogue), number)


def accelerator_of(identifier: str, plan: Plan, catalogue: Catalogue) -> AcceleratorSheet:
    """The sheet of an accelerator: the plan's own before the catalogue's; raises ServingError."""
    own = next((sheet for sheet in plan.accelerators if sheet.id == identifier), None)
    if own is not None:
        return own
    try:
        return catalogue.accelerator(identifier)
    except CatalogueError as error:
        raise ServingError("accelerator", str(error)) from None


def server_accelerator(option: SelfHosted, catalogue: Catalogue) -> tuple[str, int | None]:
    """Accelerator id (empty: not known) and count that the server's catalogue entry states."""
    known, count = _of_server(option, catalogue)
    return known, _stated_count(option) or count


def _of_server(option: SelfHosted, catalogue: Catalogue) -> tuple[str, int | None]:
    try:
        if isinstance(option, RentedGpus) and option.instance:
            rental = catalogue.rental(option.instance)
            return rental.accelerator_id or "", rental.accelerator_count
        if isinstance(option, OwnedServers) and option.server:
            server = catalogue.server(option.server)
            return server.accelerator_id or "", server.accelerator_count
        if isinstance(option, Appliance) and option.appliance:
            box = catalogue.appliance(option.appliance)
            return box.accelerator_id or "", box.accelerator_count
    except CatalogueError:
        return "", None
    return "", None


def _stated_count(option: SelfHosted) -> int | None:
    return option.gpus_per_server if isinstance(option, OwnedServers) else None
