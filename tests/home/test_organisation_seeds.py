"""Pages of places come once the places are there."""

from home.domain.organisation_pages import ensure_organisation_pages
from home.models import TerritoryPage
from tests.factories.organisation import six_territories
from tests.factories.starter_site import ensure_site_pages


def test_places_that_are_not_there_yet_get_their_page_later():
    ensure_site_pages()
    ensure_organisation_pages()
    assert TerritoryPage.objects.count() == 0
    six_territories()
    made = ensure_organisation_pages()
    assert [page.slug for page in made] == [
        "la-tuque", "mekinac", "des-chenaux", "trois-rivieres", "maskinonge", "shawinigan",
    ]  # fmt: skip
