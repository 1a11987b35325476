"""Whether the models that answer are as good as the request classes ask for (E6, E7)."""

from pricing.bill.book import Book
from pricing.catalogue import CatalogueError
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import Option
from pricing.plan.quality import EXACT
from pricing.plan.workload import RequestClass
from pricing.routing.quality import Score, answering, score_of


def note_quality(book: Book) -> None:
    """Note which options fall below a quality floor, and which cannot be held to it."""
    for request_class in book.plan.workload:
        floor = request_class.quality_floor
        if floor is None or floor.value == 0:
            continue
        unknown = []
        for option in book.plan.options:
            if option.serves and request_class.id not in option.serves:
                continue
            if isinstance(option, Hybrid):
                continue
            score = score_of(book.plan, option, request_class.id)
            if score is None:
                unknown.append(option.name)
            else:
                _hold(book, option, score, request_class, floor.value)
        if unknown:
            book.find(
                "quality.not_checked", f"workload.{request_class.id}.quality_floor", "note",
                request_class=request_class.name, floor=floor.value, options=", ".join(unknown),
            )  # fmt: skip
    _note_strangers(book)


def _hold(
    book: Book,
    option: Option,
    score: Score,
    request_class: RequestClass,
    floor: float,
) -> None:
    """Hold a known score, changed by the precision, against a floor."""
    of = score.answering
    if score.reached >= floor - EXACT:
        return
    facts: dict[str, str | float] = {
        "option": option.name, "model": _name(book, of.model), "score": score.entered.score.value,
        "floor": floor, "request_class": request_class.name,
    }  # fmt: skip
    if not of.change:
        book.find("quality.below_floor", of.path, "warning", **facts)
        return
    book.find(
        "quality.below_floor_lowered", of.path, "warning", **facts,
        change=f"{100 * of.change:+.3g} points", precision=of.precision, reached=score.reached,
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
    named = {answering(option).model for option in book.plan.options}
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
