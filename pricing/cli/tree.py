"""An explanation as a tree of text: the figure, its formula in words and numbers, its sources."""

from collections.abc import Iterator

from pricing.cli.numbers import figure
from pricing.cli.table import wrapped
from pricing.cli.texts import _
from pricing.evaluation import Evaluation
from pricing.ledger import DECISION, Explanation
from pricing.plan.figure import BUYER, LEFT_OUT


class Tree:
    """Prints explanations; remembers what was unfolded and what was cut off."""

    def __init__(self, evaluation: Evaluation, width: int, depth: int) -> None:
        self._evaluation = evaluation
        self._width = width
        self._depth = depth
        self._unfolded: set[tuple[str, int | None]] = set()
        self.cut = False
        """Whether something lies deeper than the depth."""

    def lines(self, top: Explanation) -> Iterator[str]:
        """The whole tree."""
        yield from self._node(top, "", "", 0)

    def _node(self, node: Explanation, first: str, rest: str, level: int) -> Iterator[str]:
        yield f"{first}{self._heading(node)}"
        stem = "│ " if node.operands else "  "
        for text in self._body(node, level):
            indent = rest + stem
            lines = wrapped(text, max(30, self._width - len(indent) - 2))
            for number, line in enumerate(lines):
                yield f"{indent}{line}" if number == 0 else f"{indent}  {line}"
        self._unfolded.add((node.key, node.month))
        for number, operand in enumerate(node.operands, 1):
            last = number == len(node.operands)
            yield from self._node(
                operand,
                f"{rest}{'└─ ' if last else '├─ '}",
                f"{rest}{'   ' if last else '│  '}",
                level + 1,
            )

    def _heading(self, node: Explanation) -> str:
        return f"{node.label}{self._when(node)}: {figure(node.value, node.unit)}  [{node.key}]"

    def _when(self, node: Explanation) -> str:
        if node.month is None:
            line = self._evaluation.ledger.find(node.key)
            if not line.timed:
                return ""
            return _(", all months") if node.summed else _(", last month")
        label = self._evaluation.month_labels[node.month - 1]
        return _(", month {number} ({label})").format(number=node.month, label=label)

    def _body(self, node: Explanation, level: int) -> Iterator[str]:
        if node.is_input:
            yield from _origin(node)
            return
        yield f"= {node.formula}"
        if node.numbers and node.numbers not in {node.formula, figure(node.value, "")}:
            yield f"= {node.numbers}"
        if node.note:
            yield _("note: {text}").format(text=node.note)
        if not node.operands:
            if (node.key, node.month) in self._unfolded:
                yield _("(unfolded above)")
            elif level >= self._depth:
                self.cut = True
                yield "…"


def _origin(node: Explanation) -> Iterator[str]:
    if node.source == LEFT_OUT:
        said = [_("nothing was entered, the default holds")]
    elif node.source == BUYER:
        said = [_("entered in the plan")]
    elif node.confidence == DECISION:
        said = [_chosen(node)]
    else:
        said = [_("source: {source}").format(source=node.source or _("not stated"))]
    if node.as_of is not None and node.confidence != DECISION:
        said.append(_("as of {day}").format(day=node.as_of.isoformat()))
    if node.region:
        said.append(_("region {region}").format(region=node.region))
    if node.confidence not in {"", "entered", DECISION}:
        said.append(_("confidence {level}").format(level=node.confidence))
    if node.path:
        said.append(_("field {path}").format(path=node.path))
    yield "; ".join(said)
    if node.url:
        yield node.url
    if node.note:
        yield _("note: {text}").format(text=node.note)


def _chosen(node: Explanation) -> str:
    """Who chose a number and when, in place of how far it can be trusted."""
    if node.as_of is None:
        return _("decision: {source}").format(source=node.source)
    return _("decision: {source} on {day}").format(source=node.source, day=node.as_of.isoformat())
