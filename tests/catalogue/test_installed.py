"""Which catalogues are on this computer, which is in use, and which one a plan goes by."""

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from pricing.catalogue import (
    Catalogue,
    CatalogueError,
    CatalogueFileError,
    catalogue_for,
    load_catalogue,
    present_catalogue,
)
from pricing.catalogue import installed as room
from pricing.catalogue.importing import look_into, take_in
from pricing.plan.file import load_plan, parse_plan, plan_text
from pricing.plan.plan import Plan
from pricing.plan.recorded import CatalogueReference
from pricing.plan.written_with import written_with
from pricing.resources import resource
from pricing.user_data import user_data
from tests.catalogue.editions import NEWER, OLDER, edition, written

TODAY = date(2026, 11, 22)


pytestmark = pytest.mark.usefixtures("data_home")


@pytest.fixture
def plan() -> Plan:
    return load_plan(resource("samples", "customer_service.reckon"))


def test_that_the_shipped_catalogue_is_in_use_where_none_was_imported(plan: Plan) -> None:
    assert room.installed() == (load_catalogue(),)
    assert present_catalogue() is load_catalogue()
    assert catalogue_for(plan) is load_catalogue()
    assert not room.store().exists()


def test_that_an_imported_catalogue_is_kept_and_in_use_for_new_plans(
    tmp_path: Path, newer: Catalogue, plan: Plan
) -> None:
    offered = look_into(written(tmp_path, newer), TODAY)
    assert (offered.standing, offered.installed) == ("newer", False)
    assert not room.store().exists()
    assert take_in(offered)
    (kept,) = room.store().glob("*.reckoncat")
    assert kept.name == f"{newer.id}.reckoncat"
    assert kept.read_bytes() == offered.path.read_bytes()
    assert present_catalogue().id == newer.id
    assert [one.id for one in room.installed()] == [newer.id, load_catalogue().id]
    assert catalogue_for(plan) is load_catalogue()


def test_that_plans_go_by_the_catalogue_they_name(newer: Catalogue, plan: Plan) -> None:
    room.keep(newer)
    old, new = room.naming_its_catalogue(plan), written_with(plan, newer.reference)
    assert (catalogue_for(old).id, catalogue_for(new).id) == (load_catalogue().id, newer.id)
    again = parse_plan(plan_text(new))
    assert again == new
    assert catalogue_for(again).id == newer.id


def test_that_a_catalogue_not_installed_is_stood_in_for_and_named_still(plan: Plan) -> None:
    reference = CatalogueReference(id="ab" * 32, date=date(2026, 1, 1))
    elsewhere = written_with(plan, reference)
    assert catalogue_for(elsewhere) is load_catalogue()
    assert parse_plan(plan_text(elsewhere)).catalogue == reference
    assert room.naming_its_catalogue(elsewhere) == elsewhere


def test_that_a_plan_without_a_catalogue_is_written_as_before(plan: Plan) -> None:
    assert plan.catalogue is None
    assert '"catalogue"' not in plan_text(plan)


def test_that_an_older_one_needs_to_be_meant_and_stays_out_of_use(tmp_path: Path) -> None:
    older = edition(OLDER)
    offered = look_into(written(tmp_path, older), TODAY)
    assert offered.standing == "older"
    with pytest.raises(CatalogueFileError, match="2026-10-20, older than the one in use of 2026"):
        take_in(offered)
    assert not room.store().exists()
    assert not take_in(offered, older=True)
    assert present_catalogue() is load_catalogue()
    assert room.find_installed(OLDER).id == older.id


def test_that_importing_what_is_in_use_changes_nothing(tmp_path: Path, newer: Catalogue) -> None:
    path = written(tmp_path, newer)
    take_in(look_into(path, TODAY))
    again = look_into(path, TODAY)
    assert (again.standing, again.installed, again.changes.nothing) == ("in_use", True, True)
    assert take_in(again)
    assert len(list(room.store().glob("*.reckoncat"))) == 1


def test_that_importing_the_shipped_one_stores_no_copy(tmp_path: Path) -> None:
    assert take_in(look_into(written(tmp_path, load_catalogue()), TODAY))
    assert not room.store().exists()


