"""The look of the workbook: colours with a meaning, and the few styles that use them."""

from dataclasses import dataclass, field

Property = str | int | float
"""Value of a property of a cell format."""

FONT = "Arial"

NAVY = "#1F3A5F"
GREY = "#5F6B7A"
RULE = "#B8C2CC"
BAND = "#EEF2F6"

INPUT_BLUE = "#0000FF"
INPUT_FILL = "#FFFBE0"
DECIDED_FILL = "#E3E9FB"
LINK_GREEN = "#00703C"
GOOD = "#00703C"
BAD = "#B00020"
AMBER = "#8A5A00"

OPTION_COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00",
)  # fmt: skip
"""Okabe and Ito's colour-blind-safe set (https://jfly.uni-koeln.de/color/), yellow darkened."""

CATEGORY_COLOURS = (
    "#77AADD", "#EE8866", "#44BB99", "#EEDD88", "#FFAABB", "#AAAA00", "#99DDFF", "#BBBBBB",
    "#BBCC33", "#332288", "#CC6677", "#117733", "#882255", "#999933", "#44AA99",
)  # fmt: skip
"""Paul Tol's light and muted sets (technical note on colour schemes, 2021), for categories."""


@dataclass(frozen=True)
class Style:
    """Properties of a cell format."""

    properties: dict[str, Property] = field(default_factory=dict)

    is_input: bool = False
    """Whether it belongs to the named style "Input"."""

    def but(self, **changes: Property) -> "Style":
        """The same style with other properties."""
        return Style({**self.properties, **changes}, self.is_input)


BODY = Style({"valign": "vcenter"})
WRAPPED = Style({"valign": "top", "text_wrap": True})
TITLE = Style({"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"})
SUBTITLE = Style({"font_color": GREY, "valign": "vcenter"})
SECTION = Style(
    {"bold": True, "font_size": 11, "font_color": NAVY, "bottom": 1, "bottom_color": RULE}
)
HEADING = Style(
    {
        "bold": True, "font_color": NAVY, "bg_color": BAND, "bottom": 1, "bottom_color": RULE,
        "valign": "vcenter",
    }
)  # fmt: skip
BLOCK = Style({"bold": True, "font_color": NAVY, "bottom": 4, "bottom_color": RULE})
KEY_TEXT = Style({"font_size": 7, "font_color": GREY, "valign": "vcenter", "shrink": True})
QUIET = Style({"font_color": GREY, "valign": "vcenter"})
CALCULATED = Style({"font_color": "#000000", "valign": "vcenter"})
LINK = Style({"font_color": LINK_GREEN, "valign": "vcenter"})
TOTAL = Style({"bold": True, "top": 1, "top_color": RULE, "valign": "vcenter"})
INPUT = Style(
    {
        "font_color": INPUT_BLUE, "bg_color": INPUT_FILL, "border": 1, "border_color": RULE,
        "locked": False, "valign": "vcenter",
    },
    is_input=True,
)  # fmt: skip
"""A number that may be changed; the first one written gives the named style its look."""
DECIDED = INPUT.but(bg_color=DECIDED_FILL)
"""An input that somebody chose; the sheets say so in words too."""
STAMP = Style({"font_color": GREY, "italic": True, "valign": "vcenter"})
JUMP = Style({"font_color": NAVY, "underline": 1, "valign": "vcenter"})
NOTICE = Style({"font_color": AMBER, "valign": "vcenter", "text_wrap": True})
"""Worth knowing, and often meant."""
WARNING = Style({"font_color": BAD, "valign": "vcenter", "text_wrap": True})
