"""pydantic imports its modules when their names are asked for; all but those for other tools."""

from PyInstaller.utils.hooks import collect_submodules

NOT_FOR_PROGRAMS = (
    "pydantic.v1",
    "pydantic.mypy",
    "pydantic._internal._git",
    "pydantic.experimental",
)

hiddenimports = collect_submodules(
    "pydantic", filter=lambda name: not name.startswith(NOT_FOR_PROGRAMS)
)
