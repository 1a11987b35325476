"""What every test of decisions needs."""

import pytest

from pricing.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Facts as shipped."""
    return load_catalogue()
