"""The organisation's pages: seeded once, gathering by themselves, light, and whole."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import SiteDocument
from home.domain.organisation_pages import ensure_organisation_pages, starter_texts
from home.models import IssuePage, Organisation, ResourcePage, StandardPage, TerritoryPage
from reference.models import Issue
from tests.factories import PlaceFactory
from tests.factories.organisation import news, organisation_site, resource
from tests.factories.practices import practice
from tests.factories.register import publish_entry

ADDRESSES = (
    "/a-propos/",
    "/developpement-social/",
    "/nous-joindre/",
    "/enjeux/",
    "/enjeux/habitation/",
    "/territoires/",
    "/territoires/mekinac/",
    "/ressources/",
    "/ressources/trousse-appreciation/",
    "/nouvelles/",
    "/partenaires/",
)


@pytest.fixture(scope="module", name="site")
def _site(kept_for_the_module):
    return organisation_site()


def test_every_page_answers_with_one_title(site, client):
    for address in ADDRESSES:
        answer = client.get(address)
        assert (answer.status_code, answer.text.count("<h1>")) == (200, 1), address


def test_six_territories_and_five_issues_once(site):
    assert TerritoryPage.objects.count() == 6
    assert IssuePage.objects.count() == 5
    assert ensure_organisation_pages() == []


def test_an_editors_changes_stay_and_a_deleted_resource_does_not_come_back(site):
    page = StandardPage.objects.get(slug="a-propos")
    page.title = "Nous"
    page.save()
    ResourcePage.objects.get(slug="plan-d-action-2014-2017").delete()
    assert ensure_organisation_pages() == []
    page.refresh_from_db()
    assert page.title == "Nous"


def test_texts_keep_the_typography_of_the_house(site):
    [page] = [one for one in starter_texts("pages")["pages"] if one["slug"] == "a-propos"]
    assert "savoir-faire\N{NO-BREAK SPACE}:" in page["blocks"][0]["value"]


def test_no_committee_is_named_that_no_source_names(site):
    named = {page.slug for page in TerritoryPage.objects.exclude(committee_name="")}
    assert named == {"la-tuque", "mekinac", "des-chenaux"}
    sourced = Organisation.objects.exclude(source="").count()
    assert sourced == Organisation.objects.count() == 18


def test_an_issue_gathers_what_speaks_of_it_and_nothing_else(site, client):
    housing = Issue.objects.get(code="housing")
    transport = Issue.objects.get(code="transport")
    for issue, word in ((housing, "toit"), (transport, "navette")):
        practice(title=f"Pratique {word}", issues=[issue])
        resource(title=f"Ressource {word}", issues=[issue])
        news(title=f"Nouvelle {word}", issues=[issue])
    publish_entry(place=PlaceFactory(name="Toitville"), issues=[housing])
    text = client.get("/enjeux/habitation/").text
    for title in ("Pratique toit", "Ressource toit", "Nouvelle toit", "Toitville"):
        assert title in text
    assert "navette</a>" not in text
    assert 'href="/ressources/?enjeu=housing"' in text
    assert 'href="/demarches/?enjeu=housing"' in text


def test_an_issue_shows_the_latest_six_of_each_kind(site, client):
    housing = Issue.objects.get(code="housing")
    for number in range(8):
        news(title=f"Annonce {number}", issues=[housing], published_on=f"2026-03-0{number + 1}")
    text = client.get("/enjeux/habitation/").text
    shown = [number for number in range(8) if f"Annonce {number}" in text]
    assert shown == [2, 3, 4, 5, 6, 7]


def test_drafts_are_gathered_nowhere(site, client):
    housing = Issue.objects.get(code="housing")
    news(title="Pas encore", issues=[housing], live=False)
    assert "Pas encore" not in client.get("/enjeux/habitation/").text
    assert "Pas encore" not in client.get("/nouvelles/").text


def test_a_territory_gathers_what_happens_in_it(site, client):
    village = PlaceFactory(name="Saint-Exemple", parent=site["350"])
    practice(title="Navette d’ici", places=[village])
    news(title="Marché d’ici", places=[village])
    practice(title="Navette d’ailleurs", places=[site["36"]])
    text = client.get("/territoires/mekinac/").text
    assert "Navette d’ici" in text
    assert "Marché d’ici" in text
    assert "Navette d’ailleurs" not in text
    assert "Comité territorial de développement social de Mékinac" in text
    assert 'href="/pratiques/?territoire=350"' in text


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/enjeux/", 9),
        ("/enjeux/habitation/", 11),
        ("/territoires/", 9),
        ("/territoires/mekinac/", 12),
        ("/ressources/", 12),
        ("/nouvelles/", 12),
        ("/partenaires/", 9),
    ],
)
def test_queries_do_not_grow(site, client, rows, address, queries, django_assert_num_queries):
    housing = Issue.objects.get(code="housing")
    for number in range(rows):
        practice(issues=[housing], places=[site["350"]])
        news(issues=[housing], places=[site["350"]])
        resource(issues=[housing])
        publish_entry(place=PlaceFactory(parent=site["350"]), issues=[housing])
        Organisation.objects.create(
            kind="partner", name=f"Organisme {number}", territory=site["350"], issue=housing
        )
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_resources_are_found_by_word_kind_and_issue(site, client):
    transport = Issue.objects.get(code="transport")
    resource(title="Vélos en commun", kind="study", issues=[transport])
    resource(title="Autre chose", kind="guide")

    def found(query: str) -> list[bool]:
        text = client.get(f"/ressources/{query}").text
        return [title in text for title in ("Vélos en commun", "Autre chose")]

    assert found("?q=velo") == [True, False]
    assert found("?genre=study") == [True, False]
    assert found("?enjeu=transport") == [True, False]
    assert found("?q=introuvable") == [False, False]
    assert found("?genre=n’importe&page=1000000000") == [True, True]


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 5000,
        "q=%25_'%22%F0%9F%A5%95",
        "page=0",
        "page=-3",
        "enjeu=" + "x" * 900,
    ],
)
def test_nonsense_in_the_address_breaks_nothing(site, client, query):
    for address in ("/ressources/", "/nouvelles/", "/partenaires/"):
        assert client.get(f"{address}?{query}").status_code == 200


def test_an_unknown_address_is_not_found(site, client):
    assert client.get("/enjeux/inconnu/").status_code == 404
    assert client.get("/enjeux/habitation/encore/").status_code == 404


def test_news_lead_to_their_source(site, client):
    page = news(title="Un marché", issues=[Issue.objects.get(code="food_security")])
    text = client.get(page.url).text
    assert 'href="https://exemple.org/marche" rel="noreferrer"' in text
    assert "Lire chez Journal fictif" in text
    assert "Sécurité alimentaire" in text


def test_a_published_resource_can_be_had(site):
    page = ResourcePage(title="Sans fichier", kind="guide", summary="Rien.", live=True)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == ["url"]
    page.live = False
    page.clean()
    page.document = SiteDocument.objects.create(title="Privé", is_private=True)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == ["document"]


def test_a_territory_is_a_territory(site):
    page = TerritoryPage.objects.get(slug="mekinac")
    page.place = PlaceFactory()
    with pytest.raises(ValidationError):
        page.clean()


def test_the_directory_is_read_by_territory(site, client):
    text = client.get(f"/partenaires/?territoire={site['350'].slug}").text
    assert "CTDSM" in text
    assert "Communagir" not in text
