"""The session's message bus: used where one runs, never started.

Qt asks it for screen readers, the desktop's dialogs and input methods. Where none runs, the library
it asks would look for a program that starts one; an offline tool has no business doing that.
"""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

ADDRESS: Final = "DBUS_SESSION_BUS_ADDRESS"
NONE: Final = "disabled:"
"""An address that leads nowhere, as the D-Bus specification defines it."""


def use_only_a_running_bus(environment: MutableMapping[str, str] = os.environ) -> None:
    """Say that there is no bus where neither the environment nor the usual place has one."""
    if not sys.platform.startswith("linux") or environment.get(ADDRESS):
        return
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if not runtime or not (Path(runtime) / "bus").exists():
        environment[ADDRESS] = NONE
