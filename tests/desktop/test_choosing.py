"""What a buyer chooses: request classes served, catalogue entries and quotes, profiles."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.app.session import Session
from desktop.dialogs.log_account import LogAccount
from desktop.dialogs.new_option import NewOptionDialog
from desktop.dialogs.work_fields import STATED
from desktop.forms.edit import Edit
from desktop.forms.option_form import option_form
from desktop.forms.view import FormView
from desktop.forms.workload_form import workload_form
from desktop.theme.tokens import LIGHT
from desktop.viewmodels.billed import electricity_line, entry_line, power_line, pue_line
from desktop.viewmodels.template import template_text
from pricing.catalogue import load_catalogue
from pricing.plan.edit import edited
from pricing.plan.option import ClosedApi, OwnedServers
from pricing.plan.plan import Plan
from pricing.workload import default_profiles, read_log, templates

TODAY = date(2026, 11, 22)
LOG = Path(__file__).parents[1] / "workload" / "data" / "azure_llm_2023_conv.csv"


@pytest.fixture
def option_view(qtbot: QtBot, session: Session) -> FormView:
    view = FormView(session.edit)
    qtbot.addWidget(view)
    session.plan_changed.connect(
        lambda: view.show_form(option_form(session.plan.options[0], session.plan))
    )
    view.show_form(option_form(session.plan.options[0], session.plan))
    view.show()
    return view


def test_that_an_option_can_serve_any_set_of_classes(
    qtbot: QtBot, session: Session, option_view: FormView
) -> None:
    boxes = option_view.row("options.api.serves").editor.boxes
    assert all(box.isChecked() for box in boxes.values())
    boxes["docs"].click()
    assert session.plan.options[0].serves == ("chat",)
    boxes["docs"].click()
    assert session.plan.options[0].serves == ()
    boxes["chat"].click()
    assert session.plan.options[0].serves == ("docs",)
    session.undo.undo()
    assert all(box.isChecked() for box in boxes.values())


def test_that_an_option_must_serve_something(session: Session, option_view: FormView) -> None:
    row = option_view.row("options.api.serves")
    row.editor.boxes["chat"].click()
    row.editor.boxes["docs"].click()
    assert session.plan.options[0].serves == ("docs",)
    assert row.editor.boxes["docs"].isChecked()
    assert "at least one" in row.error.text()
    row.editor.boxes["chat"].click()
    assert row.error.text() == ""


def test_that_a_chosen_entry_says_what_it_will_be_billed_at(plan: Plan) -> None:
    catalogue = load_catalogue()
    option = ClosedApi(id="x", name="X", model="openai/gpt-5-mini")
    line = entry_line(option, plan, catalogue, TODAY)
    price = catalogue.token_model("openai/gpt-5-mini").prices[-1]
    assert f"USD {price.input.value:g} in" in line.text
    assert f"{price.output.value:g} out per 1M tokens" in line.text
    assert price.input.source in line.text
    assert str(price.input.as_of) in line.text
    assert not line.stale
    later = date(2028, 1, 1)
    old = entry_line(option, plan, catalogue, later)
    assert old.stale
    assert "out of date" in old.text


def test_that_a_quote_takes_the_place_of_the_list_price(plan: Plan) -> None:
    option = ClosedApi.model_validate(
        {"id": "x", "name": "X", "model": "openai/gpt-5-mini", "prices": {"input": 1, "output": 2}}
    )
    line = entry_line(option, plan, load_catalogue(), TODAY)
    assert line.text.startswith("the price stated below counts; list: USD")


def test_that_an_unknown_entry_is_told(plan: Plan) -> None:
    option = ClosedApi(id="x", name="X", model="nobody/nothing")
    line = entry_line(option, plan, load_catalogue(), TODAY)
    assert line.stale
    assert "not in the catalogue" in line.text


def test_that_power_pue_and_electricity_say_where_they_come_from(plan: Plan) -> None:
    catalogue = load_catalogue()
    data = plan.options[2].model_dump() | {"server": "hgx-h100-8x", "pue": None, "power_kw": None}
    option = OwnedServers.model_validate(data)
    assert "kW" in power_line(option, catalogue, TODAY).text
    assumed = catalogue.assumption("pue/enterprise").figure
    assert f"{assumed.value:g} assumed" in pue_line(option, catalogue, TODAY).text
    assert electricity_line(option, plan, TODAY).text.startswith("USD 0.12 per kWh")
    without = edited(plan, "electricity", None)
    assert "not stated" in electricity_line(option, without, TODAY).text


def test_that_a_default_profile_can_be_chosen_and_names_its_source(plan: Plan) -> None:
    shape = default_profiles()[4]
    row = next(
        row
        for group in workload_form(plan.workload[0], plan)
        for row in group.rows
        if row.path == "workload.chat.profile"
    )
    choice = next(choice for choice in row.choices if choice.label == shape.name)
    session = Session()
    session.start(plan)
    assert session.edit(Edit(row.path, choice.value, row.label, 0)) == ""
    now = session.plan.workload[0]
    assert now.profile == shape.profile
    assert shape.source in now.profile.source
    rows = {r.path: r for g in workload_form(now, session.plan) for r in g.rows}
    again = rows["workload.chat.profile"]
    assert again.choices[again.chosen].label == shape.name


def test_that_a_changed_profile_is_no_longer_called_by_the_name_of_its_template(plan: Plan) -> None:
    shaped = edited(plan, "workload.chat.profile", default_profiles()[4].profile)
    changed = edited(shaped, "workload.chat.profile.within_hour_peak", 7.0)
    rows = {r.path: r for g in workload_form(changed.workload[0], changed) for r in g.rows}
    assert rows["workload.chat.profile"].chosen == 0


@pytest.mark.parametrize("template", templates(), ids=lambda item: item.id)
def test_that_a_template_says_its_lengths_hours_and_sources(template: object) -> None:
    text = template_text(template)
    assert "tokens a request" in text
    assert all(item.figure.source in text for item in template.parameters)


def test_that_a_log_of_one_hour_can_be_given_the_hours_of_a_profile(qtbot: QtBot) -> None:
    account = LogAccount()
    qtbot.addWidget(account)
    account.show_report(read_log(LOG))
    assert not account.shape.isHidden()
    before = account.report.classes[0]
    account.shape.setCurrentIndex(account.shape.findData("public-service"))
    after = account.report.classes[0]
    assert before.profile.kind == "peak-to-average"
    assert after.profile.kind == "hourly"
    assert "ServeGen" in account.source.text()
    assert "choose a profile" not in account.text.toPlainText()


def test_that_an_option_can_be_made_of_a_quote_alone(qtbot: QtBot, plan: Plan) -> None:
    dialog = NewOptionDialog("closed_api", plan, LIGHT)
    qtbot.addWidget(dialog)
    made: list[ClosedApi] = []
    dialog.made.connect(made.append)
    qtbot.keyClicks(dialog.name, "Framework contract")
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.quote.fields[0], "1.2")
    assert "both prices" in dialog.missing.text()
    qtbot.keyClicks(dialog.quote.fields[1], "4.8")
    dialog.quote.source.setText("Offer 4711 of 2026-11-20")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    prices = made[0].prices
    assert (prices.input.value, prices.output.value) == (1.2, 4.8)
    assert prices.input.source == "Offer 4711 of 2026-11-20"


def test_that_a_quoted_server_price_counts(qtbot: QtBot, plan: Plan) -> None:
    dialog = NewOptionDialog("owned_servers", plan, LIGHT)
    qtbot.addWidget(dialog)
    made: list[OwnedServers] = []
    dialog.made.connect(made.append)
    qtbot.keyClicks(dialog.name, "Quoted node")
    dialog.work.way.setCurrentIndex(STATED)
    qtbot.keyClicks(dialog.work.stated.capacity, "2.5k")
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.quote.fields[0], "289,000")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert made[0].price.value == 289_000
