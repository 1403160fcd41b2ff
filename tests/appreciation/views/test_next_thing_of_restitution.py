"""The one big thing while the report is given back, state after state, and where it leads."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.restitution import open_restitution
from appreciation.enums import MeetingState, PublicationLevel
from appreciation.models import Appraisal
from core.typography import fr_date
from tests.appreciation.views.conftest import client_of
from tests.factories.adopted import adopted_appraisal
from tests.factories.corrections import CorrectionFactory


@pytest.fixture
def told(lead):
    """Entry finished, nothing adopted yet."""
    told = adopted_appraisal(lead=lead)
    Appraisal.objects.update(adopted_on=None, adopted_by="")
    return told


@pytest.fixture
def thing(told, lead):
    """`thing()`: its title, its reason, and the last word of the address it opens."""
    client = client_of(lead)

    def look():
        context = client.get(f"/espace/demarches/{told.reference}/").context
        target = context["thing_url"].rstrip("/").rsplit("/", 1)[-1]
        return context["thing"].title, context["thing"].why, target

    return look


def opened(told, lead, *, days_ago=0):
    open_restitution(appraisal=told, user=lead, now=timezone.now() - dt.timedelta(days=days_ago))


def test_first_it_is_given_to_read(thing):
    title, why, target = thing()
    assert (title, target) == ("Donnez le rapport à lire aux gens de la rencontre", "restitution")
    assert "30 jours, sans compte" in why


@pytest.mark.parametrize(
    ("state", "target"), [(MeetingState.CLOSED, "feuilles"), (MeetingState.OPEN, "")]
)
def test_entry_is_finished_before_anybody_reads(told, thing, state, target):
    told.meetings.update(state=state, entry_done_at=None)
    title, _, where = thing()
    expected = "Terminez la saisie des feuilles" if target else "La rencontre est ouverte"
    assert title == expected
    assert where == (target or told.meetings.get().reference)


def test_while_it_is_read_the_adoption_is_written_down(told, lead, thing):
    opened(told, lead)
    last_day = fr_date(timezone.localdate() + dt.timedelta(days=30))
    title, why, target = thing()
    assert (title, target) == ("Faites adopter le rapport", "adoption")
    assert f"Les gens le lisent jusqu’au {last_day} inclus." in why


def test_corrections_come_first_even_once_adopted(told, lead, thing):
    opened(told, lead)
    CorrectionFactory(appraisal=told)
    assert thing()[::2] == ("Répondez aux corrections reçues", "corrections")
    Appraisal.objects.update(adopted_on=timezone.localdate(), adopted_by="le comité")
    assert thing()[::2] == ("Répondez aux corrections reçues", "corrections")


def test_once_over_it_is_adopted(told, lead, thing):
    opened(told, lead, days_ago=40)
    title, why, target = thing()
    assert (title, target) == ("Faites adopter le rapport", "adoption")
    assert why.startswith("Les gens l’ont lu.")


def test_a_private_one_is_told_aloud(told, thing):
    Appraisal.objects.update(announced_level=PublicationLevel.PRIVATE)
    title, why, target = thing()
    assert (title, target) == ("Faites adopter le rapport", "adoption")
    assert why.startswith("Il ne se lit pas en ligne")


def test_adopted_the_step_ends(told, lead, thing):
    opened(told, lead)
    Appraisal.objects.update(adopted_on=timezone.localdate(), adopted_by="le comité")
    title, why, target = thing()
    assert (title, target) == ("Terminez la restitution", "restituer")
    assert why == "Le rapport est adopté par le comité."
