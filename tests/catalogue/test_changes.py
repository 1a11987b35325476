"""What is different between two catalogues: entries, prices old and new, and from when."""

from datetime import date
from typing import Any

from pricing.catalogue import Catalogue, load_catalogue, prices_in_force
from pricing.catalogue.changes import changes_between
from tests.catalogue.editions import MODEL, edition, entry

SERVER = "hgx-h100-8x"


def test_that_a_catalogue_differs_in_nothing_from_itself(catalogue: Catalogue) -> None:
    assert changes_between(catalogue, catalogue).nothing
    assert changes_between(catalogue, edition(change=lambda entries: None)).nothing


def test_that_a_price_is_told_with_old_and_new_value(catalogue: Catalogue) -> None:
    found = changes_between(catalogue, edition())
    now = prices_in_force(catalogue.token_model(MODEL), date(2026, 12, 1)).input.value
    (change,) = found.figures
    assert (change.entry.id, change.what, change.since) == (MODEL, "input", "2026-12")
    assert (change.old, change.new, change.is_price) == (now, 2 * now, True)
    assert change.old_unit == change.new_unit == "USD per million tokens"
    assert found.prices == found.figures
    assert (found.added, found.removed, found.reworded) == ((), (), ())


def test_that_an_announced_price_is_told_from_the_month_it_is_paid(catalogue: Catalogue) -> None:
    def announce(entries: list[dict[str, Any]]) -> None:
        prices = entry(entries, MODEL)["prices"]
        prices.append({**prices[-1], "from": "2027-07-15", "output": 9})

    (change,) = changes_between(catalogue, edition(change=announce)).figures
    assert (change.what, change.since, change.new) == ("output", "2027-08", 9)


def test_that_past_prices_are_no_change(catalogue: Catalogue) -> None:
    """A plan of today never pays them; the entry only reads otherwise."""

    def rewrite(entries: list[dict[str, Any]]) -> None:
        prices = entry(entries, MODEL)["prices"]
        assert len(prices) > 1
        prices[0]["input"] = 99

    found = changes_between(catalogue, edition(change=rewrite))
    assert not found.figures
    assert [one.id for one in found.reworded] == [MODEL]


def test_that_a_rate_that_appears_has_no_old_value(catalogue: Catalogue) -> None:
    def add(entries: list[dict[str, Any]]) -> None:
        entry(entries, MODEL)["prices"][-1]["cache_write_1h"] = 0.5

    (change,) = changes_between(catalogue, edition(change=add)).figures
    assert (change.what, change.old, change.new) == ("cache write 1h", None, 0.5)
    (back,) = changes_between(edition(change=add), catalogue).figures
    assert (back.old, back.new) == (0.5, None)


def test_that_a_long_context_tier_is_told_by_its_threshold(catalogue: Catalogue) -> None:
    def add(entries: list[dict[str, Any]]) -> None:
        prices = entry(entries, MODEL)["prices"][-1]
        prices["long_context"] = [{"above": 200_000, "input": 1, "output": 4}]

    whats = {c.what for c in changes_between(catalogue, edition(change=add)).figures}
    assert whats == {
        "input, requests above 200,000 tokens", "output, requests above 200,000 tokens"
    }  # fmt: skip


def test_that_another_currency_is_a_change_though_the_number_is_the_same(
    catalogue: Catalogue,
) -> None:
    found = changes_between(
        catalogue, edition(change=lambda entries: entry(entries, MODEL).update(currency="EUR"))
    )
    assert {(c.old_unit, c.new_unit) for c in found.figures} == {
        ("USD per million tokens", "EUR per million tokens")
    }
    assert all(change.old == change.new for change in found.figures)


def test_that_the_last_digits_of_a_quotient_are_no_change(catalogue: Catalogue) -> None:
    def wobble(entries: list[dict[str, Any]]) -> None:
        for prices in entry(entries, MODEL)["prices"]:
            prices["input"] *= 1 + 1e-14

    assert not changes_between(catalogue, edition(change=wobble)).figures


def test_that_entries_added_and_removed_are_named(catalogue: Catalogue) -> None:
    def swap(entries: list[dict[str, Any]]) -> None:
        server = entry(entries, SERVER)
        entries.remove(server)
        entries.append({**server, "id": "hgx-next", "name": "HGX Next"})

    found = changes_between(catalogue, edition(change=swap, name="servers.json"))
    assert [(one.kind, one.id) for one in found.removed] == [("server", SERVER)]
    assert [(one.id, one.name) for one in found.added] == [("hgx-next", "HGX Next")]
    assert not found.figures


def test_that_prices_and_other_figures_of_hardware_are_told_apart(catalogue: Catalogue) -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        server = entry(entries, SERVER)
        for name in ("price", "power_kw"):
            server[name] = {**server[name], "value": server[name]["value"] + 1,
                            "low": None, "high": None}  # fmt: skip

    found = changes_between(catalogue, edition(change=change, name="servers.json"))
    assert {(c.what, c.is_price) for c in found.figures} == {("price", True), ("power kw", False)}
    assert {c.since for c in found.figures} == {""}


def test_that_changes_read_backwards_are_the_same_with_old_and_new_swapped() -> None:
    shipped, other = load_catalogue(), edition()
    there, back = changes_between(shipped, other), changes_between(other, shipped)
    assert [(c.old, c.new) for c in there.figures] == [(c.new, c.old) for c in back.figures]
