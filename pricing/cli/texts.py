"""The marker of every text a person reads, so that one place can translate them."""


def _(text: str) -> str:
    """The text in the language of the reader: English, until there are translations."""
    return text
