"""Colours that can be read, and options that keep theirs."""

import pytest
from PySide6.QtGui import QPalette

from desktop.theme.contrast import contrast, readable_on
from desktop.theme.option_colours import CATEGORY, OKABE_ITO, OptionColours
from desktop.theme.palette import palette_of
from desktop.theme.stylesheet import stylesheet
from desktop.theme.tokens import DARK, LIGHT, Tokens

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
TEXT_ON = [
    ("text", "window"), ("text", "surface"), ("text", "sunken"), ("text", "accent_soft"),
    ("muted", "window"), ("muted", "surface"), ("muted", "sunken"),
    ("on_accent", "accent"), ("accent", "surface"), ("accent", "window"),
    ("rule_broken", "surface"), ("rule_broken", "window"), ("rule_broken", "rule_broken_soft"),
    ("caution", "surface"), ("caution", "caution_soft"), ("good", "surface"),
    ("text", "rule_broken_soft"),
]  # fmt: skip


def test_that_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_that_text_stands_out_from_its_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@BOTH
def test_that_option_lines_can_be_seen(tokens: Tokens) -> None:
    for colour in OKABE_ITO:
        assert contrast(colour, tokens.surface) >= 2


@pytest.mark.parametrize("colour", CATEGORY.values())
def test_that_amounts_can_be_read_on_their_category(colour: str) -> None:
    assert contrast(readable_on(colour), colour) >= 4.5


@BOTH
def test_that_the_palette_has_the_colours_of_the_tokens(qapp: object, tokens: Tokens) -> None:
    palette = palette_of(tokens)
    assert palette.color(QPalette.ColorRole.Window).name() == tokens.window
    assert palette.color(QPalette.ColorRole.Text).name() == tokens.text
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()
    assert contrast(disabled, tokens.surface) >= 4.5


@BOTH
def test_that_the_style_sheet_leaves_no_placeholder(tokens: Tokens) -> None:
    assert "$" not in stylesheet(tokens)


def test_that_an_option_keeps_its_colour_when_others_come_go_and_move() -> None:
    colours = OptionColours()
    colours.learn(["api", "owned"])
    api, owned = colours.of("api"), colours.of("owned")
    colours.learn(["owned", "rented", "api"])
    assert (colours.of("api"), colours.of("owned")) == (api, owned)
    assert colours.of("rented") not in {api, owned}
    colours.learn(["owned", "rented"])
    colours.learn(["owned", "rented", "new"])
    assert colours.of("new") == api, "a free colour is used again"
