"""What the libraries in the bundle are told before they are imported."""

import sys
from collections.abc import MutableMapping
from pathlib import Path


def keep_caches_apart(environment: MutableMapping[str, str]) -> None:
    """Give matplotlib a folder of Reckoner's own, and the arithmetic library one thread.

    The bundle brings only the fonts it uses, so its list of fonts must not become that of another
    matplotlib of the same person. The library of linear algebra would start a thread for every
    processor, with memory of its own; the matrices here are a dozen rows large.
    """
    environment.setdefault("MPLCONFIGDIR", str(_caches(environment) / "matplotlib"))
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")


def _caches(environment: MutableMapping[str, str]) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Reckoner"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "Reckoner"
    return Path(environment.get("XDG_CACHE_HOME") or home / ".cache") / "Reckoner"
