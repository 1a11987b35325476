"""Whether the weights of a model sold by the token can be had, told by its name."""

import re
from collections.abc import Iterable

from catalogue_rows import Record, Row, slug

CLOSED = re.compile(
    r"(?:^|[/.])(?:claude|gemini)-|(?:^|[/.])gpt-(?!oss|j|neo)|(?:^|/)o[134](?:-|$)"
)
"""Names of models whose vendors sell access only."""

BEFORE = frozenset(
    (
        "databricks",
        "deepseek",
        "global",
        "google",
        "meta",
        "mistral",
        "openai",
        "qwen",
        "regional",
        "zai",
    )
)
"""Words before a model's name that only say who made it or where it runs."""

AFTER = frozenset(
    (
        "awq",
        "basic",
        "bf",
        "chat",
        "fp",
        "hf",
        "instant",
        "instruct",
        "it",
        "lite",
        "maas",
        "preview",
        "versatile",
    )
)
"""Words after it that only say how it is tuned or stored; another word makes another model."""

BUILD = re.compile(r"-v?\d+:\d+$|[-@]\d{4,}(?:-\d\d)*$|:(?:batch|extended)$")
"""Version, date and tariff at the end of an id."""

STORED = re.compile(r"(?<=\b(?:fp|bf))\d+\b|(?<=fp)\d+$")


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", name.lower())


class OpenWeights:
    """The open models of the table, recognised in names such as meta.llama3-1-70b-instruct."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._known = [(_words(row["model"]), slug(row["model"])) for row in rows]

    def look_up(self, name: str) -> Record:
        """`open_weights` and the id of the open model, where the name leaves no doubt."""
        own_name = name.lower().rpartition("/")[2]
        while BUILD.search(own_name):
            own_name = BUILD.sub("", own_name)
        words = _words(STORED.sub("", own_name))
        for wanted, identifier in self._known:
            for start in range(len(words) - len(wanted) + 1):
                end = start + len(wanted)
                if (
                    words[start:end] == wanted
                    and BEFORE.issuperset(words[:start])
                    and AFTER.issuperset(words[end:])
                ):
                    return {"open_weights": True, "open_model": identifier}
        return {"open_weights": False} if CLOSED.search(name.lower()) else {}
