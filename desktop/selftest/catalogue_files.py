"""A catalogue is written as a file and looked into, as an update of the facts is."""

from desktop.selftest.check import CheckError, Place, require
from desktop.selftest.small_plan import TODAY
from pricing.catalogue import CatalogueFileError, load_catalogue
from pricing.catalogue.importing import look_into
from pricing.catalogue.packed import pack


def catalogue_files(place: Place) -> str:
    """Write the catalogue shipped, verify it whole, and see a damaged one refused."""
    shipped = load_catalogue()
    content = pack(shipped)
    path = place.folder / "catalogue.reckoncat"
    path.write_bytes(content)
    offered = look_into(path, TODAY)
    require(offered.catalogue.id == shipped.id, "the catalogue is another one once it was written")
    damaged = bytearray(content)
    damaged[len(damaged) // 2] ^= 1
    broken = place.folder / "damaged.reckoncat"
    broken.write_bytes(damaged)
    try:
        look_into(broken, TODAY)
    except CatalogueFileError:
        return f"{len(content) / 1e6:.1f} MB written and verified, a damaged one refused"
    raise CheckError("a damaged catalogue file is taken")
