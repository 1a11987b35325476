"""What every sheet writer is handed: the ledger's figures, their places and the open file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pricing.ledger import Expression, Input, Line, Values
from pricing.ledger.ledger import referenced
from pricing.workbook.contents import Basis, Cover, Summary
from pricing.workbook.layout import Layout
from pricing.workbook.source_list import SourceList
from pricing.workbook.xlsx import Book


@dataclass(slots=True)
class Job:
    """One workbook in the making."""

    book: Book
    layout: Layout
    values: Values
    cover: Cover
    summary: Summary | None
    sources: SourceList
    remarks: Mapping[str, str] = field(default_factory=dict)
    """What a reader must know about single inputs, by their keys; those by month too."""
    bases: Sequence[Basis] = ()
    """Measurements that predicted inputs rest on."""
    users: dict[Input | Line, int] = field(default_factory=dict)
    """How many lines name a figure in their formula."""

    def __post_init__(self) -> None:
        for line in self.layout.ledger.lines:
            assert line.expression is not None
            for figure in set(referenced(line.expression)):
                self.users[figure] = self.users.get(figure, 0) + 1

    def links_elsewhere(self, line: Line) -> bool:
        """Whether a line only repeats a figure of another sheet."""
        shown: Expression | None = line.expression
        if not isinstance(shown, Input | Line):
            return False
        return self.layout.place(shown).sheet != self.layout.place(line).sheet
