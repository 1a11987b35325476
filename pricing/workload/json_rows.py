"""JSON lines, JSON arrays and pages of a usage API, streamed in chunks of needed columns."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from pricing.workload.errors import WorkloadError
from pricing.workload.rows import CHUNK_ROWS, Chunk, leaf_paths, reader_of
from pricing.workload.source import LONGEST_LINE, OpenLog, lines, sound_gzip

_LOOK = 500
"""Records looked at to find the columns."""

_READ = 1 << 20
"""Characters read at once where records are not one per line."""

Record = tuple[int, dict[str, object]]
Broken = tuple[int, str, str]


class JsonLog:
    """A log of JSON objects: its column paths first, then its rows."""

    def __init__(self, log: OpenLog, name: str) -> None:
        self._name = name
        self._broken: list[Broken] = []
        by_line = _one_object_per_line(log.sample)
        self.format = "JSON lines" if by_line else "JSON"
        records = self._by_line(log) if by_line else self._by_document(log)
        looked_at = list(islice(records, _LOOK))
        self._records = chain(looked_at, records)
        paths: dict[str, None] = {}
        for _, record in looked_at:
            paths.update(dict.fromkeys(leaf_paths(record)))
        self.header = tuple(paths)

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """The rows; only the wanted columns are kept."""
        readers = [reader_of(name) for name in wanted]
        while True:
            numbers: list[int] = []
            values: list[list[object]] = [[] for _ in wanted]
            pairs = [(read, into.append) for read, into in zip(readers, values, strict=True)]
            # the values are taken at once: keeping whole records would cost most of the time
            for number, record in islice(self._records, CHUNK_ROWS):
                numbers.append(number)
                for read, append in pairs:
                    append(read(record))
            broken, self._broken = self._broken, []
            yield Chunk(dict(zip(wanted, values, strict=True)), numbers, broken)
            if len(numbers) < CHUNK_ROWS:
                return

    def _by_line(self, log: OpenLog) -> Iterator[Record]:
        decode = json.JSONDecoder().raw_decode
        for number, line in enumerate(lines(log, self._name), 1):
            try:
                value, end = decode(line)
                if end < len(line) - 2 and line[end:].strip():
                    raise ValueError(line)
            except (ValueError, RecursionError):
                value = _decoded(line)
                if value is None:
                    if line.strip():
                        self._broken.append((number, "it is not valid JSON", line.strip()))
                    continue
            if type(value) is dict and "results" not in value and "data" not in value:
                yield number, value
            else:
                yield from self._records_in(value, number)

    def _by_document(self, log: OpenLog) -> Iterator[Record]:
        """Objects of an array, or documents after one another, whatever their line breaks."""
        decoder = json.JSONDecoder()
        buffer = ""
        number = 0
        piece = "start"
        while piece:
            with sound_gzip(self._name):
                piece = log.text.read(max(_READ, len(buffer)))
            buffer += piece
            at = 0
            while True:
                at = _skip(buffer, at)
                if at == len(buffer):
                    break
                try:
                    value, at = decoder.raw_decode(buffer, at)
                except (ValueError, RecursionError):
                    break
                if at == len(buffer) and piece and not isinstance(value, dict | list):
                    break
                number += 1
                yield from self._records_in(value, number)
            buffer = buffer[at:]
            if len(buffer) > LONGEST_LINE:
                raise WorkloadError(
                    f"{self._name} holds a JSON value of over {LONGEST_LINE >> 20} million "
                    "characters; write one request per line (JSON lines)."
                )
        if buffer.strip():
            self._broken.append((number + 1, "it is not valid JSON", buffer.strip()[:80]))

    def _records_in(self, value: object, number: int) -> Iterator[Record]:
        """The records in a value: itself, or the results of the intervals of a usage page."""
        if isinstance(value, list):
            for item in value:
                yield from self._records_in(item, number)
        elif not isinstance(value, dict):
            self._broken.append((number, "it is not a JSON object", str(value)))
        elif isinstance(intervals := value.get("data"), list):
            for interval in intervals:
                yield from self._records_in(interval, number)
        elif isinstance(results := value.get("results"), list):
            outer = {key: inner for key, inner in value.items() if key != "results"}
            for result in results or [{}]:
                yield number, outer | (result if isinstance(result, dict) else {})
        else:
            yield number, value


def _decoded(line: str) -> object:
    """A line that does not begin with its value at once; none where it is not JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _one_object_per_line(sample: str) -> bool:
    """Whether one of the first lines is a JSON object by itself."""
    if sample.lstrip()[:1] == "[":
        return False
    for line in sample.splitlines()[:20]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return True
    return False


def _skip(buffer: str, at: int) -> int:
    """Position of the next value: after white space, commas and the brackets of the array."""
    while at < len(buffer) and buffer[at] in " \t\r\n,[]":
        at += 1
    return at
