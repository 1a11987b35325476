"""What is in the way of options' doing all the work, from the findings of an evaluation."""

from collections.abc import Iterable

from pricing.finding import Finding

_WORDS = {
    "data.leaves": "data", "route.data_outside": "data",
    "quality.below_floor": "quality", "quality.below_floor_lowered": "quality",
    "context.too_short": "context", "route.context_too_short": "context",
    "licence.not_allowed": "licence",
    "route.first_token_late": "waiting", "route.answer_late": "waiting",
    "option.not_all_classes": "classes left out",
}  # fmt: skip
"""A word for each finding that says that an option may not, or does not, do all of the work."""


def ruled_out_by(findings: Iterable[Finding], option: str, name: str) -> tuple[str, ...]:
    """The words for what is in the way of an option, each once.

    Args:
        findings: Those of an evaluation.
        option: Id of the option.
        name: Its name, by which findings on fields of the workload call it.
    """
    words = [
        _WORDS[found.code] for found in findings
        if found.code in _WORDS and _is_on(found, option, name)
    ]  # fmt: skip
    return tuple(dict.fromkeys(words))


def _is_on(found: Finding, option: str, name: str) -> bool:
    if found.path.startswith("options."):
        return found.path.startswith(f"options.{option}.")
    return found.facts.get("option") == name
