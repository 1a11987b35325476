"""What a finance reviewer looks for on each sheet."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pricing.evaluate import evaluate
from pricing.workbook import export_workbook
from pricing.workbook.drivers import MOST_NAMES, main_drivers
from pricing.workbook.styles import INPUT_BLUE, LINK_GREEN
from tests.workbook.ledgers import rent_or_own
from tests.workbook.plans import TODAY, customer_service, plan

DAY_OF_QUOTE = datetime.fromisoformat("2026-10-14")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "plan.xlsx"
    export_workbook(customer_service(), path, {"api": "#123456"})
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


@pytest.fixture(scope="module")
def stored(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


def _row(sheet: Worksheet, key: str) -> int:
    return next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == key)


def test_that_the_sheets_come_in_the_order_of_a_finance_model(book: Workbook) -> None:
    names = [option.name for option in customer_service().plan.options]
    assert book.sheetnames == [
        "Cover", "Summary", "Inputs", "Timing", "Finance", "Demand", *names, "Comparison",
        "Chart data", "Checks", "At export", "Sources",
    ]  # fmt: skip


def test_that_the_cover_says_what_the_workbook_is_and_links_to_every_sheet(book: Workbook) -> None:
    cover = book["Cover"]
    facts = {row[1].value: row[2].value for row in cover.iter_rows(max_row=12)}
    assert cover["B3"].value == "Customer service 2027"
    assert facts["Currency"] == "EUR"
    assert (
        facts["Sign"]
        == "Costs are positive; receipts and savings are negative and stand in brackets."
    )
    assert facts["What a month is"] == "The calendar's days; 24 hours of service a day"
    links = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]
    targets = [link.rpartition("!")[0].strip("'").replace("''", "'") for link in links]
    assert targets == book.sheetnames[1:]


def test_that_findings_stand_on_the_cover_once(book: Workbook) -> None:
    texts = [row[2].value for row in book["Cover"].iter_rows(min_row=15)]
    found = [text for text in texts if text and "no batch tariff is known" in text]
    assert len(found) == 1


def test_that_every_input_is_blue_on_yellow_unlocked_and_of_the_style_input(book: Workbook) -> None:
    sheet = book["Inputs"]
    cells = [row[3] for row in sheet.iter_rows(min_row=7) if row[0].value]
    assert len(cells) == len(customer_service().ledger.inputs)
    for cell in cells:
        assert cell.style == "Input"
        assert cell.font.color.rgb == "FF" + INPUT_BLUE[1:]
        assert cell.fill.fgColor.rgb == "FFFFFBE0"
        assert not cell.protection.locked
        assert cell.data_type in {"n", "d"}


def test_that_nothing_but_inputs_looks_like_an_input(book: Workbook) -> None:
    blue = {
        (sheet.title, cell.column_letter)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.style == "Input"
    }
    assert blue == {("Inputs", "D"), ("Checks", "E"), ("Cover", "B")}


def test_that_an_input_shows_its_unit_range_source_and_date(stored: Workbook) -> None:
    sheet = stored["Inputs"]
    row = _row(sheet, "option.owned.price")
    values = [sheet.cell(row, column).value for column in range(2, 14)]
    number = values[7]
    assert values == [
        "Price of one server", "EUR/server", 287_400, 287_400, None, 270_000, 310_000, number,
        "quote 17", DAY_OF_QUOTE, "high", None,
    ]  # fmt: skip
    assert sheet.cell(row, 16).value == "https://example.org/quotes/17"
    assert sheet.cell(row, 16).hyperlink is None
    source = next(row for row in stored["Sources"].iter_rows(min_row=5) if row[1].value == number)
    assert source[2].value == "quote 17"
    assert source[9].value == "https://example.org/quotes/17"
    assert "Price of one server" in source[7].value


def test_that_every_source_is_listed_once_with_how_many_inputs_rest_on_it(stored: Workbook) -> None:
    rows = [row for row in stored["Sources"].iter_rows(min_row=5, values_only=True) if row[1]]
    assert [row[1] for row in rows] == [f"S{number}" for number in range(1, len(rows) + 1)]
    facts = [(row[2], row[3], row[4], row[5], row[9]) for row in rows]
    assert len(set(facts)) == len(facts)
    assert sum(row[6] for row in rows) == len(customer_service().ledger.inputs)


def test_that_shares_dates_and_counts_are_validated(book: Workbook) -> None:
    sheet = book["Inputs"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    ledger = customer_service().ledger
    assert len(rules) >= 1
    share = next(
        r
        for places, r in rules.items()
        if f"D{_row(sheet, 'option.owned.usable_share')}" in places.split()
    )
    assert (float(share.formula1), float(share.formula2)) == (0, 1)
    assert share.errorStyle == "warning"
    assert share.error == "Most shares lie between 0 % and 100 %. Is this one meant?"
    covered = {place for places in rules for place in places.split()}
    assert {f"D{_row(sheet, entry.key)}" for entry in ledger.inputs} <= covered


def test_that_the_main_drivers_have_names_and_nothing_else_has(book: Workbook) -> None:
    drivers = main_drivers(customer_service().ledger)
    assert len(drivers) == MOST_NAMES == len(book.defined_names)
    sheet = book["Inputs"]
    for entry in drivers:
        name = entry.key.replace("-", "_")
        assert book.defined_names[name].attr_text == f"Inputs!$D${_row(sheet, entry.key)}"


def test_that_drivers_are_the_inputs_that_move_the_most_lines() -> None:
    keys = [entry.key for entry in main_drivers(rent_or_own().ledger)]
    assert keys[0] == "demand.growth_per_month"
    assert "finance.discount_rate_per_year" in keys
    assert "finance.months_in_a_year" not in keys


def test_that_links_to_other_sheets_are_green(tmp_path: Path) -> None:
    rent_or_own(months=3).write(tmp_path / "links.xlsx")
    sheet = load_workbook(tmp_path / "links.xlsx")["Owned H100 (Dell's offer)"]
    cell = sheet.cell(_row(sheet, "own.servers_wanted"), 7)
    assert cell.value == "='Rented H100'!G7"
    assert cell.font.color.rgb == "FF" + LINK_GREEN[1:]
    assert sheet.cell(_row(sheet, "own.purchase"), 7).font.color.rgb == "FF000000"


def test_that_a_total_stands_under_a_rule_and_in_bold(book: Workbook) -> None:
    sheet = book["Owned H100 (Dell's offer)"]
    cell = sheet.cell(_row(sheet, "option.owned.total_cost"), 8)
    assert cell.font.bold
    assert cell.border.top.style == "thin"
    assert not sheet.cell(_row(sheet, "option.owned.load_09"), 8).font.bold


def test_that_a_flow_has_its_total_and_a_level_has_none(book: Workbook) -> None:
    sheet = book["Owned H100 (Dell's offer)"]
    energy = _row(sheet, "option.owned.energy")
    assert sheet.cell(energy, 4).value == f"=SUM($F${energy}:$AO${energy})"
    assert sheet.cell(_row(sheet, "option.owned.in_service"), 4).value is None
    assert all(sheet.cell(row, 5).value in {None, ""} for row in range(3, sheet.max_row + 1))


def test_that_each_line_says_in_words_how_it_is_calculated(book: Workbook) -> None:
    sheet = book["Owned H100 (Dell's offer)"]
    heading = [cell.value for cell in sheet[4]]
    column = heading.index("How it is calculated") + 1
    row = _row(sheet, "option.owned.energy")
    assert "Electricity used" in sheet.cell(row, column).value


def test_that_every_sheet_prints_on_landscape_a4_with_plan_date_and_page(book: Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == (
            "portrait" if sheet.title == "Cover" else "landscape"
        )
        assert "Customer service 2027" in sheet.oddHeader.left.text
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.print_area


def test_that_a_timeline_prints_twelve_months_a_page_with_its_labels(book: Workbook) -> None:
    sheet = book["Demand"]
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.print_title_cols == "$B:$D"
    assert [mark.id for mark in sheet.col_breaks.brk] == [17, 29]
    assert sheet.freeze_panes == "F5"


def test_that_charts_are_native_and_lines_have_the_options_colours(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2)]
    lines, columns = charts
    assert lines.count("<c:ser>") == 6
    assert 'val="123456"' in lines
    assert 'val="E69F00"' in lines
    assert '<c:barDir val="col"/>' in columns
    assert '<c:grouping val="stacked"/>' in columns


def test_that_an_option_s_tab_has_its_colour(book: Workbook) -> None:
    assert book["Closed API (list price)"].sheet_properties.tabColor.rgb == "FF123456"


def test_that_remarks_mark_the_inputs_that_a_finding_is_about(tmp_path: Path) -> None:
    stale = plan()
    changed = stale.model_dump()
    changed["options"] = [changed["options"][4]]
    changed["options"][0] |= {"pue": None, "bridge": None}
    evaluation = evaluate(type(stale).model_validate(changed), today=TODAY)
    assert any(finding.code == "figure.assumed" for finding in evaluation.findings)
    export_workbook(evaluation, tmp_path / "assumed.xlsx")
    sheet = load_workbook(tmp_path / "assumed.xlsx")["Inputs"]
    marked = {row[0].value: row[14].value for row in sheet.iter_rows(min_row=7) if row[14].value}
    assert marked["option.owned.pue"].startswith("older than 6 months. Owned")
    assert set(marked.values()) == {marked["option.owned.pue"], "an assumption"}


def test_that_the_file_says_who_made_it_and_when(book: Workbook) -> None:
    assert book.properties.title == "Reckoner: Customer service 2027"
    assert book.properties.creator.startswith("Reckoner ")
    assert isinstance(book.properties.created.date(), date)
