"""Named colours, sizes and spacings: the only place where the window says what it looks like."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme; every colour is `#rrggbb`."""

    name: str
    window: str
    """Behind everything."""
    surface: str
    """Cards, fields and tables."""
    sunken: str
    """Table headings and the pressed state."""
    border: str
    """The one border colour."""
    text: str
    muted: str
    """Second lines: sources, hints, units."""
    accent: str
    """The one colour for action."""
    on_accent: str
    accent_soft: str
    """Background of what is selected."""
    rule_broken: str
    """Only for what breaks a rule."""
    rule_broken_soft: str
    caution: str
    caution_soft: str
    good: str
    """A saving."""
    grid: str
    """Lines behind a chart."""


LIGHT: Final = Tokens(
    name="light",
    window="#f5f6f8",
    surface="#ffffff",
    sunken="#eceef2",
    border="#d5d9e0",
    text="#1a1e24",
    muted="#57606c",
    accent="#1d5bb8",
    on_accent="#ffffff",
    accent_soft="#dfeafb",
    rule_broken="#b3261e",
    rule_broken_soft="#fdeceb",
    caution="#7d5200",
    caution_soft="#fdf3dc",
    good="#17703f",
    grid="#e4e7ec",
)

DARK: Final = Tokens(
    name="dark",
    window="#15171b",
    surface="#1d2025",
    sunken="#272b32",
    border="#383e48",
    text="#e8eaed",
    muted="#a3abb7",
    accent="#82b1ff",
    on_accent="#0b1a30",
    accent_soft="#243a5c",
    rule_broken="#ff9a91",
    rule_broken_soft="#45211f",
    caution="#f2c464",
    caution_soft="#3d3216",
    good="#74d49d",
    grid="#31363f",
)

GRID: Final = 8
"""Every distance is a multiple of it, in logical pixels."""
RADIUS: Final = 6
"""Corner radius of cards, fields and buttons."""

FINDING_PX: Final = 22
FIGURE_PX: Final = 17
BODY_PX: Final = 13
SOURCE_PX: Final = 11

FONT_FAMILIES: Final = (
    "Inter",
    "Segoe UI",
    "Noto Sans",
    "Noto Sans CJK SC",
    "DejaVu Sans",
)
"""Tried in this order where the system does not name a good one; the fourth writes Chinese."""
