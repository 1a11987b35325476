"""Results of cases in plain text, for `reckoner cases [ID]`."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from pricing.cases.load import all_cases, find_case
from pricing.cases.reading import Answer
from pricing.cases.result import CaseResult, Row
from pricing.cases.run import run_case

WIDTH = 100
"""Characters of a line."""

ALIGN_LEFT = frozenset({"case", "title", "figure", "unit", "verdict"})


def results(case_id: str | None = None) -> tuple[CaseResult, ...]:
    """Run one case, or all of them; raises CaseError for an unknown id."""
    cases = all_cases() if case_id is None else (find_case(case_id),)
    return tuple(run_case(case) for case in cases)


def overview(found: Sequence[CaseResult]) -> Iterator[str]:
    """One line a case and one for the sum."""
    table = [["case", "figures", "reproduced", "explained", "not reproduced", "title"]]
    table += [[result.case.id, *_counts([result]), result.case.title] for result in found]
    table.append(["all", *_counts(found), f"{len(found)} cases"])
    yield from _aligned(table)


def detail(result: CaseResult) -> Iterator[str]:
    """Everything there is to know about a case: source, premises, every figure, slips."""
    file = result.case.file
    yield f"{file.id}: {file.title}"
    source = file.source
    yield from _paragraph(f"Source: {source.title} ({source.date}). {source.url}".rstrip())
    yield from _paragraph(f"Licence: {source.licence}")
    yield from _listed("How it is written as a plan", file.premises)
    for scenario, rows in groupby(result.rows, key=lambda row: row.scenario):
        yield ""
        yield scenario
        yield from _figures(list(rows))
    yield from _listed("What the source itself gets wrong", file.slips)
    yield from _listed("Not run", file.left_out)
    counts = _counts([result])
    yield ""
    yield (
        f"Figures: {counts[0]}, of them {counts[1]} reproduced, {counts[2]} with an explained "
        f"difference, {counts[3]} not reproduced"
    )


def _figures(rows: Sequence[Row]) -> Iterator[str]:
    table = [["figure", "published", "ours", "difference", "tolerance", "unit", "verdict"]]
    remarks: list[str] = []
    for row in rows:
        remark = row.explanation or row.note
        if remark and remark not in remarks:
            remarks.append(remark)
        mark = f" [{remarks.index(remark) + 1}]" if remark else ""
        table.append(
            [
                row.what,
                in_figures(row.published),
                in_figures(row.ours),
                "" if row.difference is None else in_figures(row.difference, signed=True),
                in_figures(row.tolerance),
                row.unit,
                row.verdict + mark,
            ]
        )
    yield from ("  " + line for line in _aligned(table))
    for number, remark in enumerate(remarks, 1):
        yield from _paragraph(f"[{number}] {remark}", indent="      ", first="  ")


def in_figures(value: Answer, signed: bool = False) -> str:
    """A number with six significant digits, a break-even word as it is."""
    if isinstance(value, str):
        return value
    if value == 0 or abs(value) < 1e-9:
        return "0"
    digits = max(0, 5 - _magnitude(value))
    text = f"{value:{'+' if signed else ''},.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _magnitude(value: float) -> int:
    return int(f"{abs(value):e}".split("e")[1])


def _counts(found: Sequence[CaseResult]) -> list[str]:
    rows = [row for result in found for row in result.rows]
    verdicts = ("reproduced", "explained difference", "not reproduced")
    return [str(len(rows)), *(str(sum(row.verdict == v for row in rows)) for v in verdicts)]


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    left = [name in ALIGN_LEFT for name in table[0]]
    for row in table:
        cells = [
            text.ljust(width) if to_left else text.rjust(width)
            for text, width, to_left in zip(row, widths, left, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def _listed(heading: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield ""
        yield f"{heading}:"
        for sentence in sentences:
            yield from _paragraph(f"- {sentence}", indent="    ", first="  ")


def _paragraph(text: str, indent: str = "", first: str = "") -> Iterator[str]:
    yield from wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent)
