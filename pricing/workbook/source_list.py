"""The sources of the inputs, each once, with a number that inputs and sources share."""

from dataclasses import dataclass
from datetime import date

from pricing.ledger import Input, Ledger, Schedule


@dataclass(frozen=True, slots=True)
class Source:
    """Who said something, where and when."""

    text: str
    url: str
    as_of: date | None
    confidence: str
    region: str


class SourceList:
    """All sources of a ledger in the order of its inputs; number 1 is the first.

    Inputs with a number for every month come after the others.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._inputs: dict[Source, list[Input | Schedule]] = {}
        for entry in ledger.entries:
            self._inputs.setdefault(_source_of(entry), []).append(entry)
        self._numbers = {source: n for n, source in enumerate(self._inputs, start=1)}

    def number(self, entry: Input | Schedule) -> str:
        """The number of an input's source, such as S3."""
        return f"S{self._numbers[_source_of(entry)]}"

    def items(self) -> list[tuple[str, Source, list[Input | Schedule]]]:
        """Number, source and the inputs that rest on it."""
        return [(f"S{self._numbers[s]}", s, entries) for s, entries in self._inputs.items()]


def _source_of(entry: Input | Schedule) -> Source:
    origin = entry.provenance
    return Source(origin.source, origin.url, origin.as_of, origin.confidence, origin.region)
