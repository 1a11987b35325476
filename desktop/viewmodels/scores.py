"""Quality scores of models as cells of a table, and the models that may be scored."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.measurements import PointCell
from desktop.viewmodels.words import score_text
from pricing.catalogue import Catalogue
from pricing.catalogue.errors import CatalogueError
from pricing.plan.option import SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.quality import ModelQuality


def _t(text: str) -> str:
    return QCoreApplication.translate("Scores", text)


def names_of_models(plan: Plan, catalogue: Catalogue) -> dict[str, str]:
    """Models whose score matters, by id: those of the plan's options first, then all open ones.

    Args:
        plan: The plan.
        catalogue: Where models stand.
    """
    names = {line.id: line.name for line in catalogue.open_models()}
    names |= {sheet.id: sheet.name for sheet in plan.models}
    ours: dict[str, str] = {}
    for option in plan.options:
        if isinstance(option, TokenPriced) and option.model:
            ours[option.model] = _token_name(option.model, catalogue)
        elif isinstance(option, SelfHosted) and option.serving is not None:
            model = option.serving.model
            if model in names:
                ours[model] = names[model]
        elif isinstance(option, SelfHosted) and option.serves_model.strip():
            ours[option.serves_model] = names.get(option.serves_model, option.serves_model)
    for quality in plan.qualities:
        if quality.model not in names and quality.model not in ours:
            ours[quality.model] = _token_name(quality.model, catalogue)
    rest = sorted((name.lower(), identifier) for identifier, name in names.items())
    return ours | {
        identifier: names[identifier] for _, identifier in rest if identifier not in ours
    }


def _token_name(identifier: str, catalogue: Catalogue) -> str:
    try:
        entry = catalogue.token_model(identifier)
    except CatalogueError:
        return identifier
    return f"{entry.name} ({entry.provider})"


def score_headings() -> tuple[str, ...]:
    """Headings of the table of scores."""
    return _t("Model"), _t("For"), _t("Score"), _t("Measured"), _t("Source")


def score_cells(plan: Plan, names: dict[str, str]) -> tuple[tuple[PointCell, ...], ...]:
    """A row for each score of a plan."""
    classes = {one.id: one.name for one in plan.workload}
    return tuple(
        (
            PointCell(names.get(quality.model, quality.model), quality.model),
            PointCell(_for(quality, classes)),
            PointCell(score_text(quality.score.value), right=True),
            PointCell("" if quality.score.as_of is None else quality.score.as_of.isoformat()),
            PointCell(quality.score.source, quality.score.note),
        )
        for quality in plan.qualities
    )


def _for(quality: ModelQuality, classes: dict[str, str]) -> str:
    """The request class that a score is for."""
    if quality.request_class is None:
        return _t("all")
    return classes[quality.request_class]
