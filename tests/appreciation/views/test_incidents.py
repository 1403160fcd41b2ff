import datetime as dt

from django.utils import timezone

from appreciation.domain.incidents import KEPT, erase_old_incidents, next_old_incident
from appreciation.models import Incident

URL = "/espace/incidents/"
FACTS = {
    "happened_on": "2026-11-02",
    "what": "Une liste papier a été oubliée dans la salle.",
    "who": "Douze personnes invitées",
    "sensitivity": "Noms et téléphones",
    "likely_use": "Faible: retrouvée le lendemain",
    "consequences": "Appels non voulus",
    "measures": "Liste détruite; rappel à l’équipe.",
}


def test_an_incident_is_written_once_and_carried_away(as_coordinator):
    for _ in range(2):
        as_coordinator.post(URL, FACTS)
    one = Incident.objects.get()
    assert (one.happened_on, one.is_serious) == (dt.date(2026, 11, 2), False)
    assert one.written_by is not None
    page = as_coordinator.get(URL).content.decode()
    assert "Une liste papier a été oubliée" in page
    csv = b"".join(as_coordinator.get(URL, {"format": "csv"})).decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("survenu le;ce qui s’est passé;")
    assert "2026-11-02;Une liste papier a été oubliée dans la salle." in csv


def test_a_date_to_come_is_refused_and_nothing_typed_is_lost(as_coordinator):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page = as_coordinator.post(URL, FACTS | {"happened_on": tomorrow.isoformat()})
    assert "Écrivez une date passée." in page.content.decode()
    assert "Douze personnes invitées" in page.content.decode()
    assert not Incident.objects.exists()


def test_the_team_finds_nothing(as_lead):
    assert as_lead.get(URL).status_code == 404
    assert as_lead.post(URL, FACTS).status_code == 404


def test_kept_five_years(as_coordinator):
    as_coordinator.post(URL, FACTS)
    due = next_old_incident()
    assert due - Incident.objects.get().written_at == KEPT
    assert erase_old_incidents(due - dt.timedelta(days=1)) == 0
    assert erase_old_incidents(due + dt.timedelta(days=1)) == 1
