"""One colour per option, from the colour-blind-safe set of Okabe and Ito, kept while it lives.

Okabe and Ito, "Color Universal Design" (2008): https://jfly.uni-koeln.de/color/
"""

from collections.abc import Iterable
from typing import Final

OKABE_ITO: Final = (
    "#0072B2",  # blue
    "#E69F00",  # orange
    "#009E73",  # bluish green
    "#CC79A7",  # reddish purple
    "#56B4E9",  # sky blue
    "#D55E00",  # vermillion
    "#8C7A00",  # the set's yellow, darkened: the original vanishes on white
)
CATEGORY: Final = {
    "tokens": "#77AADD",
    "bridge": "#99DDFF",
    "purchase": "#EEDD88",
    "installation": "#D9C27A",
    "network": "#C9B79C",
    "rent": "#44BB99",
    "gateway": "#C3B091",
    "energy": "#FFAABB",
    "facility": "#DDDDDD",
    "maintenance": "#BBCC33",
    "software": "#B8A9DC",
    "people": "#EE8866",
    "setup": "#A9C4B8",
    "other": "#C8CDD4",
    "resale": "#AAAA00",
    "tax": "#8FA3B8",
}
"""Cost categories by code: Paul Tol's "light" set (technical note, 2021) and quiet neighbours of
it; told apart from option colours, dark text stands out on all of them."""
OTHER_CATEGORY: Final = "#BBBBBB"


class OptionColours:
    """Hands every option id a colour and remembers it."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def learn(self, ids: Iterable[str]) -> None:
        """Give each new id the first colour that no present option uses."""
        present = list(ids)
        for name in present:
            if name not in self._index:
                taken = {self._index[other] for other in present if other in self._index}
                free = [i for i in range(len(OKABE_ITO)) if i not in taken]
                self._index[name] = free[0] if free else len(self._index) % len(OKABE_ITO)

    def of(self, option_id: str) -> str:
        """The colour of an option, `#rrggbb`."""
        self.learn((option_id,)) if option_id not in self._index else None
        return OKABE_ITO[self._index[option_id]]

    def forget(self) -> None:
        """Start anew, for another plan."""
        self._index.clear()
