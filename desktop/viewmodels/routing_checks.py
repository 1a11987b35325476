"""Which rules a hybrid keeps, and from when on it breaks which."""

from PySide6.QtCore import QCoreApplication

from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_routes import Table
from pricing.bill.hybrid import Check

RULE, STATE = range(2)


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingChecks", text)


def first_broken(check: Check, costs: HybridCosts) -> int | None:
    """Number of the first month in which a rule is broken; none where it is kept."""
    kept = costs.monthly(check.kept)
    broken = kept < 1
    return int(broken.argmax()) + 1 if broken.any() else None


def checks_of(costs: HybridCosts, *, all_of_them: bool = True) -> tuple[Check, ...]:
    """The checks, broken ones first, or the broken ones only."""
    broken = tuple(c for c in costs.lines.checks if first_broken(c, costs) is not None)
    if not all_of_them:
        return broken
    return (*broken, *(c for c in costs.lines.checks if c not in broken))


def checks_sentence(costs: HybridCosts) -> str:
    """How many rules there are, and how many of them are kept."""
    count, broken = len(costs.lines.checks), len(checks_of(costs, all_of_them=False))
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
    """A row per rule: kept, or broken since when; the state is explained by a click."""
    columns = (
        EditColumn(_t("Rule"), width=-1),
        EditColumn(_t("State"), width=224),
    )
    rows = []
    for check in checks_of(costs, all_of_them=all_of_them):
        month = first_broken(check, costs)
        state = EditCell(_t("✓ kept"), tone="good", key=check.kept.key,
                         month=1 if check.kept.timed else None)  # fmt: skip
        if month is not None:
            state = EditCell(
                _broken(check, month, costs), tone="broken", key=check.kept.key,
                month=month if check.kept.timed else None,
            )  # fmt: skip
        rows.append((EditCell(check.label, tip=_t("A click leads to the field")), state))
    return Table(columns, tuple(rows))


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
