"""Models and accelerators in one line each: size, shape, memory, and what was not verified."""

from desktop.viewmodels.serving_setup import accelerator_of, model_of
from desktop.viewmodels.sheets import accelerator_size, model_size, unverified_words
from pricing.catalogue import Catalogue
from pricing.plan.plan import Plan

Line = tuple[str, bool]
"""A quiet line under a field, and whether it tells of something missing or not verified."""


def model_line(identifier: str, plan: Plan, catalogue: Catalogue) -> Line:
    """What a model is, who says so, and which of it is not verified."""
    sheet = model_of(identifier, plan, catalogue)
    if sheet is None:
        return "", False
    parts = [sheet.name, model_size(sheet), sheet.licence]
    doubt = unverified_words(sheet)
    # licence and release date change no figure, so they are told without alarm
    shape = bool(set(sheet.unverified) - {"licence", "release_date"})
    return " · ".join(part for part in (*parts, doubt) if part), shape


def accelerator_line(identifier: str, of_server: str, plan: Plan, catalogue: Catalogue) -> Line:
    """What an accelerator is, and which of its figures are not verified."""
    sheet = accelerator_of(identifier or of_server, plan, catalogue)
    if sheet is None:
        return "", False
    doubt = unverified_words(sheet)
    parts = (sheet.name, accelerator_size(sheet), doubt)
    return " · ".join(part for part in parts if part), bool(doubt)
