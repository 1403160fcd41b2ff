"""« Inscrire une démarche d’avant »: five fields and a PDF, by the coordination only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from appreciation.models import Appraisal, Publication
from tests.factories import (
    AppraisalFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.places import DimensionFactory
from tests.factories.register import PDF, publish_historical
from tests.factories.starter_site import ensure_site_pages

URL = "/espace/registre/historique/"


@pytest.fixture
def territory():
    ensure_site_pages()
    return PlaceFactory(territory=True, name="Territoire-Test")


@pytest.fixture
def place(territory):
    return PlaceFactory(name="Rivière-Exemple", parent=territory)


@pytest.fixture
def coordinator(client, territory):
    user = UserFactory()
    RoleAssignmentFactory(user=user, place=territory)
    client.force_login(user)
    return user


def form(where, **changes):
    return {
        "place": where.pk,
        "year": 2012,
        "title": "Portrait et vision",
        "requested_by": "Comité du quai",
        "summary": "On s’entend sur l’entraide.",
        "report": SimpleUploadedFile("rapport.pdf", PDF),
    } | changes


def test_the_coordinator_enters_it_and_everyone_reads_it(client, coordinator, place):
    response = client.post(URL, form(place), follow=True)
    assert "Rivière-Exemple, 2012\xa0» est au registre." in response.text
    assert "C’est une démarche d’avant ce site." in response.text
    assert "Retirer du registre" in response.text
    assert "Inscrire l’adoption" not in response.text
    client.logout()
    text = client.get("/demarches/riviere-exemple-2012/").text
    assert "Historique, non comparable" in text
    assert "Comité du quai" in text


def test_a_double_click_makes_one_edition(client, coordinator, place):
    client.post(URL, form(place))
    response = client.post(URL, form(place), follow=True)
    assert "y était déjà, telle quelle" in response.text
    assert Publication.objects.count() == 1


def test_she_withdraws_it_and_its_pdf(client, coordinator, place):
    client.post(URL, form(place))
    edition = Publication.objects.get()
    withdrawal = reverse("space:withdrawal", args=[edition.appraisal.reference])
    assert client.post(withdrawal, {"reason": "Erreur de lieu"}).status_code == 302
    client.logout()
    assert client.get("/demarches/riviere-exemple-2012/").status_code == 410
    assert client.get(edition.document.url).status_code in (302, 404)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "Choisissez la communauté."),
        ({"year": "jadis"}, "Écrivez une année comme 2014."),
        ({"year": 1890}, "L’année est 1990 ou après."),
        ({"year": 2999}, "L’année va de 1990 à"),
        ({"title": ""}, "Donnez un titre."),
        ({"summary": " "}, "Dites ce qu’on en retient"),
        ({"report": ""}, "Joignez le rapport en PDF."),
        ({"report": SimpleUploadedFile("r.pdf", b"")}, "Ce fichier est vide"),
        ({"report": SimpleUploadedFile("r.pdf", b"<html>")}, "n’est pas un PDF"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client, coordinator, place, changes, words
):
    response = client.post(URL, form(place, **changes))
    assert response.status_code == 200
    assert words in response.text
    assert 'value="Comité du quai"' in response.text
    assert not Appraisal.objects.exists()


def test_only_her_places_are_offered_and_taken(client, coordinator, place):
    elsewhere = PlaceFactory(name="Lac-Voisin", parent=PlaceFactory(territory=True))
    council = PlaceFactory(
        name="Communauté-Test", parent=place.parent, kind="first_nation_community"
    )
    text = client.get(URL).text
    assert "Rivière-Exemple" in text
    assert "Lac-Voisin" not in text
    assert "Communauté-Test" not in text
    for refused in (elsewhere, council):
        assert "Choisissez une communauté de la liste." in client.post(URL, form(refused)).text
    assert not Appraisal.objects.exists()


def test_facilitators_find_nothing_and_their_list_has_no_link(client, lead, place):
    MembershipFactory(user=lead, appraisal__place=place)
    client.force_login(lead)
    assert client.get(URL).status_code == 404
    assert client.post(URL, form(place)).status_code == 404
    assert URL not in client.get("/espace/").text


def test_the_coordinators_list_links_to_it(client, coordinator, place):
    assert URL in client.get("/espace/").text


def test_anonymous_signs_in_first_and_other_verbs_are_refused(client, territory, place):
    assert client.get(URL).url.startswith("/comptes/")
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    assert client.put(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_same_queries_whatever_the_number_of_places(
    client, coordinator, place, count, django_assert_num_queries
):
    for number in range(count):
        PlaceFactory(name=f"Lieu {number}", parent=place.parent)
    client.get(URL)
    with django_assert_num_queries(6):
        client.get(URL)


def lines(*findings, lessons="", replaces=1):
    sent = {"constat-TOTAL_FORMS": len(findings) + 2, "constat-INITIAL_FORMS": 0}
    for at, (kind, text, dimension) in enumerate([*findings, ("strength", "", "")]):
        sent |= {
            f"constat-{at}-kind": kind,
            f"constat-{at}-text": text,
            f"constat-{at}-dimension": dimension,
        }
    sent[f"constat-{len(findings) + 1}-kind"] = "strength"
    return sent | {"lessons": lessons, "replaces": replaces}


def words_address(edition) -> str:
    return reverse("space:historical_words", args=[edition.appraisal.reference])


def test_she_types_what_the_report_says_and_everyone_reads_it(client, coordinator, place):
    aid = DimensionFactory(name="Entraide")
    page = client.post(URL, form(place), follow=True)
    edition = Publication.objects.get()
    address = words_address(edition)
    assert f'href="{address}"' in page.text
    assert "Constat 6" in client.get(address).text
    sent = lines(
        ("strength", "On se prête <des> outils", aid.pk),
        ("action_lead", "Un jardin au quai", ""),
        lessons="Commencer plus tôt.",
    )
    assert "L’édition 2 se lit au registre." in client.post(address, sent, follow=True).text
    again = client.get(address).text
    assert "On se prête &lt;des&gt; outils</textarea>" in again
    assert "Rien à changer." in client.post(address, sent | {"replaces": 2}, follow=True).text
    client.logout()
    text = client.get("/demarches/riviere-exemple-2012/").text
    assert "Ce que le rapport en dit" in text
    assert 'On se prête &lt;des&gt; outils <span class="soft">Entraide</span>' in text
    assert "Un jardin au quai" in text
    assert "Commencer plus tôt." in text
    assert "Historique, non comparable." in text
    assert "Une force" not in text
    found = client.get("/demarches/", {"dimension": aid.code, "q": "jardins"}).text
    assert "Rivière-Exemple, 2012" in found


def test_two_people_at_once_do_not_erase_each_other(client, coordinator, place):
    client.post(URL, form(place))
    address = words_address(Publication.objects.get())
    client.post(address, lines(("strength", "Le quai", "")))
    late = client.post(address, lines(("strength", "Le moulin", "")))
    assert "Quelqu’un vient d’écrire ici." in late.text
    assert "Le moulin</textarea>" in late.text
    assert Publication.objects.count() == 2


@pytest.mark.parametrize("changes", [{"constat-0-kind": "note"}, {"replaces": ""}])
def test_nonsense_is_refused_kindly(client, coordinator, place, changes):
    client.post(URL, form(place))
    sent = lines(("strength", "Le quai", "")) | changes
    assert client.post(words_address(Publication.objects.get()), sent).status_code == 200
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 9])
def test_the_lines_take_as_many_queries_for_one_and_many(
    client, coordinator, place, rows, django_assert_num_queries
):
    client.post(URL, form(place))
    address = words_address(Publication.objects.get())
    client.post(address, lines(*(("strength", f"Force {at}", "") for at in range(rows))))
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)


def test_only_for_a_past_demarche_of_her_places(client, coordinator, territory):
    ours = AppraisalFactory(place=PlaceFactory(parent=territory))
    address = reverse("space:historical_words", args=[ours.reference])
    assert client.get(address).status_code == 404
    theirs = publish_historical(place=PlaceFactory(parent=PlaceFactory(territory=True)))
    assert client.get(words_address(theirs)).status_code == 404
    assert client.post(words_address(theirs), lines()).status_code == 404
