"""Models and accelerators of the buyer's own: pasted, filled in, changed, removed, undone."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.dialogs.own_accelerator import OwnAcceleratorDialog
from desktop.dialogs.own_model import FORM, OwnModelDialog
from desktop.dialogs.sheet_catalogue import SheetCatalogueDialog
from desktop.dialogs.sheet_fields import SheetFields
from desktop.viewmodels.sheet_preview import accelerator_preview, doubts, model_preview
from desktop.window import MainWindow
from pricing import today as clock
from pricing.catalogue import load_catalogue
from pricing.plan.edit import edited
from pricing.plan.figure import BUYER
from pricing.plan.file import parse_plan, plan_text
from pricing.plan.sheets import AcceleratorSheet
from tests.catalogue.config_examples import IN_CATALOGUE

LLAMA = IN_CATALOGUE["llama-3.1-8b"] | {"_name_or_path": "house/House-8B"}


def enter(block: SheetFields, **values: object) -> None:
    """Type into fields by their names."""
    for name, value in values.items():
        field = block.fields[name]
        field.setText(str(value))
        field.textEdited.emit(str(value))


def paste(dialog: OwnModelDialog, text: str) -> None:
    dialog.paste.text.setPlainText(text)
    dialog.paste.read()


def model_dialog(window: MainWindow) -> OwnModelDialog:
    window.actions_.add_model.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, OwnModelDialog)
    return dialog


def accelerator_dialog(window: MainWindow) -> OwnAcceleratorDialog:
    window.actions_.add_accelerator.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, OwnAcceleratorDialog)
    return dialog


def add_x9(window: MainWindow) -> None:
    dialog = accelerator_dialog(window)
    dialog.texts["name"].setText("X9")
    enter(dialog.compute, memory_gb=96, bandwidth_gb_s=4000, bf16_tflops=800)
    dialog.ok.click()


def add_house_model(window: MainWindow) -> None:
    dialog = model_dialog(window)
    paste(dialog, json.dumps(LLAMA))
    dialog.ok.click()


def test_that_a_pasted_file_becomes_a_model_of_the_plan_in_one_undo_step(
    window: MainWindow,
) -> None:
    dialog = model_dialog(window)
    assert not dialog.ok.isEnabled()
    assert "Nothing was pasted" in dialog.missing.text()
    paste(dialog, json.dumps(LLAMA))
    assert dialog.name.text() == "House-8B"
    dialog.licence.setText("Llama 3.1 Community")
    said = dict(dialog.preview.lines)
    assert said["Parameters"] == "8.030 billion"
    assert said["KV cache per token"] == "128 KiB at 16 bits, 64.0 KiB at 8"
    assert said["Longest context"] == "131,072 tokens"
    assert "700 million monthly active users" in said["Permitted use"]
    dialog.ok.click()
    (model,) = window.session.plan.models
    assert (model.id, model.name, model.licence) == ("house-8b", "House-8B", "Llama 3.1 Community")
    assert model.source == "config.json, pasted by the buyer"
    assert model.as_of == clock.today()
    assert parse_plan(plan_text(window.session.plan)) == window.session.plan
    assert window.session.undo.undoText() == 'Add "House-8B"'
    window.session.undo.undo()
    assert window.session.plan.models == ()


def test_that_a_file_that_is_no_model_is_explained_while_it_is_typed(window: MainWindow) -> None:
    dialog = model_dialog(window)
    paste(dialog, '{"do_sample": true, "top_p": 0.9}')
    assert "looks like generation_config.json" in dialog.missing.text()
    assert not dialog.ok.isEnabled()
    assert dialog.preview.lines == ()
    paste(dialog, json.dumps(LLAMA | {"num_hidden_layers": 0}))
    assert "Layers: 0 is too small" in dialog.missing.text()
    paste(dialog, json.dumps(LLAMA))
    assert dialog.ok.isEnabled()


def test_that_a_model_without_a_name_is_not_added(window: MainWindow) -> None:
    dialog = model_dialog(window)
    paste(dialog, json.dumps(IN_CATALOGUE["qwen3-8b"]))
    assert dialog.missing.text() == "Give it a name."
    dialog.name.setText("House")
    dialog.name.textEdited.emit("House")
    assert dialog.ok.isEnabled()


def test_that_a_file_can_be_opened_and_what_is_no_text_is_refused(
    window: MainWindow, tmp_path: Path
) -> None:
    dialog = model_dialog(window)
    good = tmp_path / "config.json"
    good.write_text(json.dumps(LLAMA), encoding="utf-8-sig")
    dialog.paste.open_file(good)
    assert dialog.ok.isEnabled()
    bad = tmp_path / "model.safetensors"
    bad.write_bytes(b"\xff\xfe\x00\x80" * 9)
    dialog.paste.open_file(bad)
    assert dialog.missing.text() == "model.safetensors is no text file."
    dialog.paste.open_file(tmp_path / "gone.json")
    assert "gone.json cannot be read" in dialog.missing.text()
    assert not dialog.ok.isEnabled()


def test_that_a_shape_can_be_filled_in_and_its_parameters_are_computed(window: MainWindow) -> None:
    dialog = model_dialog(window)
    dialog.choose_way(FORM)
    every, experts = dialog.form.blocks[0], dialog.form.blocks[1]
    assert '"layers" is missing' in dialog.missing.text()
    enter(every, layers=32, hidden=4096, n_heads=32, n_kv_heads=8, vocab=128256)
    assert "Feed-forward width: missing" in dialog.missing.text()
    assert every.fields["intermediate"].property("invalid")
    enter(every, intermediate=14336)
    dialog.name.setText("House 8B")
    assert dict(dialog.preview.lines)["Parameters"] == "8.030 billion"
    assert not every.fields["intermediate"].property("invalid")
    enter(experts, n_experts=8, experts_per_token=9, moe_intermediate=14336)
    assert "9 experts per token are more than the 8" in dialog.missing.text()
    assert experts.fields["experts_per_token"].property("invalid")
    enter(experts, experts_per_token=2)
    dialog.ok.click()
    (model,) = window.session.plan.models
    assert (model.id, model.n_experts, model.source) == ("house-8b", 8, BUYER)
    assert model.active_params_b.value < model.total_params_b.value


def test_that_stated_parameters_replace_computed_ones(window: MainWindow) -> None:
    dialog = model_dialog(window)
    paste(dialog, json.dumps(LLAMA))
    dialog.choose_way(FORM)
    enter(dialog.form.blocks[2], total_params_b=8.5, active_params_b=9)
    assert "9 billion active parameters are more than the 8.5" in dialog.missing.text()
    enter(dialog.form.blocks[2], active_params_b=8)
    dialog.source.setText("model card")
    dialog.ok.click()
    (model,) = window.session.plan.models
    assert model.total_params_b.value == 8.5
    assert model.total_params_b.source == "model card"


@pytest.mark.parametrize("identifier", sorted(IN_CATALOGUE))
def test_that_the_form_keeps_what_a_file_says(qtbot: QtBot, identifier: str) -> None:
    dialog = OwnModelDialog("")
    qtbot.addWidget(dialog)
    paste(dialog, json.dumps(IN_CATALOGUE[identifier]))
    pasted = dialog.paste.sheet
    dialog.choose_way(FORM)
    filled = dialog.sheet
    assert filled is not None
    own = {"id", "name", "source", "as_of", "licence"}
    assert filled.model_dump(exclude=own | {"total_params_b", "active_params_b"}) == (
        pasted.model_dump(exclude=own | {"total_params_b", "active_params_b"})
    )
    assert filled.total_params_b.value == pasted.total_params_b.value


def test_that_an_accelerator_needs_what_a_prediction_needs(window: MainWindow) -> None:
    dialog = accelerator_dialog(window)
    assert dialog.missing.text() == "Give it a name."
    dialog.texts["name"].setText("X9")
    assert "nothing can be predicted without them" in dialog.missing.text()
    enter(dialog.compute, memory_gb=96, bandwidth_gb_s="4", bf16_tflops="800")
    assert "4 GB/s would take more than 10 seconds to read 96 GB" in dialog.missing.text()
    assert dialog.compute.fields["bandwidth_gb_s"].property("invalid")
    enter(dialog.compute, bandwidth_gb_s="4k")
    enter(dialog.links, max_scale_up=8, interconnect_gb_s=450)
    enter(dialog.power, tdp_w=700)
    dialog.year.setCurrentText("2025")
    assert dialog.ok.isEnabled()
    dialog.ok.click()
    (sheet,) = window.session.plan.accelerators
    assert (sheet.id, sheet.max_scale_up, sheet.release_year) == ("x9", 8, 2025)
    assert sheet.bandwidth_gb_s.value == 4000
    assert (sheet.bandwidth_gb_s.unit, sheet.bandwidth_gb_s.source) == ("GB/s", BUYER)
    assert sheet.bandwidth_gb_s.as_of == clock.today()
    assert sheet.bandwidth_gb_s.confidence == "entered"
    window.session.undo.undo()
    assert window.session.plan.accelerators == ()


def test_that_a_word_in_a_number_field_is_explained(window: MainWindow) -> None:
    dialog = accelerator_dialog(window)
    dialog.texts["name"].setText("X9")
    enter(dialog.compute, memory_gb="much")
    assert dialog.missing.text().startswith('Memory: "much" is not a number')
    assert not dialog.ok.isEnabled()


def sheet(**figures: float) -> AcceleratorSheet:
    return AcceleratorSheet.model_validate({"id": "x", "name": "X", **figures})


def test_that_figures_that_look_like_another_unit_are_pointed_out() -> None:
    odd = sheet(memory_gb=96, bandwidth_gb_s=4000, bf16_tflops=0.8, fp8_tflops=3.2, tdp_w=0.7)
    assert [text.split(":")[0] for text in doubts(odd)] == [
        "16-bit throughput counts in TFLOP/s",
        "8-bit is more than twice 16-bit; is it a figure with sparsity? Enter dense ones.",
        "Power counts in W",
    ]
    assert dict(accelerator_preview(odd))["Reads its memory once in"] == "24.0 ms"


def test_that_no_accelerator_of_the_catalogue_is_doubted_but_for_its_sources() -> None:
    catalogue = load_catalogue()
    doubted = {
        line.id for line in catalogue.accelerators() if [*doubts(catalogue.accelerator(line.id))]
    }
    assert doubted == set()


def test_that_the_catalogue_lists_own_entries_first_and_says_what_is_not_verified(
    window: MainWindow,
) -> None:
    add_house_model(window)
    window.actions_.models.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, SheetCatalogueDialog)
    assert dialog.table.model.entry(0).id == "house-8b"
    dialog.table.choose("llama-4-scout")
    text = dialog.details.text()
    assert "allowed with conditions" in text
    assert "Not verified: released, licence." in text
    assert "as published; have it checked" in text
    row = next(
        row
        for row in range(dialog.table.model.rowCount())
        if dialog.table.model.entry(row).id == "llama-4-scout"
    )
    cells = [dialog.table.model.index(row, column).data() for column in range(5)]
    assert cells[1] == "Llama 4 Community"
    assert cells[3] == "not verified: released, licence"
    assert dialog.table.model.index(row, 3).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert not dialog.remove.isEnabled()


def test_that_an_entry_added_from_the_catalogue_is_shown_there_at_once(window: MainWindow) -> None:
    window.actions_.accelerators.trigger()
    catalogue = window.documents.dialog
    catalogue.table.search.setText("gaudi")
    catalogue.table.refresh()
    catalogue.add.click()
    dialog = window.documents.dialog
    dialog.texts["name"].setText("X9")
    enter(dialog.compute, memory_gb=96, bandwidth_gb_s=4000, bf16_tflops=800)
    dialog.ok.click()
    assert catalogue.table.current == "x9"
    assert catalogue.remove.isEnabled()
    catalogue.remove.click()
    assert window.session.plan.accelerators == ()
    assert catalogue.table.current != "x9"


def test_that_an_own_entry_is_changed_in_one_undo_step(window: MainWindow) -> None:
    add_x9(window)
    before = window.session.plan
    window.sheets.change("accelerator", "x9")
    dialog = window.documents.dialog
    assert dialog.ok.text() == "Change"
    enter(dialog.compute, memory_gb=141)
    dialog.ok.click()
    (sheet,) = window.session.plan.accelerators
    assert (sheet.id, sheet.memory_gb.value) == ("x9", 141)
    assert window.session.undo.undoText() == 'Change "X9"'
    window.session.undo.undo()
    assert window.session.plan == before


def test_that_nothing_entered_changes_nothing_but_the_day(window: MainWindow) -> None:
    add_house_model(window)
    (before,) = window.session.plan.models
    window.sheets.change("open_model", "house-8b")
    window.documents.dialog.ok.click()
    assert window.session.plan.models == (before,)
    assert window.session.undo.count() == 1


def test_that_other_figures_for_a_catalogue_entry_take_its_place(window: MainWindow) -> None:
    known = load_catalogue().accelerator("gaudi2")
    window.sheets.change("accelerator", "gaudi2")
    dialog = window.documents.dialog
    enter(dialog.compute, bandwidth_gb_s=2400)
    dialog.texts["source"].setText("quote 4711")
    dialog.ok.click()
    (sheet,) = window.session.plan.accelerators
    assert sheet.id == "gaudi2"
    assert window.sheets.find("accelerator", "gaudi2") == sheet
    assert sheet.bandwidth_gb_s.source == "quote 4711"
    assert "bandwidth_gb_s" in known.unverified
    assert "bandwidth_gb_s" not in sheet.unverified
    assert "bf16_tflops" in sheet.unverified


def test_that_an_own_entry_never_takes_a_catalogue_id_unasked(window: MainWindow) -> None:
    dialog = accelerator_dialog(window)
    dialog.texts["name"].setText("H200")
    enter(dialog.compute, memory_gb=141, bandwidth_gb_s=4800, bf16_tflops=989)
    dialog.ok.click()
    (sheet,) = window.session.plan.accelerators
    assert sheet.name == "H200"
    assert sheet.id != "h200"
    assert load_catalogue().accelerator("h200").id == "h200"


def runs(window: MainWindow, serving: dict[str, object]) -> None:
    """Let the third option predict its work."""
    option = window.session.plan.options[2].model_dump() | {"serving": serving, "capacity": None}
    assert window.session.apply("serve", lambda plan: edited(plan, "options.owned", option)) == ""


def test_that_an_entry_an_option_runs_on_is_not_removed(window: MainWindow) -> None:
    add_house_model(window)
    runs(window, {"model": "house-8b", "accelerator": "h100-sxm", "accelerators": 8})
    window.sheets.remove("open_model", "house-8b")
    box = window.documents.dialog
    assert isinstance(box, QMessageBox)
    assert "It runs in Owned servers 自有" in box.informativeText() + box.text()
    assert window.session.plan.models != ()
    runs(window, {"model": "llama-3.1-8b", "accelerator": "h100-sxm", "accelerators": 8})
    window.sheets.remove("open_model", "house-8b")
    assert window.session.plan.models == ()


def test_that_the_lists_need_a_plan(empty_window: MainWindow) -> None:
    actions = empty_window.actions_
    for action in (actions.models, actions.accelerators, actions.add_model):
        assert not action.isEnabled()
    assert not actions.add_accelerator.isEnabled()


@pytest.mark.parametrize("listing", ["open_model", "accelerator"])
def test_that_every_control_has_a_name_for_screen_readers(
    qtbot: QtBot, window: MainWindow, listing: str
) -> None:
    window.sheets.add(listing)
    dialog = window.documents.dialog
    nameless = [
        type(widget).__name__
        for kind in (QLineEdit, QComboBox, QPlainTextEdit)
        for widget in dialog.findChildren(kind)
        if not widget.accessibleName()
    ]
    assert nameless == []
    assert all(button.text() for button in dialog.findChildren(QAbstractButton))


def test_that_a_model_of_the_catalogue_can_be_previewed() -> None:
    catalogue = load_catalogue()
    for line in catalogue.open_models():
        said = dict(model_preview(catalogue.open_model(line.id)))
        assert said["Parameters"].endswith("billion")
        assert said["Permitted use"].startswith("Commercial use: ")
    gemma = dict(model_preview(catalogue.open_model("gemma-3-4b")))
    assert "29 of 34 layers keep 1,024 tokens only" in gemma["KV cache per token"]
