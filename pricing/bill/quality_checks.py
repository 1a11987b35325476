"""Whether the models that answer are as good as the request classes ask for (E6, E7)."""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.catalogue import CatalogueError
from pricing.plan.option import Option, SelfHosted, TokenPriced
from pricing.plan.quality import EXACT
from pricing.plan.workload import RequestClass


@dataclass(frozen=True, slots=True)
class Answering:
    """The model that answers for an option, as far as its quality matters."""

    model: str
    """Its id; empty where the option names none."""
    path: str
    """Field of the option that names it."""
    precision: str = ""
    change: float = 0.0
    """What the precision adds to the score."""


def note_quality(book: Book) -> None:
    """Note which options fall below a quality floor, and which cannot be held to it."""
    scores = {quality.model: quality.score.value for quality in book.plan.qualities}
    for request_class in book.plan.workload:
        floor = request_class.quality_floor
        if floor is None or floor.value == 0:
            continue
        unknown = []
        for option in book.plan.options:
            if option.serves and request_class.id not in option.serves:
                continue
            answering = _answering(option)
            score = scores.get(answering.model)
            if score is None:
                unknown.append(option.name)
            else:
                _hold(book, option, answering, score, request_class, floor.value)
        if unknown:
            book.find(
                "quality.not_checked", f"workload.{request_class.id}.quality_floor", "note",
                request_class=request_class.name, floor=floor.value, options=", ".join(unknown),
            )  # fmt: skip
    _note_strangers(book)


def _answering(option: Option) -> Answering:
    if isinstance(option, TokenPriced):
        return Answering(option.model, f"options.{option.id}.model")
    serving = option.serving if isinstance(option, SelfHosted) else None
    path = f"options.{option.id}.serving.model"
    if serving is None:
        return Answering("", path)
    return Answering(serving.model, path, serving.precision, serving.quality_change.value)


def _hold(
    book: Book,
    option: Option,
    answering: Answering,
    score: float,
    request_class: RequestClass,
    floor: float,
) -> None:
    """Hold a known score, changed by the precision, against a floor."""
    reached = min(max(score + answering.change, 0.0), 1.0)
    if reached >= floor - EXACT:
        return
    facts: dict[str, str | float] = {
        "option": option.name, "model": _name(book, answering.model), "score": score,
        "floor": floor, "request_class": request_class.name,
    }  # fmt: skip
    if not answering.change:
        book.find("quality.below_floor", answering.path, "warning", **facts)
        return
    book.find(
        "quality.below_floor_lowered", answering.path, "warning", **facts,
        change=f"{answering.change:+.3g}", precision=answering.precision, reached=reached,
    )  # fmt: skip


def _name(book: Book, model: str) -> str:
    """Name of a model in words; its id where nobody knows it."""
    own = {sheet.id: sheet.name for sheet in book.plan.models}
    if model in own:
        return own[model]
    for look_up in (book.catalogue.open_model, book.catalogue.token_model):
        try:
            return look_up(model).name
        except CatalogueError:
            continue
    return model


def _note_strangers(book: Book) -> None:
    """Scores of models that neither the catalogue nor the plan knows of."""
    named = {_answering(option).model for option in book.plan.options}
    known = named | {sheet.id for sheet in book.plan.models}
    known |= {line.id for line in book.catalogue.open_models()}
    for place, quality in enumerate(book.plan.qualities):
        if quality.model in known:
            continue
        try:
            book.catalogue.token_model(quality.model)
        except CatalogueError:
            book.find(
                "quality.no_such_model", f"qualities.{place}.model", model=quality.model
            )  # fmt: skip
