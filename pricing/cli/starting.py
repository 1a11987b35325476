"""Plans to start from: the samples shipped with Reckoner, and templates of request classes."""

from pathlib import Path

from pricing import today as clock
from pricing.cli.failure import Failure
from pricing.cli.texts import _
from pricing.plan.plan import Plan

FIRST_API = "openai/gpt-5-mini"
"""Catalogue id of the model behind the first option of a plan that states none: a cheap closed API
of a large vendor, meant to be compared with others and replaced."""
FIRST_SAMPLE = "customer_service"
"""The sample that a new plan is a copy of, unless asked otherwise."""


def sample_files() -> dict[str, Path]:
    """The sample plans by name; none in a copy of Reckoner that was not installed whole."""
    from pricing.resources import resource

    try:
        folder = resource("samples")
    except FileNotFoundError:
        return {}
    return {path.stem: path for path in sorted(folder.glob("*.reckon"))}


def plan_from(name: str | None, requests: float | None, api: str) -> Plan:
    """A copy of a sample, or a plan of one template.

    Args:
        name: Of a sample or a template; none means the first sample.
        requests: Requests per day; a template needs them, a sample has its own.
        api: Catalogue id of the model of a template's plan.

    Raises:
        Failure: for an unknown name, or a template without requests.
        CatalogueError: for an unknown model.
    """
    from pricing.catalogue.installed import naming_its_catalogue
    from pricing.plan.file import load_plan
    from pricing.workload import templates

    samples = sample_files()
    known = [item.id for item in templates()]
    if name in samples or (name is None and samples):
        chosen = name or (FIRST_SAMPLE if FIRST_SAMPLE in samples else next(iter(samples)))
        if requests is not None:
            raise Failure(
                _("The sample {name} has request classes of its own; --requests is for templates.")
                .format(name=chosen)
            )  # fmt: skip
        return naming_its_catalogue(load_plan(samples[chosen]))
    if name in known:
        return _of_template(name, requests, api)
    text = _("There is no sample or template {name!r}; samples: {samples}; templates: {templates}.")
    if name is None:
        text = _("This copy of Reckoner has no samples; start --from a template: {templates}.")
    raise Failure(text.format(name=name, samples=", ".join(samples), templates=", ".join(known)))


def next_month() -> str:
    """The month after this one."""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month, 12)
    return f"{year}-{month + 1:02d}"


def _of_template(name: str, requests: float | None, api: str) -> Plan:
    from pricing.catalogue import present_catalogue
    from pricing.plan.option import ClosedApi, HostedOpen
    from pricing.workload import request_class_from_template, templates

    if requests is None:
        raise Failure(
            _(
                "The template {name} says how long requests are, not how many there are: add "
                "--requests with their number per day."
            ).format(name=name)
        )
    title = next(item.name for item in templates() if item.id == name)
    catalogue = present_catalogue()
    model = catalogue.token_model(api)
    kind = HostedOpen if model.open_weights else ClosedApi
    return Plan(
        name=title,
        start=next_month(),
        workload=(request_class_from_template(name, name, title, requests, "day"),),
        options=(kind(id="api", name=model.name, model=model.id),),
        catalogue=catalogue.reference,
    )
