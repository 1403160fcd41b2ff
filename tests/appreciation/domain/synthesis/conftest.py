import pytest

from tests.factories.synthesis_sources import coordinator_of, make_region, territory_of


@pytest.fixture
def region(db):
    return make_region("Mékinac", "Maskinongé")


@pytest.fixture
def user(region):
    return coordinator_of(region)


@pytest.fixture
def mekinac(region):
    return territory_of(region, "Mékinac")


@pytest.fixture
def maskinonge(region):
    return territory_of(region, "Maskinongé")
