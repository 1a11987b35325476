"""A message bus is used where it runs and never started."""

import sys
from pathlib import Path

import pytest

from desktop.app.message_bus import ADDRESS, NONE, use_only_a_running_bus

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a matter of Linux")


def test_that_a_bus_that_is_stated_is_kept() -> None:
    environment = {ADDRESS: "unix:path=/run/user/7/bus"}
    use_only_a_running_bus(environment)
    assert environment == {ADDRESS: "unix:path=/run/user/7/bus"}


def test_that_a_bus_at_the_usual_place_is_found_by_qt(tmp_path: Path) -> None:
    (tmp_path / "bus").touch()
    environment = {"XDG_RUNTIME_DIR": str(tmp_path)}
    use_only_a_running_bus(environment)
    assert ADDRESS not in environment


@pytest.mark.parametrize("stated", [{}, {ADDRESS: ""}, {"XDG_RUNTIME_DIR": "/nowhere"}])
def test_that_without_a_bus_none_is_looked_for(stated: dict[str, str]) -> None:
    environment = dict(stated)
    use_only_a_running_bus(environment)
    assert environment[ADDRESS] == NONE
