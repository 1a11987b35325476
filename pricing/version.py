"""The version of Reckoner: the one place it is written; pyproject.toml reads it from here.

A module and no metadata of an installed package, so that a checkout and a frozen binary know it
alike.
"""

from typing import Final

VERSION: Final = "0.1.0"
"""As in the topmost heading of CHANGELOG.md."""
NAME_AND_VERSION: Final = f"Reckoner {VERSION}"
"""What files and dialogs are signed with."""
