"""One line of a benchmark: what was measured, and its target."""

Row = tuple[str, float | None, str, float]
"""What, measured, unit, target; none measured where a level to wait for was never reached."""


def told(row: Row) -> str:
    """The line of a row."""
    what, measured, unit, target = row
    if measured is None:
        return f"{what:58} not reached   target {target:6g} {unit:3}"
    return (
        f"{what:58} {measured:9.3g} {unit:3} target {target:6g} {unit:3} "
        f"ratio {measured / target:5.2f}"
    )
