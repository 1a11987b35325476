"""The results page: sentence, cards, chart, table, explanation, export."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.chart_table import ChartTableDialog
from desktop.pages.navigation import OPTIONS, RESULTS
from desktop.viewmodels.finding import finding_sentence
from desktop.viewmodels.volume import volume_sentence
from desktop.viewmodels.words import (
    compact,
    full,
    money,
    number,
    part_text,
    percent,
    significant,
)
from desktop.window import MainWindow
from pricing.analysis import break_even_volume, compare
from pricing.evaluate import evaluate
from pricing.evaluation import BreakEvenVolume
from pricing.plan.edit import edited
from pricing.plan.plan import Plan


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (13_712_345, "13.7 m"),
        (6_200_000, "6.2 m"),
        (48_211, "48.2 k"),
        (9_876, "9,876"),
        (2.138, "2.14"),
        (0.001234, "0.00123"),
        (-4_100_000, "−4.1 m"),
        (999_960, "1.00 m"),
        (1.5e9, "1.5 bn"),
    ],
)
def test_that_cards_show_at_most_four_digits(value: float, text: str) -> None:
    assert compact(value) == text


def test_that_numbers_have_a_true_minus_sign_and_no_negative_zero() -> None:
    assert number(-1234.5, 1) == "−1,234.5"
    assert number(-0.001, 1) == "0.0"
    assert percent(-0.231, signed=True) == "−23\u00a0%"
    assert percent(0.044, signed=True) == "+4.4\u00a0%"
    assert money(4.1e6, "CNY") == "CNY 4.1 m"
    assert significant(1234567) == "1,234,567"


def test_that_explanations_show_a_number_in_full() -> None:
    assert full(48211.123456) == "48,211.123456"
    assert full(0.15) == "0.15"
    assert full(1e-12) == "1e−12"


def test_that_the_finding_names_winner_amount_share_and_time(plan: Plan) -> None:
    evaluation = evaluate(plan)
    base = evaluation.baseline.tco.value
    other = min(b.tco.value for b in evaluation.bills if b.id != "api")
    sentence = finding_sentence(evaluation)
    assert money(abs(base - other), "USD") in sentence
    assert "36 months" in sentence


def test_that_a_single_option_is_told_without_comparison(plan: Plan) -> None:
    alone = Plan.model_validate(plan.model_dump() | {"options": [plan.options[0].model_dump()]})
    evaluation = evaluate(alone)
    assert finding_sentence(evaluation) == (
        f"Closed API costs {money(evaluation.baseline.tco.value, 'USD')} over 36 months"
    )


def test_that_cards_compare_the_chosen_option_with_the_baseline(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    window = looked_at
    page, evaluation = window.results, window.evaluator.evaluation
    page.pair.choose("owned", "api")
    owned, api = evaluation.bill_of("owned"), evaluation.bill_of("api")
    assert page.cards[0].figure.text() == money(owned.tco.value, "USD")
    share = owned.tco.value / api.tco.value - 1
    assert percent(share, signed=True) in page.cards[0].note.text()
    answer = compare(evaluation, "owned", "api").break_even
    expected = f"month {answer.month}" if answer.answer == "month" else answer.answer
    assert page.cards[1].figure.text() == expected


def test_that_explain_says_how_to_ask_while_nothing_is_asked(
    qtbot: QtBot, window: MainWindow
) -> None:
    dock = window.explain
    window.actions_.explain.setChecked(True)
    qtbot.waitUntil(dock.isVisible)
    assert dock.label.text().startswith("Click a figure")
    assert not dock.go.isVisible()
    assert not dock.formula.isVisible()
    assert not dock.back.isEnabled()


def test_that_any_figure_in_the_table_can_be_explained(qtbot: QtBot, looked_at: MainWindow) -> None:
    window = looked_at
    model = window.results.bill.table.model_
    for row in range(model.rowCount()):
        for column in range(1, model.columnCount()):
            cell = model.cell(model.index(row, column))
            if cell.raw is not None:
                assert cell.key, model.index(row, 0).data()
                window.ask(cell.key, cell.month)
                assert window.explain.told is not None
                assert window.explain.figure.text()


def test_that_a_click_in_the_table_opens_the_explanation_beside_it(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    window = looked_at
    window.navigation.setCurrentRow(RESULTS)
    table = window.results.bill.table
    labels = [row.label for row in table.model_.table.rows]
    index = table.model_.index(labels.index("Energy"), 3)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center()
    )
    assert window.explain.isVisible()
    assert "Energy" in window.explain.label.text()


def test_that_a_card_and_the_chart_lead_to_the_explanation_too(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    window = looked_at
    asked: list[tuple[str, object]] = []
    window.navigation.setCurrentRow(RESULTS)
    window.results.show_kind("cumulative")
    window.results.figure_clicked.connect(lambda key, month: asked.append((key, month)))
    qtbot.mouseClick(window.results.cards[0], Qt.MouseButton.LeftButton)
    chart = window.results.chart
    qtbot.waitUntil(lambda: chart.figure is not None and bool(chart.figure.axes))
    bill = window.evaluator.evaluation.bill_of("api")
    x, y = chart.figure.axes[0].transData.transform((36, bill.cumulative.values[-1]))
    height = chart.figure.bbox.height
    chart.clicked_at(QPointF(x, height - y))
    assert asked[-1] == (bill.cumulative.key, 36)


def test_that_the_explanation_follows_the_plan(
    qtbot: QtBot, window: MainWindow, settled: Callable[[], None]
) -> None:
    bill = window.evaluator.evaluation.bill_of("owned")
    window.ask(bill.categories["energy"].key, 7)
    before = window.explain.figure.text()
    plan = edited(window.session.plan, "electricity", 0.24)
    window.session.apply("Electricity", lambda _plan: plan)
    settled()
    qtbot.waitUntil(lambda: window.explain.figure.text() != before)


def test_that_an_input_leads_to_its_field(qtbot: QtBot, looked_at: MainWindow) -> None:
    window = looked_at
    ledger = window.evaluator.evaluation.ledger
    entry = next(i for i in ledger.inputs if i.path.startswith("options.owned.power_kw"))
    window.ask(entry.key)
    assert "8.1" in window.explain.figure.text()
    qtbot.mouseClick(window.explain.go, Qt.MouseButton.LeftButton)
    assert window.navigation.currentRow() == OPTIONS
    assert window.options.list.current == "owned"
    assert (
        window.focusWidget()
        is window.options.form.row("options.owned.power_kw").editor.focus_widget()
    )


def test_that_back_shows_the_figure_before(qtbot: QtBot, looked_at: MainWindow) -> None:
    window = looked_at
    window.explain.forget()
    window.explain.follow(window.evaluator.evaluation)
    bill = window.evaluator.evaluation.bill_of("owned")
    window.ask(bill.tco.key)
    first = window.explain.figure.text()
    window.ask(bill.npv.key)
    qtbot.mouseClick(window.explain.back, Qt.MouseButton.LeftButton)
    assert window.explain.figure.text() == first
    assert not window.explain.back.isEnabled()


@pytest.mark.parametrize("kind", ["cumulative", "breakdown", "monthly"])
def test_that_each_chart_has_a_sentence_and_a_table(
    qtbot: QtBot, looked_at: MainWindow, kind: str
) -> None:
    window = looked_at
    window.results.show_kind(kind)
    assert window.results.chart.accessibleName()
    assert window.results.chart.accessibleDescription().endswith(".")
    window.results.show_chart_as_table()
    dialog = window.results.dialog
    assert isinstance(dialog, ChartTableDialog)
    assert dialog.model.rowCount() > 1
    dialog.reject()


def test_that_the_copied_table_lands_on_the_clipboard(looked_at: MainWindow) -> None:
    window = looked_at
    window.actions_.copy_table.trigger()
    assert QGuiApplication.clipboard().text() == window.results.bill.table.model_.as_text()


def test_that_export_writes_a_workbook_with_the_totals_on_screen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "bill.xlsx"
    with qtbot.waitSignal(window.exporter.written, timeout=20_000):
        window.exporter.write(path)
    values = {
        cell.value
        for sheet in load_workbook(path, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, float)
    }
    for bill in window.evaluator.evaluation.bills:
        assert any(value == pytest.approx(bill.tco.value, rel=1e-9) for value in values)
    assert isinstance(window.documents.dialog, QMessageBox)


def test_that_a_workbook_is_offered_beside_its_plan_first(
    window: MainWindow, tmp_path: Path
) -> None:
    window.session.save(tmp_path / "plan.reckon")
    window.exporter.export()
    dialog = window.documents.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.directory().absolutePath() == str(tmp_path)
    dialog.reject()


def test_that_a_workbook_that_cannot_be_written_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.exporter.write(tmp_path / "no such folder" / "bill.xlsx")
    qtbot.waitUntil(lambda: isinstance(window.documents.dialog, QMessageBox), timeout=20_000)
    assert "not written" in window.documents.dialog.text()
    assert window.documents.dialog.informativeText()


def test_that_findings_lead_to_their_field(qtbot: QtBot, looked_at: MainWindow) -> None:
    window = looked_at
    finding = next(f for f in window.evaluator.evaluation.findings if f.path)
    window.show_findings()
    dialog = window.documents.dialog
    assert dialog.buttons
    dialog.field_wanted.emit(finding.path)
    assert window.navigation.currentRow() < 3
    dialog.reject()


def test_that_the_break_even_volume_is_told_below_the_finding(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    window = looked_at
    window.navigation.setCurrentRow(RESULTS)
    page, evaluation = window.results, window.evaluator.evaluation
    page.pair.choose("owned", "api")
    answer = break_even_volume(evaluation, "owned", "api")
    expected = volume_sentence(answer, "Owned servers 自有", "Closed API")
    qtbot.waitUntil(lambda: page.volume.text() == expected, timeout=10_000)
    assert page.volume.isVisible()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (BreakEvenVolume("never", None, None, None, 22.3), "every volume up to 22 times"),
        (BreakEvenVolume("already", 0.0, 0.0, 0.0, 10.0), "at any volume"),
        (BreakEvenVolume("volume", 1.5, 3e6, 1.5, 10.0), "from 1.50 times this volume on (3 m"),
        (BreakEvenVolume("volume", 1.5, 3e6, 1.8, 10.0), "always from 1.80 times on"),
        (BreakEvenVolume("volume", 1.5, 3e6, None, 10.0), "but not beyond"),
    ],
)
def test_that_every_answer_about_volume_has_a_sentence(answer: BreakEvenVolume, words: str) -> None:
    assert words in volume_sentence(answer, "A", "B")


@pytest.mark.parametrize(
    ("share", "told"),
    [(1.0, "100"), (0.99997, "99.997"), (0.9951, "99.5"), (0.95, "95"), (0.05, "5.0")],
)
def test_that_a_part_is_told_as_all_only_where_nothing_is_missing(share: float, told: str) -> None:
    assert part_text(share) == f"{told}\u00a0%"
