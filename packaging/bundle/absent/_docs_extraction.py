"""Stands in for pydantic's reader of docstrings in the bundle, which holds no source to read.

What the reader finds in the source was written into `field_docstrings` when the bundle was made; it
is the same text, and there a start does not spend its time on parsing. See docstrings.py.
"""

from field_docstrings import DOCSTRINGS


def extract_docstrings_from_cls(cls: type, use_inspect: bool = False) -> dict[str, str]:
    """The docstrings of the fields of a class, by field; none for a class that is not ours."""
    return dict(DOCSTRINGS.get(f"{cls.__module__}.{cls.__qualname__}", {}))