def test_that_a_later_reckoner_with_newer_prices_goes_first(newer: Catalogue) -> None:
    """The shipped one changes under a catalogue that was chosen before."""
    older = edition(OLDER)
    room.keep(older)
    room.use(older)
    assert present_catalogue().id == older.id
    in_use = room.store() / room.IN_USE
    in_use.write_text(in_use.read_text().replace(load_catalogue().id, "cd" * 32))
    assert present_catalogue() is load_catalogue()
    room.keep(newer)
    room.use(newer)
    in_use.write_text(in_use.read_text().replace(load_catalogue().id, "cd" * 32))
    assert present_catalogue().id == newer.id


def test_that_the_catalogue_of_an_earlier_release_stays_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    """As a bundle has it: its resources hold a catalogue and the one of the release before."""
    older = edition(OLDER)
    bundle = tmp_path / "bundle"
    folder = bundle / "resources" / "catalogue"
    shutil.copytree(resource("catalogue"), folder)
    (folder / room.EARLIER).mkdir()
    written(folder / room.EARLIER, older, f"{older.id}.reckoncat")
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
    assert catalogue_for(written_with(plan, older.reference)).id == older.id
    assert [one.data_date.isoformat() for one in room.installed()] == ["2026-11-22", OLDER]
    assert present_catalogue().id == load_catalogue().id
    assert room.damaged() == ()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"id": "x", "over": "y"}', "\x00"])
def test_that_a_spoilt_choice_falls_back_to_the_shipped_one(content: str) -> None:
    room.store().mkdir(parents=True)
    (room.store() / room.IN_USE).write_text(content)
    assert present_catalogue() is load_catalogue()


def test_that_a_stored_file_that_was_damaged_is_not_used_but_named(
    newer: Catalogue, plan: Plan
) -> None:
    path = room.keep(newer)
    assert path is not None
    room.use(newer)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"0.25", b"0.26", 1))
    assert room.damaged() == (path,)
    assert present_catalogue() is load_catalogue()
    assert catalogue_for(written_with(plan, newer.reference)) is load_catalogue()
    path.write_bytes(content[:-4])
    assert room.damaged() == (path,)


def test_that_a_file_under_the_name_of_another_catalogue_is_not_used(newer: Catalogue) -> None:
    path = room.keep(newer)
    assert path is not None
    path.rename(path.with_name(f"{'ef' * 32}.reckoncat"))
    assert room.installed() == (load_catalogue(),)


def test_that_catalogues_are_found_by_day_beginning_of_the_id_and_word(newer: Catalogue) -> None:
    room.keep(newer)
    for named in (NEWER, newer.id, newer.id[:6].upper()):
        assert room.find_installed(named).id == newer.id
    assert room.find_installed("shipped") is load_catalogue()
    for named in (newer.id[:5], "2020-01-01", ""):
        with pytest.raises(CatalogueError, match=f"No catalogue '{named}' is installed"):
            room.find_installed(named)


def test_that_a_day_that_two_catalogues_share_asks_for_the_id() -> None:
    twin = edition(load_catalogue().data_date.isoformat())
    room.keep(twin)
    with pytest.raises(CatalogueError, match="means 2 catalogues"):
        room.find_installed(load_catalogue().data_date.isoformat())


def test_that_another_one_of_the_same_day_takes_over_when_imported(tmp_path: Path) -> None:
    twin = edition(load_catalogue().data_date.isoformat())
    offered = look_into(written(tmp_path, twin), TODAY)
    assert offered.standing == "other"
    assert take_in(offered)
    assert present_catalogue().id == twin.id


def test_that_a_folder_that_cannot_be_written_keeps_nothing(
    data_home: Path, newer: Catalogue
) -> None:
    data_home.parent.mkdir(exist_ok=True)
    data_home.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="Not a directory"):
        room.keep(newer)
    assert present_catalogue() is load_catalogue()


def test_that_the_data_folder_follows_the_standard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_data("catalogues") == tmp_path / "reckoner" / "catalogues"
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for unset in ("", "relative/path"):
        monkeypatch.setenv("XDG_DATA_HOME", unset)
        assert user_data() == tmp_path / "home" / ".local" / "share" / "reckoner"
