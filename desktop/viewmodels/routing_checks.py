"""Which rules a hybrid keeps, and from when on it breaks which."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.viewmodels.admissible import without_name
from desktop.viewmodels.finding_words import finding_text
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.rule_figures import rule_figures
from pricing.admissible import findings_of
from pricing.bill.hybrid import Check

RULE, ASKED, REACHED, STATE = range(4)


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingChecks", text)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a hybrid: a check of the ledger, or what a finding says of a route."""

    path: str
    """Of the field that a click leads to."""
    text: str
    check: Check | None = None
    """None for a finding, which is broken in every month."""


def first_broken(check: Check, costs: HybridCosts) -> int | None:
    """Number of the first month in which a rule is broken; none where it is kept."""
    kept = costs.monthly(check.kept)
    broken = kept < 1
    return int(broken.argmax()) + 1 if broken.any() else None


def rules_of(costs: HybridCosts, *, all_of_them: bool = True) -> tuple[Rule, ...]:
    """The rules, broken ones first, or the broken ones only."""
    option = costs.bill.option
    found = tuple(
        Rule(item.path, without_name(finding_text(item), option.name))
        for item in findings_of(costs.evaluation, option.id)
    )
    checks = sorted(costs.lines.checks, key=lambda check: first_broken(check, costs) is None)
    return found + tuple(
        Rule(check.path, check.label, check)
        for check in checks
        if all_of_them or first_broken(check, costs) is not None
    )


def checks_sentence(costs: HybridCosts) -> str:
    """How many rules there are, and how many of them are kept."""
    count, broken = len(rules_of(costs)), len(rules_of(costs, all_of_them=False))
    if not count:
        return _t("There is nothing to keep yet.")
    if not broken:
        return (
            _t("The one rule is kept.")
            if count == 1
            else _t("All {n} rules are kept.").format(n=count)
        )
    return _t("{kept} of {n} rules are kept.").format(kept=count - broken, n=count)


def checks_table(costs: HybridCosts, *, all_of_them: bool = True) -> Table:
    """A row per rule: what is asked and reached, kept or broken since when; a click explains."""
    columns = (
        EditColumn(_t("Rule"), width=-1),
        EditColumn(_t("Asked for"), right=True, width=128),
        EditColumn(
            _t("Reached"), right=True, width=128,
            tip=_t("Of all months the one nearest to what is asked for, or beyond"),
        ),
        EditColumn(_t("State"), width=208),
    )  # fmt: skip
    tip = _t("A click leads to the field")
    rows = tuple(
        (EditCell(rule.text, tip=tip), *_figures(rule.check, costs), _state(rule.check, costs))
        for rule in rules_of(costs, all_of_them=all_of_them)
    )
    return Table(columns, rows)


def _figures(check: Check | None, costs: HybridCosts) -> tuple[EditCell, EditCell]:
    """What a rule asks for and what is reached; nothing where that is no single figure."""
    found = None if check is None else rule_figures(check, costs.evaluation)
    if check is None or found is None:
        return EditCell("", right=True), EditCell("", right=True)
    broken = first_broken(check, costs) is not None
    label = "" if found.month is None else costs.evaluation.month_labels[found.month - 1]
    return EditCell(found.asked, right=True), EditCell(
        found.reached, second=label, tone="broken" if broken else "plain", key=found.key,
        month=found.month, right=True,
    )  # fmt: skip


def _state(check: Check | None, costs: HybridCosts) -> EditCell:
    if check is None:
        return EditCell(_t("✗ broken"), tone="broken")
    month = first_broken(check, costs)
    if month is None:
        return EditCell(_t("✓ kept"), tone="good", key=check.kept.key,
                        month=1 if check.kept.timed else None)  # fmt: skip
    return EditCell(
        _broken(check, month, costs), tone="broken", key=check.kept.key,
        month=month if check.kept.timed else None,
    )  # fmt: skip


def _broken(check: Check, month: int, costs: HybridCosts) -> str:
    if not check.kept.timed:
        return _t("✗ broken")
    months = int((costs.monthly(check.kept) < 1).sum())
    label = costs.evaluation.month_labels[month - 1]
    if months == 1:
        return _t("✗ broken in month {n} ({label})").format(n=month, label=label)
    return _t("✗ broken first in month {n} ({label}), {months} months in all").format(
        n=month, label=label, months=months
    )
