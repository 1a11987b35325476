"""Writes a ledger as a workbook; import it only where a workbook is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

from pricing.ledger import Ledger, Section, Values
from pricing.workbook.cells import VALUE, cell
from pricing.workbook.checks import Shown, checks_of, checks_of_summary, stamps_of
from pricing.workbook.contents import Basis, Cover, Summary
from pricing.workbook.drivers import main_drivers
from pricing.workbook.job import Job
from pricing.workbook.layout import (
    AT_EXPORT,
    BY_MONTH,
    CHECKS,
    COVER,
    DECISION,
    INPUTS,
    RULES,
    SOURCES,
    SUMMARY,
    Layout,
    Sheet,
)
from pricing.workbook.names import defined_name
from pricing.workbook.saving import replacing
from pricing.workbook.sheets.at_export import kept_lines, moved_rows, write_at_export
from pricing.workbook.sheets.by_month import write_by_month
from pricing.workbook.sheets.chart_data import CHART_DATA, chart_rows_kept, write_chart_data
from pricing.workbook.sheets.checks import (
    CHANGED_CELL,
    MASTER,
    ROUNDING_CELL,
    TOLERANCE,
    TOLERANCE_CELL,
    write_checks,
)
from pricing.workbook.sheets.comparison import name_the_pair
from pricing.workbook.sheets.cover import CONTENTS, write_cover
from pricing.workbook.sheets.decision import checks_of_decisions, write_decisions
from pricing.workbook.sheets.inputs import write_inputs
from pricing.workbook.sheets.rules import write_rules
from pricing.workbook.sheets.section import write_section
from pricing.workbook.sheets.sources import write_sources
from pricing.workbook.sheets.summary import write_summary
from pricing.workbook.source_list import SourceList
from pricing.workbook.styles import GOOD, GREY, NAVY, RULE
from pricing.workbook.text import one_line, shortened
from pricing.workbook.xlsx import Book, Canvas


def write(
    ledger: Ledger,
    values: Values,
    path: Path,
    cover: Cover,
    summary: Summary | None,
    remarks: Mapping[str, str],
    bases: Sequence[Basis] = (),
) -> None:
    """Write the workbook; the file appears whole or not at all.

    Raises:
        WorkbookError: if the place cannot be written or a formula is too long for a cell.
    """
    layout = Layout.of(ledger, reserved=(CHART_DATA,) if summary else ())
    with replacing(path) as temporary:
        book = Book(str(temporary))
        job = Job(book, layout, values, cover, summary, SourceList(ledger), remarks, bases)
        _write_sheets(job)
        _define_names(job)
        _describe(job)
        book.file.close()


def _write_sheets(job: Job) -> None:
    book, layout, summary = job.book, job.layout, job.summary
    names = [COVER, *([SUMMARY] if summary else [])]
    names += [DECISION, INPUTS] if summary and summary.decisions else [INPUTS]
    names += [sheet.name for sheet in layout.sheets]
    by_month = [BY_MONTH] if layout.ledger.schedules else []
    names += [RULES] if summary and summary.rules else []
    names += [*([CHART_DATA] if summary else []), CHECKS, AT_EXPORT, *by_month, SOURCES]
    canvases: dict[str, Canvas] = {name: book.sheet(name) for name in names}
    write_inputs(canvases[INPUTS], job)
    for sheet in layout.sheets:
        write_section(canvases[sheet.name], job, sheet)
        if summary and summary.chosen and sheet.section.key == summary.chosen[0].section:
            name_the_pair(canvases[sheet.name], job, summary)
    shown: list[Shown] = []
    if summary:
        shown = write_summary(canvases[SUMMARY], job, summary)
        write_chart_data(canvases[CHART_DATA], job, summary)
        if summary.rules:
            write_rules(canvases[RULES], job)
    checks = checks_of(layout, job.values, summary, CHECKS)
    checks += [check for option in shown for check in checks_of_summary(option)]
    checks += checks_of_decisions(job, CHANGED_CELL, TOLERANCE)
    kept = [*kept_lines(job), *(chart_rows_kept(job, summary) if summary else ())]
    stamps = stamps_of(layout, job.values, summary, CHECKS)
    write_checks(canvases[CHECKS], job, checks, stamps, moved_rows(len(kept)))
    if summary and summary.decisions:
        write_decisions(canvases[DECISION], job, CHANGED_CELL)
    write_at_export(canvases[AT_EXPORT], job, kept, TOLERANCE_CELL, ROUNDING_CELL)
    if by_month:
        write_by_month(canvases[BY_MONTH], job)
    write_sources(canvases[SOURCES], job)
    kinds = {option.cash.section: option.kind for option in (summary.options if summary else ())}
    what = {
        sheet.name: _description(sheet, kinds.get(sheet.section.key, "")) for sheet in layout.sheets
    }
    what |= {**CONTENTS, CHART_DATA: "Series of all options, as the charts show them"}
    write_cover(canvases[COVER], job, MASTER, [(name, what[name]) for name in names[1:]])
    _colour_tabs(job, canvases)
    canvases[COVER].sheet.activate()


def _description(sheet: Sheet, kind: str) -> str:
    """What a section holds: the kind of option and its note, or its headings, or its lines."""
    whole = sheet.section.part_of
    part = f"Part of {whole.title}" if whole else ""
    told = [one_line(text) for text in (kind, part, sheet.section.note) if text]
    if told:
        return shortened(". ".join(told), 100)
    titles = [heading.title for heading in sheet.headings] or [
        line.label for _, line in sheet.lines
    ]
    named = ", ".join(one_line(title) for title in titles)
    return shortened(named, 100)


def _colour_tabs(job: Job, canvases: Mapping[str, Canvas]) -> None:
    """Inputs look like inputs, options have their colour on the charts, the rest is quiet."""
    own = {
        COVER: NAVY,
        SUMMARY: NAVY,
        DECISION: NAVY,
        INPUTS: "#FFD966",
        CHECKS: GOOD,
        SOURCES: GREY,
    }
    chosen = {
        option.cash.section: option.colour
        for option in (job.summary.options if job.summary else ())
    }
    options: dict[str, str] = {}
    for sheet in job.layout.sheets:
        section: Section | None = sheet.section
        while section and section.key not in chosen:
            section = section.part_of
        if section:
            options[sheet.name] = chosen[section.key]
    for name, canvas in canvases.items():
        canvas.sheet.set_tab_color({**options, **own}.get(name, RULE))


def _define_names(job: Job) -> None:
    taken: set[str] = set()
    for entry in main_drivers(job.layout.ledger):
        name = defined_name(entry.key)
        if name.casefold() not in taken:
            taken.add(name.casefold())
            address = cell(VALUE, job.layout.place(entry).row)
            job.book.file.define_name(name, f"={INPUTS}!{address}")


def _describe(job: Job) -> None:
    cover = job.cover
    job.book.file.set_properties(
        {
            "title": one_line(f"{cover.title}: {cover.plan}"),
            "subject": one_line(cover.purpose),
            "author": one_line(cover.version),
            "created": datetime.combine(cover.prepared, time()),
        }
    )
