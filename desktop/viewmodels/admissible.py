"""What options break, as sentences of the window."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.finding_words import finding_text, reason_text
from desktop.viewmodels.rule_figures import rule_figures
from pricing.admissible import Obstacle, obstacles
from pricing.evaluation import Evaluation


def _t(text: str) -> str:
    return QCoreApplication.translate("Admissible", text)


def broken_rules(evaluation: Evaluation, option_id: str) -> tuple[str, ...]:
    """Which rules an option breaks, as sentences; none for one that keeps them all."""
    name = next(one.name for one in evaluation.plan.options if one.id == option_id)
    said = (_sentence(one, name, evaluation) for one in obstacles(evaluation, option_id))
    return tuple(dict.fromkeys(said))


def _sentence(obstacle: Obstacle, name: str, evaluation: Evaluation) -> str:
    if obstacle.finding is not None:
        return finding_text(obstacle.finding)
    if obstacle.reason is not None:
        return reason_text(obstacle.reason)
    if obstacle.rule:
        return _t("{option}: not kept: {rule}.").format(option=name, rule=_rule(obstacle.rule))
    assert obstacle.check is not None
    rule, figures = obstacle.check.label, rule_figures(obstacle.check, evaluation)
    if figures is None:
        return _t("{option}: not kept: {rule}.").format(option=name, rule=rule)
    return _t("{option}: not kept: {rule} ({figures}).").format(
        option=name, rule=rule, figures=figures.phrase
    )


def _rule(field: str) -> str:
    """A rule that holds for a decision as a whole, as it is called on screen."""
    return {
        "vendors": _t("the least number of vendors"),
        "most_vendor_share": _t("the most that one vendor may serve"),
        "on_premises": _t("the least share served on premises"),
        "capex_per_year": _t("the cap on purchases of a year"),
        "quality": _t("the mean score that is asked for"),
        "site_power_kw": _t("the power that the site can feed"),
    }[field]


def without_name(text: str, name: str) -> str:
    """A sentence about an option where it is plain which option is meant."""
    rest = text.removeprefix(f"{name}: ").removeprefix(f"{name}, ")
    return rest[:1].upper() + rest[1:]
