"""From a démarche's challenges to someone to call: team's screens, report, register."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.domain.practice_origins import record_origin
from appreciation.domain.practices import decline_practices, practices_beside, practices_for
from appreciation.domain.publications import publish, withdraw
from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.enums import FindingKind, PublicationLevel
from appreciation.models import PracticeOrigin, PracticeSetAside
from core.errors import DomainError
from tests.factories import AppraisalFactory, MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import ActionFactory, FindingFactory
from tests.factories.places import DimensionFactory, PlaceFactory
from tests.factories.practices import catalogue, issue, practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def dimension():
    return DimensionFactory(name="Entraide et liens sociaux")


@pytest.fixture
def appraisal(lead):
    place = PlaceFactory(population=800)
    appraisal = AppraisalFactory(at_restitution=True, place=place)
    MembershipFactory(appraisal=appraisal, user=lead)
    return appraisal


@pytest.fixture
def challenged(appraisal, dimension):
    FindingFactory(
        appraisal=appraisal,
        kind=FindingKind.CHALLENGE,
        dimension=dimension,
        text="On ne se connaît plus",
    )
    return appraisal


def sheet_for(dimension, **values):
    sheet = practice(**values)
    sheet.dimensions = [dimension]
    sheet.save()
    return sheet


def titles(found):
    return [each.title for each in found]


def test_a_challenge_leads_to_someone_to_call(challenged, dimension, as_lead):
    sheet = sheet_for(
        dimension,
        title="La fête des voisins",
        milieu_kind="village",
        milieu_size="under_2000",
        holder_name="Maison des familles fictive",
        contact_phone="819 555-0142",
        contact_hint="la coordination",
    )
    sheet_for(DimensionFactory(), title="Autre chose")
    response = as_lead.get(reverse("space:practices", args=[challenged.reference]))
    (card,) = BeautifulSoup(response.text, "html.parser").select(".suggestion")
    said = card.get_text(" ", strip=True).replace("\xa0", " ")
    assert card.select_one("h3 a")["href"] == sheet.url
    assert "On ne se connaît plus" in said
    assert "Elle touche la même dimension que votre défi : Entraide et liens sociaux." in said
    assert "dans un village ou un milieu rural, comme chez vous." in said
    assert "Maison des familles fictive, la coordination" in said
    assert card.select_one("a[href^='tel:']")["href"] == "tel:8195550142"
    assert sheet.contact_email not in response.text


def test_only_live_public_sheets_are_suggested(challenged, dimension):
    hidden = sheet_for(dimension, title="Retirée")
    hidden.unpublish()
    restricted = sheet_for(dimension, title="Réservée")
    restricted.view_restrictions.create(restriction_type="login")
    sheet_for(dimension, title="Fictive", is_demo=True)
    shown = sheet_for(dimension, title="En ligne")
    assert titles(practices_for(challenged)) == ["En ligne"]
    shown.unpublish()
    assert practices_for(challenged) == ()


def test_a_fictitious_community_is_given_fictitious_sheets_too(challenged, dimension):
    sheet_for(dimension, title="Fictive", is_demo=True)
    challenged.is_demo = True
    assert titles(practices_for(challenged)) == ["Fictive"]


def test_set_aside_the_next_one_takes_its_place(challenged, dimension, as_lead):
    sheets = [sheet_for(dimension, title=f"Fiche {number}") for number in range(4)]
    assert titles(practices_for(challenged)) == ["Fiche 3", "Fiche 2", "Fiche 1"]
    url = reverse("space:practice_aside", args=[challenged.reference, sheets[3].pk])
    assert as_lead.post(url).status_code == 302
    assert as_lead.post(url).status_code == 302
    assert PracticeSetAside.objects.count() == 1
    assert titles(practices_for(challenged)) == ["Fiche 2", "Fiche 1", "Fiche 0"]


def test_none_suits_and_nothing_is_shown_until_asked_again(challenged, dimension, as_lead):
    sheet = sheet_for(dimension)
    url = reverse("space:practices_declined", args=[challenged.reference])
    as_lead.post(reverse("space:practice_aside", args=[challenged.reference, sheet.pk]))
    page = as_lead.post(url, follow=True).text
    assert "aucune ne convient" in page
    challenged.refresh_from_db()
    assert practices_for(challenged) == ()
    as_lead.post(url, {"proposer": "1"})
    challenged.refresh_from_db()
    assert titles(practices_for(challenged)) == [sheet.title]


def test_whoever_is_not_of_the_team_decides_nothing(challenged):
    with pytest.raises(DomainError, match="équipe d’animation"):
        decline_practices(appraisal=challenged, user=UserFactory())


def test_the_screen_says_why_it_is_empty(appraisal, dimension, as_lead):
    url = reverse("space:practices", args=[appraisal.reference])
    assert "Aucun défi n’est encore inscrit" in as_lead.get(url).text
    FindingFactory(appraisal=appraisal, kind=FindingKind.CHALLENGE, dimension=dimension)
    assert "Le catalogue n’a pas encore de fiche" in as_lead.get(url).text


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_it_suggests(
    challenged, dimension, rows, django_assert_num_queries
):
    for number in range(rows):
        sheet_for(dimension, title=f"Fiche {number}")
        FindingFactory(appraisal=challenged, kind=FindingKind.CHALLENGE, dimension=dimension)
    practices_for(challenged)
    with django_assert_num_queries(3):
        assert len(practices_for(challenged)) == rows


def test_the_report_carries_them_and_no_snapshot_keeps_them(challenged, dimension):
    sheet_for(dimension, title="La fête des voisins")
    report = assemble_report(challenged)
    assert titles(report.practices) == ["La fête des voisins"]
    stored = report_to_snapshot(report)
    assert "practices" not in stored
    assert report_from_snapshot(stored).practices == ()


@pytest.fixture
def edition(lead, dimension):
    catalogue()
    appraisal = adopted_appraisal(lead=lead)
    FindingFactory(
        appraisal=appraisal, kind=FindingKind.CHALLENGE, dimension=dimension, text="Défi publié"
    )
    return publish(appraisal=appraisal, level=PublicationLevel.SUMMARY, user=lead, issues=[issue()])


def test_the_register_shows_live_sheets_and_a_withdrawn_one_vanishes(edition, dimension, client):
    sheet = sheet_for(dimension, title="La fête des voisins", issues=[issue("loisir", "Loisir")])
    url = f"/demarches/{edition.slug}/"
    page = client.get(url).text
    assert "La fête des voisins" in page
    assert "Défi publié" in page
    sheet.unpublish()
    assert "La fête des voisins" not in client.get(url).text


def test_the_register_goes_by_what_was_published_only(edition, dimension):
    later = DimensionFactory(name="Vision")
    sheet_for(later, title="Pour plus tard", issues=[issue("loisir", "Loisir")])
    FindingFactory(appraisal=edition.appraisal, kind=FindingKind.CHALLENGE, dimension=later)
    report = report_from_snapshot(edition.snapshot["report"])
    assert practices_beside(edition, report).suggested == ()
    assert titles(practices_for(edition.appraisal)) == ["Pour plus tard"]


def test_an_issue_of_the_edition_leads_to_a_sheet_too(edition):
    sheet = practice(title="Navette", issues=[issue()])
    report = report_from_snapshot(edition.snapshot["report"])
    (found,) = practices_beside(edition, report).suggested
    assert found.title == sheet.title
    assert found.challenge == ""
    assert "Transport collectif" in found.reasons[0]
    assert titles(practices_for(edition.appraisal)) == ["Navette"]


def origin_url(edition):
    return reverse("space:practices", args=[edition.appraisal.reference])


def test_sheet_and_entry_cite_each_other_while_both_are_public(edition, client, as_lead):
    sheet = practice(title="La navette", issues=[issue("loisir", "Loisir")])
    challenge = edition.appraisal.findings.get(kind=FindingKind.CHALLENGE)
    sent = {"address": f"http://testserver{sheet.url}", "born_of": f"constat-{challenge.pk}"}
    for _ in range(2):
        assert as_lead.post(origin_url(edition), sent).status_code == 302
    assert PracticeOrigin.objects.count() == 1
    entry_url = f"/demarches/{edition.slug}/"
    assert f'href="{sheet.url}"' in client.get(entry_url).text
    assert f'href="{entry_url}"' in client.get(sheet.url).text
    withdraw(appraisal=edition.appraisal, user=edition.published_by, reason="Erreur")
    assert entry_url not in client.get(sheet.url).text


def test_an_entry_names_no_sheet_that_left(edition, client, as_lead):
    sheet = practice(title="La navette", issues=[issue("loisir", "Loisir")])
    action = ActionFactory(appraisal=edition.appraisal)
    as_lead.post(origin_url(edition), {"address": sheet.slug, "born_of": f"action-{action.pk}"})
    assert "La navette" in client.get(f"/demarches/{edition.slug}/").text
    sheet.unpublish()
    assert "La navette" not in client.get(f"/demarches/{edition.slug}/").text


@pytest.mark.parametrize(
    ("address", "born_of", "said"),
    [
        ("/pratiques/nulle-part/", "constat", "Aucune fiche en ligne n’a cette adresse"),
        ("", "constat", "Copiez ici l’adresse de la fiche"),
        ("navette", "constat-999999", "n’est plus là"),
        ("navette", "", "Choisissez un constat ou une action"),
    ],
)
def test_a_wrong_origin_is_refused_by_its_field(edition, as_lead, address, born_of, said):
    challenge = edition.appraisal.findings.get(kind=FindingKind.CHALLENGE)
    sent = f"constat-{challenge.pk}" if born_of == "constat" else born_of
    response = as_lead.post(origin_url(edition), {"address": address, "born_of": sent})
    assert response.status_code == 422
    assert said in response.text
    assert PracticeOrigin.objects.count() == 0


def test_nothing_is_born_of_somebody_else_s_finding(edition, lead):
    other = FindingFactory(appraisal=AppraisalFactory(), kind=FindingKind.CHALLENGE)
    with pytest.raises(DomainError, match="de cette démarche"):
        record_origin(appraisal=edition.appraisal, user=lead, practice=practice(), finding=other)


def test_a_link_is_taken_back(edition, as_lead):
    finding = edition.appraisal.findings.first()
    origin = PracticeOrigin.objects.create(practice=practice(), finding=finding)
    as_lead.post(reverse("space:origin_removal", args=[edition.appraisal.reference, origin.pk]))
    assert not PracticeOrigin.objects.exists()
