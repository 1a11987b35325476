"""Which figure of the ledger a person means."""

from collections.abc import Iterator

from pricing.cli.failure import Failure
from pricing.cli.texts import _
from pricing.evaluation import Evaluation, OptionBill
from pricing.ledger import Input, LedgerError, Line

SUM = ".category."
"""Part of the keys of sums over a category: meant less often than the line of that name."""
AT_MOST = 12
"""Candidates listed in an error."""


def figure_meant(evaluation: Evaluation, text: str) -> Input | Line:
    """The figure of a key, of the end of a key, or of a label.

    "option.owned.energy" is a key; "owned.energy" and, where no other key ends so, "energy" stand
    for it. "owned" is the total of that option, "owned.cash" its figure of that name in --json.

    Raises:
        Failure: if no figure or several are meant; the sentence names candidates.
    """
    ledger = evaluation.ledger
    every: list[Input | Line] = [*ledger.inputs, *ledger.lines]
    figures = {figure.key: figure for figure in every}
    for key in (text, f"option.{text}", *_of_option(evaluation, text)):
        if key in figures:
            return figures[key]
    wanted = text.casefold().strip()
    for matches in (
        [item for item in every if item.key.endswith(f".{wanted}") and SUM not in item.key],
        [item for item in every if item.key.endswith(f".{wanted}")],
        [item for item in every if item.label.casefold() == wanted],
        [item for item in every if wanted and wanted in item.label.casefold()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise Failure(_several(text, matches))
    try:
        return ledger.find(text)
    except LedgerError as error:
        hint = _("reckoner explain PLAN --list shows all keys, --list TEXT those with a text")
        sentence = str(error)
        raise Failure(f"{sentence[:1].upper()}{sentence[1:]}. {hint}.") from None


def listed(evaluation: Evaluation, text: str) -> Iterator[tuple[str, list[Input | Line]]]:
    """The sections with the figures whose key, label or unit holds every word of a text."""
    words = text.casefold().split()
    for section in evaluation.ledger.sections:
        every: list[Input | Line] = [*section.inputs, *section.lines]
        found = [
            item
            for item in every
            if all(
                word in f"{section.title} {item.key} {item.label} {item.unit}".casefold()
                for word in words
            )
        ]
        if found:
            yield section.title, found


def _of_option(evaluation: Evaluation, text: str) -> Iterator[str]:
    for bill in evaluation.bills:
        if text == bill.id:
            yield bill.tco.key
        elif text.startswith(f"{bill.id}."):
            yield from _of_bill(bill, text.removeprefix(f"{bill.id}."))


def _of_bill(bill: OptionBill, name: str) -> Iterator[str]:
    named = {
        "tco": bill.tco,
        "npv": bill.npv,
        "per_request": bill.per_request,
        "per_million_tokens": bill.per_million_tokens,
        "peak_cash": bill.peak_cash,
        "mean_utilisation": bill.mean_utilisation,
        "cash": bill.cash,
        "one_off": bill.one_off,
        "cumulative": bill.cumulative,
        "unserved": bill.unserved,
        "utilisation": bill.utilisation,
        "servers": bill.servers,
        **bill.categories,
    }
    found = named.get(name)
    if found is not None:
        yield found.key


def _several(text: str, matches: list[Input | Line]) -> str:
    rows = [f"- {item.key}: {item.label}" for item in matches[:AT_MOST]]
    if len(matches) > AT_MOST:
        rows.append(_("- and {count} more").format(count=len(matches) - AT_MOST))
    heading = _("{text!r} can mean {count} figures; name one by its key:")
    return "\n".join([heading.format(text=text, count=len(matches)), *rows])
