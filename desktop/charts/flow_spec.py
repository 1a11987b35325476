"""What a flow chart shows, as values: nodes in columns and what passes between them."""

import math
from dataclasses import dataclass

from desktop.charts.table import NumberText, Table


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A place where requests come from, pass through or end."""

    key: str
    """Reported when it is clicked; unique in its chart."""
    label: str
    column: int
    """Counted from the left; columns without nodes take no room."""
    value: float
    """What it handles, in the unit of the chart; not negative."""
    colour: str = ""
    """An option's colour; empty for what is no option."""
    broken: bool = False
    """Whether a rule is broken here: requests that are not served."""
    note: str = ""
    """What a pointer resting on it says below name and value."""


@dataclass(frozen=True, slots=True)
class FlowLink:
    """What passes from one node to a node further right."""

    key: str
    """Reported when it is clicked; unique in its chart."""
    source: str
    target: str
    value: float
    colour: str = ""
    """Empty: the colour of the option it ends at, else of the one it starts at."""
    label: str = ""
    """One word on the band where there is room: overflow, escalated."""
    note: str = ""
    dashed: bool = False
    """Overflow and failover; drawn even where nothing flows now."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where requests go, from left to right, in bands as wide as their volume or cost."""

    title: str
    summary: str
    unit: str
    """What the width of a band stands for: requests a month."""
    columns: tuple[str, ...]
    """A heading for each column."""
    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]
    number: NumberText
    """How a value is written, without its unit."""
    percent: NumberText
    """How a share of one is written."""
    headings: tuple[str, str, str, str] = ("", "", "", "")
    """Of the table: from, to, value, share of what is sent from there."""
    selected: str = ""
    """Key of the node or band that stands out."""

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn.

        Raises:
            ValueError: a key occurs twice, or a link does not lead from a node to one further
                right, or a value is negative or not a number.
        """
        places = {node.key: node.column for node in self.nodes}
        keys = [*(node.key for node in self.nodes), *(link.key for link in self.links)]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"key {twice!r} occurs twice; every node and link needs its own")
        for link in self.links:
            if not places.get(link.source, math.inf) < places.get(link.target, -1):
                raise ValueError(
                    f"link {link.key!r} leads from {link.source!r} to {link.target!r}; "
                    "both must be nodes, the second further right"
                )
        values = [(item.key, item.value) for item in self.nodes]
        values += [(item.key, item.value) for item in self.links]
        for key, value in values:
            if not 0 <= value < math.inf:
                raise ValueError(f"value of {key!r} is {value}; it must be 0 or more")

    @property
    def total(self) -> float:
        """All that enters the chart."""
        reached = {link.target for link in self.links}
        return sum(node.value for node in self.nodes if node.key not in reached)

    @property
    def most_in_a_column(self) -> int:
        """Nodes in the fullest column."""
        columns = [node.column for node in self.nodes]
        return max((columns.count(column) for column in set(columns)), default=0)

    def node(self, key: str) -> FlowNode:
        """The node with a key.

        Raises:
            KeyError: there is none.
        """
        for node in self.nodes:
            if node.key == key:
                return node
        raise KeyError(key)

    def share_of_total(self, node: FlowNode) -> float:
        """The part of all that enters which a node handles; 0 where nothing enters."""
        return node.value / self.total if self.total else 0.0

    def share_of_source(self, link: FlowLink) -> float:
        """The part of its source which a link takes; 0 where its source has nothing."""
        sent = self.node(link.source).value
        return link.value / sent if sent else 0.0

    def table(self) -> Table:
        """Links in rows."""
        rows = (
            (
                self.node(link.source).label,
                self.node(link.target).label + (f" ({link.label})" if link.label else ""),
                link.value,
                self.percent(self.share_of_source(link)),
            )
            for link in self.links
        )
        return Table(self.headings, tuple(rows))
