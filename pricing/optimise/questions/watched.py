"""A solve that ends as soon as it has shown what it was asked for."""

from collections.abc import Callable

from pricing.optimise.engine.answer import Answer, Progress, Settings
from pricing.optimise.engine.instance import Choice, Instance
from pricing.optimise.engine.solve import solve

Cancel = Callable[[], bool]
Enough = Callable[[Progress], bool]


def solve_until(
    instance: Instance,
    settings: Settings,
    enough: Enough,
    *,
    cancel: Cancel,
    start: Choice | None = None,
) -> Answer:
    """The best decision found until something is shown, or until the settings end the search.

    Args:
        instance: The problem.
        settings: When to stop at the latest.
        enough: Asked after every better decision and bound; True ends the search.
        cancel: Ends the search too.
        start: A decision to start from.
    """
    shown = False

    def on_progress(progress: Progress) -> None:
        nonlocal shown
        shown = shown or enough(progress)

    return solve(instance, settings, on_progress=on_progress,
                 cancel=lambda: shown or cancel(), start=start)  # fmt: skip


def with_servers_kept(
    instance: Instance, start: Choice, settings: Settings, cancel: Cancel
) -> Choice:
    """The best decision found with the servers of another one: who serves what is decided anew.

    Without servers to decide on that takes a second or two, and is often near to the best.

    Args:
        instance: The problem.
        start: A decision of the same shape; it may break limits.
        settings: When to stop at the latest.
        cancel: Ends the search too.

    Returns:
        The decision to start from where none is found.
    """
    answer = solve(instance, settings, cancel=cancel, start=start, locked_servers=start.servers)
    return start if answer.choice is None else answer.choice
