"""From the header of a log to a column mapping, or to a sentence that says what is missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from pricing.workload.errors import WorkloadError
from pricing.workload.exports import EXPORTS, KnownExport
from pricing.workload.mapping import ColumnMapping, Meaning

REQUIRED: tuple[Meaning, ...] = ("timestamp", "input_tokens", "output_tokens")
"""What a log must have before anything can be said about it."""

SYNONYMS: dict[Meaning, tuple[tuple[str, ...], ...]] = {
    "timestamp": (
        ("timestamp", "ts", "datetime", "requesttimestamp", "eventtime"),
        ("starttime", "startedat", "requestcreatedat", "requesttime"),
        ("time", "createdat", "created", "date", "day", "usagedate"),
    ),
    "input_tokens": (
        ("inputtokens", "prompttokens", "contexttokens"),
        ("tokensprompt", "tokensinput", "tokensin", "promptlength", "inputlength"),
        ("inputtokencount", "prompttokencount", "inputtokenscount", "isl"),
    ),
    "output_tokens": (
        ("outputtokens", "completiontokens", "generatedtokens"),
        ("tokenscompletion", "tokensoutput", "tokensout", "outputlength", "completionlength"),
        ("outputtokencount", "candidatestokencount", "outputtokenscount", "osl"),
    ),
    "cached_tokens": (
        ("cachedtokens", "inputcachedtokens", "cachedinputtokens", "promptcachedtokens"),
        ("cachedprompttokens", "nativetokenscached", "cachedcontenttokencount"),
    ),
    "requests": (
        ("requests", "requestcount", "nummodelrequests", "numrequests", "nrequests"),
        ("apirequests", "calls", "callcount"),
    ),
    "label": (
        ("model", "modelname", "providedmodelname", "modelid", "deployment"),
        ("label", "feature", "application", "app", "usecase"),
    ),
}
"""Names by meaning, most telling first, compared without case, dots, dashes and underscores."""

EXTRA_INPUT = ("cachereadinputtokens", "cachecreationinputtokens")
"""Anthropic counts these beside input_tokens, so they are added to it."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a header says about a log."""

    columns: tuple[str, ...]
    export: str | None = None
    """Name of the known export; none where the columns were matched by their names alone."""
    mapping: ColumnMapping | None = None
    """The mapping, where nothing is missing or ambiguous."""
    label_column: str | None = None
    """Column that a split "by model" uses, where there is one."""
    ambiguous: Mapping[Meaning, tuple[str, ...]] = field(default_factory=dict)
    """Meanings with several equally good columns."""
    missing: tuple[Meaning, ...] = ()
    """Required meanings without a column."""
    suggestions: Mapping[Meaning, tuple[str, ...]] = field(default_factory=dict)
    """Columns of similar name for what is missing."""
    why_not: str = ""
    """Why this export cannot become a workload, where it cannot."""

    def needed(self) -> ColumnMapping:
        """The mapping.

        Raises:
            WorkloadError: something is missing or ambiguous; the sentence says how to map by hand.
        """
        if self.mapping is not None:
            return self.mapping
        if self.why_not:
            raise WorkloadError(f"This is the {self.export}: {self.why_not}.")
        problems = [f"no column for {name}{self._hint(name)}" for name in self.missing]
        problems += [f"{', '.join(c)} could each be {name}" for name, c in self.ambiguous.items()]
        found = ", ".join(self.columns[:30]) + (" ..." if len(self.columns) > 30 else "")
        raise WorkloadError(
            f"The columns could not be recognised: {'; '.join(problems)}. "
            f"Found: {found or 'none'}. Map them by hand, for example timestamp = the column "
            "with the time, input_tokens = the column with the prompt's tokens."
        )

    def _hint(self, name: Meaning) -> str:
        similar = self.suggestions.get(name, ())
        return f" (perhaps {' or '.join(similar)})" if similar else ""


def recognise(header: Iterable[str]) -> Recognition:
    """Recognises an export by its columns (dotted paths for nested JSON), else by their names."""
    columns = tuple(dict.fromkeys(name for name in header if name))
    for export in EXPORTS:
        if all(_has(columns, name) for name in export.signature):
            return _of_export(export, columns)
    return _by_names(columns)


def _has(columns: Sequence[str], name: str) -> bool:
    return any(column == name or column.startswith(name + ".") for column in columns)


def _of_export(export: KnownExport, columns: tuple[str, ...]) -> Recognition:
    if export.mapping is None:
        return Recognition(columns, export=export.name, why_not=export.why_not)
    cached = export.mapping.cached_tokens
    if not any("*" in name for name in cached):
        cached = tuple(name for name in cached if _has(columns, name))[:1]
    label = export.label if export.label and _has(columns, export.label) else None
    return Recognition(
        columns,
        export=export.name,
        mapping=export.mapping.model_copy(update={"cached_tokens": cached}),
        label_column=label,
    )


def _by_names(columns: tuple[str, ...]) -> Recognition:
    candidates = {meaning: _candidates(meaning, columns) for meaning in SYNONYMS}
    ambiguous = {
        meaning: found
        for meaning, found in candidates.items()
        if len(found) > 1 and meaning not in {"label", "cached_tokens"}
    }
    missing = tuple(meaning for meaning in REQUIRED if not candidates[meaning])
    label = candidates["label"][0] if candidates["label"] else None
    if missing or ambiguous:
        taken = {name for found in candidates.values() for name in found}
        free = tuple(name for name in columns if name not in taken)
        suggestions = {
            meaning: tuple(found) for meaning in missing if (found := _similar(meaning, free))
        }
        return Recognition(
            columns,
            label_column=label,
            ambiguous=ambiguous,
            missing=missing,
            suggestions=suggestions,
        )
    extra = tuple(name for name in columns if _plain(_last(name)) in EXTRA_INPUT)
    read = tuple(name for name in extra if _plain(_last(name)) == EXTRA_INPUT[0])
    mapping = ColumnMapping(
        timestamp=candidates["timestamp"][0],
        input_tokens=(candidates["input_tokens"][0], *extra),
        output_tokens=candidates["output_tokens"],
        cached_tokens=candidates["cached_tokens"][:1] or read,
        requests=candidates["requests"][0] if candidates["requests"] else None,
    )
    return Recognition(columns, mapping=mapping, label_column=label)


def _candidates(meaning: Meaning, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns of the first rank that has any; a whole path beats the last part of one."""
    for rank in SYNONYMS[meaning]:
        whole = tuple(name for name in columns if _plain(name) in rank)
        found = whole or tuple(name for name in columns if _plain(_last(name)) in rank)
        if found:
            return found
    return ()


def _similar(meaning: Meaning, columns: tuple[str, ...]) -> list[str]:
    plain = {_plain(name): name for name in columns}
    close: dict[str, None] = {}
    for rank in SYNONYMS[meaning]:
        for word in rank:
            close.update(dict.fromkeys(get_close_matches(word, plain, n=2, cutoff=0.7)))
    return [plain[name] for name in close][:3]


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
