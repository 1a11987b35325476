"""Opens a log file: compression, encoding and format are found by looking, never by its name."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, cast

from pricing.workload.errors import WorkloadError

SAMPLE = 1 << 20
"""Bytes looked at to find encoding and format."""

MOST_NULS = 0.01
"""Share of zero bytes above which a file is not text; crashed loggers leave a few."""

LONGEST_LINE = 64 << 20
"""Characters of one line beyond which a file is taken for no log."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FOREIGN = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook; save the table as CSV",
    b"PAR1": "a Parquet file; export CSV or JSON lines instead",
    b"%PDF": "a PDF; export CSV or JSON lines instead",
    b"SQLite format 3": "a SQLite database; export the table as CSV",
}


@dataclass(frozen=True, slots=True)
class OpenLog:
    """An open log: its text, what it is, and how far it has been read."""

    text: TextIO
    raw: BinaryIO
    size: int
    """Bytes on disk."""
    encoding: str
    guessed_encoding: bool
    """True where neither a byte-order mark nor valid UTF-8 told the encoding."""
    format: Literal["CSV", "JSON"]
    sample: str
    """The beginning of the text."""

    def fraction_read(self) -> float:
        """Share of the file read so far, 0 to 1."""
        return min(1.0, self.raw.tell() / self.size)


@contextmanager
def opened(path: Path) -> Iterator[OpenLog]:
    """Opens a log for streaming.

    Raises:
        WorkloadError: no such file, a folder, not readable, empty, or not text.
    """
    try:
        size = path.stat().st_size
        raw = path.open("rb")
    except OSError as error:
        if path.is_dir():
            raise WorkloadError(f"{path} is a folder; choose one log file in it.") from None
        reason = error.strerror or str(error)
        raise WorkloadError(f"{path} cannot be opened: {reason}.") from None
    with raw:
        if path.is_dir():
            raise WorkloadError(f"{path} is a folder; choose one log file in it.")
        if size == 0:
            raise WorkloadError(f"{path.name} is empty: it has neither a header nor rows.")
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        binary = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            head = binary.read(SAMPLE)
            binary.seek(0)
        except (OSError, EOFError, zlib.error) as error:
            raise WorkloadError(f"{path.name} is a damaged gzip file: {error}.") from None
        encoding, guessed = _encoding(path.name, head)
        text = io.TextIOWrapper(binary, encoding=encoding, errors="replace", newline="")
        sample = head.decode(encoding, errors="replace")
        first = sample.lstrip()[:1]
        if not first:
            raise WorkloadError(f"{path.name} is empty: it has neither a header nor rows.")
        yield OpenLog(
            text=text,
            raw=raw,
            size=size,
            encoding=encoding,
            guessed_encoding=guessed,
            format="JSON" if first in "{[" else "CSV",
            sample=sample,
        )


@contextmanager
def sound_gzip(name: str) -> Iterator[None]:
    """Turns the errors of a damaged gzip file into a sentence."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise WorkloadError(f"{name} is a damaged gzip file: {error}.") from None


def lines(log: OpenLog, name: str) -> Iterator[str]:
    """The lines of a log with their ends.

    Raises:
        WorkloadError: a line is longer than any log line, or the compressed file is damaged.
    """
    readline = log.text.readline
    with sound_gzip(name):
        while line := readline(LONGEST_LINE):
            yield line
            if len(line) == LONGEST_LINE:
                raise WorkloadError(
                    f"{name} has a line of over {LONGEST_LINE >> 20} million characters; "
                    "a log has one request per line."
                )


def _encoding(name: str, head: bytes) -> tuple[str, bool]:
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise WorkloadError(f"{name} is {what}.")
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, False
    if head.count(b"\0") > len(head) * MOST_NULS:
        raise WorkloadError(f"{name} is not text; a log is CSV or JSON lines (gzip is fine).")
    whole = head[:-4] if len(head) == SAMPLE else head
    for encoding, guessed in (("utf-8", False), ("gb18030", True)):
        try:
            whole.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start > len(whole) - 4 and len(head) == SAMPLE:
                return encoding, guessed
        else:
            return encoding, guessed
    return "latin-1", True
