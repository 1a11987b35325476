"""The figures of an entry, wherever they stand in it."""

from pricing.plan.figure import Figure
from pricing.plan.model import Frozen


def figures_of(entry: Frozen) -> list[tuple[str, Figure]]:
    """Every figure of an entry with its dotted path, nested ones included."""
    found: list[tuple[str, Figure]] = []

    def visit(path: str, value: object) -> None:
        if isinstance(value, Figure):
            found.append((path, value))
        elif isinstance(value, Frozen):
            for name in type(value).model_fields:
                visit(f"{path}.{name}" if path else name, getattr(value, name))
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                visit(f"{path}[{number}]", item)

    visit("", entry)
    return found
