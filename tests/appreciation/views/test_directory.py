import pytest

from appreciation.models import DirectoryEntry
from tests.appreciation.views.conftest import client_of
from tests.factories import AppraisalFactory, MembershipFactory, PlaceFactory
from tests.factories.directory import DirectoryEntryFactory

LIST = "/espace/repertoire/"
MINE = "/espace/repertoire/ma-fiche/"
LEAVE = "/espace/repertoire/retirer/"
SAID = {"organisation": "Comité", "helps_with": "Inviter les jeunes", "phone": "819 555-0101"}


def test_entered_changed_and_left(appraisal, lead, as_lead, as_neighbour):
    assert as_lead.post(MINE, SAID | {"agrees_to_be_called": "on"}).url == MINE
    entry = DirectoryEntry.objects.get()
    assert (entry.user, entry.shows_email, entry.agrees_to_be_called) == (lead, False, True)
    page = as_neighbour.get(LIST).content.decode()
    assert "Élise Meneuse" in page
    assert "Inviter les jeunes" in page
    assert "tel:8195550101" in page
    assert lead.email not in page
    page = as_lead.get(MINE).content.decode()
    assert "Votre fiche s’efface le" in page
    as_lead.post(LEAVE)
    assert "Élise Meneuse" not in as_neighbour.get(LIST).content.decode()
    assert not DirectoryEntry.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"phone": ""}, "Donnez un téléphone, ou montrez votre courriel"),
        ({"phone": "12"}, "Écrivez un téléphone comme 819 555-0142."),
        ({"organisation": ""}, "Écrivez le nom de votre organisme."),
        ({"helps_with": ""}, "Écrivez une ligne"),
        ({"territory": "999999"}, "Choisissez un territoire de la liste."),
    ],
)
def test_refusals_keep_what_was_typed(appraisal, as_lead, change, words):
    page = as_lead.post(MINE, SAID | change).content.decode()
    assert words in page
    assert ("Inviter les jeunes" in page) == ("helps_with" not in change)
    assert not DirectoryEntry.objects.exists()


@pytest.mark.parametrize("address", [LIST, MINE])
def test_whoever_accompanies_nothing_finds_nothing(as_stranger, as_observer, address):
    for client in (as_stranger, as_observer):
        assert client.get(address).status_code == 404
        assert LIST not in client.get("/espace/").content.decode()


def test_whoever_is_not_in_it_is_on_no_page_of_the_coordination(appraisal, as_lead, as_coordinator):
    as_lead.post(MINE, SAID)
    as_lead.post(LEAVE)
    page = as_coordinator.get(LIST)
    assert not page.context["page"].object_list
    assert "Personne n’est encore inscrit." in page.content.decode()


def test_the_list_is_filtered_by_territory(appraisal, as_lead):
    mekinac = PlaceFactory(territory=True, name="Territoire-Test")
    DirectoryEntryFactory(territory=mekinac)
    DirectoryEntryFactory()
    assert len(as_lead.get(LIST).context["page"]) == 2
    assert len(as_lead.get(LIST, {"territoire": mekinac.pk}).context["page"]) == 1
    other = PlaceFactory(territory=True)
    page = as_lead.get(LIST, {"territoire": other.pk}).content.decode()
    assert "Personne de ce territoire n’est inscrit." in page


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(appraisal, as_lead, count, django_assert_num_queries):
    for _ in range(count):
        theirs = AppraisalFactory(at_restitution=True, instrument=appraisal.instrument)
        user = MembershipFactory(appraisal=theirs).user
        DirectoryEntryFactory(user=user, agrees_to_be_called=True)
    as_lead.get(LIST)
    with django_assert_num_queries(10):
        assert len(as_lead.get(LIST).context["page"]) == count
    url = f"/espace/demarches/{appraisal.reference}/jumelage/"
    as_lead.get(url)
    with django_assert_num_queries(9):
        assert len(as_lead.get(url).context["pairings"]) == count


def test_who_may_be_called_is_shown_with_the_reason(appraisal, as_lead):
    url = f"/espace/demarches/{appraisal.reference}/jumelage/"
    page = as_lead.get(url).content.decode()
    assert "Personne encore, pour une communauté comme celle-ci." in page
    theirs = AppraisalFactory(
        at_restitution=True, instrument=appraisal.instrument, place__name="Village-Caché"
    )
    user = MembershipFactory(appraisal=theirs).user
    DirectoryEntryFactory(user=user, agrees_to_be_called=True, phone="819 555-0199")
    page = as_lead.get(url).content.decode()
    assert str(user) in page
    assert "tel:8195550199" in page
    assert f"même grille ({appraisal.instrument.name}), rencontre déjà tenue." in page
    assert "Village-Caché" not in page
    assert url in as_lead.get(f"/espace/demarches/{appraisal.reference}/").content.decode()
    asking = as_lead.get(f"/espace/aide/nouvelle/?depuis=/espace/demarches/{appraisal.reference}/")
    assert url in asking.content.decode()


def test_an_observer_is_not_led_to_who_may_be_called(appraisal, as_observer):
    assert as_observer.get(f"/espace/demarches/{appraisal.reference}/jumelage/").status_code == 404
    asking = as_observer.get(
        f"/espace/aide/nouvelle/?depuis=/espace/demarches/{appraisal.reference}/"
    )
    assert "jumelage" not in asking.content.decode()
    assert (
        client_of(MembershipFactory().user)
        .get(f"/espace/demarches/{appraisal.reference}/jumelage/")
        .status_code
        == 404
    )
