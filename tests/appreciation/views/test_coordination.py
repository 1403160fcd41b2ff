import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from appreciation.domain.help import open_help_request, write_help_message
from appreciation.enums import Phase
from appreciation.models import CheckIn, FrequentQuestion
from background.models import OutgoingMail
from background.outbox import queue_mail
from cms.models import SiteSettings
from core.typography import fr_date
from tests.appreciation.views.conftest import client_of
from tests.factories import AppraisalFactory, PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.outcomes import ActionFactory

URL = "/espace/coordination/"
OUTBOX = "/espace/courriels/"


@pytest.fixture
def territory():
    return PlaceFactory(territory=True, name="Territoire-Test")


@pytest.fixture
def coordinator(territory):
    return RoleAssignmentFactory(place=territory).user


def in_territory(territory, **options):
    return AppraisalFactory(place=PlaceFactory(parent=territory), **options)


def test_the_pipeline_counts_by_phase_and_territory_what_she_coordinates(territory, coordinator):
    in_territory(territory)
    in_territory(territory)
    in_territory(territory, at_meeting=True)
    in_territory(territory, state="cancelled")
    AppraisalFactory()
    (row,) = client_of(coordinator).get(URL).context["pipeline"]
    assert (row.territory, row.total) == ("Territoire-Test", 3)
    assert dict(zip(Phase, row.counts, strict=True))[Phase.FRAMING] == 2
    assert dict(zip(Phase, row.counts, strict=True))[Phase.MEETING] == 1


def test_what_lacks_after_the_meeting_is_told(territory, coordinator):
    without = in_territory(territory, at_restitution=True)
    done = in_territory(
        territory,
        at_restitution=True,
        phase=Phase.ACTION_PLAN,
        restitution_done_at=timezone.now(),
        adopted_by="le comité",
        adopted_on="2026-11-03",
    )
    (one,) = client_of(coordinator).get(URL).context["unfinished"][:1]
    assert (one.appraisal, one.without_report, one.without_priority) == (without, True, False)
    assert len(client_of(coordinator).get(URL).context["unfinished"]) == 2
    ActionFactory(appraisal=done)
    assert len(client_of(coordinator).get(URL).context["unfinished"]) == 1


def test_help_that_waits_is_told_with_its_age_until_it_is_answered(territory, coordinator, lead):
    appraisal = in_territory(territory)
    with time_machine.travel(timezone.now() - dt.timedelta(days=9), tick=False):
        asked = open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")
    page = client_of(coordinator).get(URL).content.decode()
    assert "Qui inviter?" in page
    assert "1\N{NO-BREAK SPACE}semaine" in page
    assert "délai passé" in page
    write_help_message(request=asked, user=coordinator, text="Le CLSC.")
    assert not client_of(coordinator).get(URL).context["waiting"]


def test_check_ins_without_news_are_told(territory, coordinator):
    appraisal = in_territory(territory)
    CheckIn.objects.create(appraisal=appraisal, months=3, due_on="2026-08-01", state="silent")
    CheckIn.objects.create(appraisal=appraisal, months=6, due_on="2026-11-01")
    assert [one.months for one in client_of(coordinator).get(URL).context["late"]] == [3]
    page = client_of(coordinator).get(URL).content.decode()
    assert f"/espace/demarches/{appraisal.reference}/suivis/3/" in page


def test_late_check_ins_are_those_of_her_territory_the_oldest_first(territory, coordinator):
    def silent(place_name, due_on, *, months=3, state="silent", **options):
        place = PlaceFactory(parent=options.pop("under", territory), name=place_name)
        appraisal = AppraisalFactory(place=place, **options)
        CheckIn.objects.create(
            appraisal=appraisal,
            months=months,
            due_on=due_on,
            state=state,
            answered_at=timezone.now() if state == "answered" else None,
        )

    silent("Baie-Exemple", "2026-09-02", months=6)
    silent("Anse-Exemple", "2026-08-01")
    silent("Cap-Exemple", "2026-07-01", state="answered")
    silent("Île-Exemple", "2026-07-01", state="waiting")
    silent("Lac-Exemple", "2026-07-01", under=PlaceFactory(territory=True))
    for position, state in enumerate(("postponed", "dormant", "closed", "cancelled")):
        CheckIn.objects.create(
            appraisal=in_territory(territory, state=state),
            months=3,
            due_on=f"2026-07-0{position + 1}",
            state="silent",
        )
    page = client_of(coordinator).get(URL)
    told = [(str(one.appraisal.place), one.months) for one in page.context["late"]]
    assert told == [("Anse-Exemple", 3), ("Baie-Exemple", 6)]
    text = page.content.decode()
    assert text.index(f"le {fr_date(dt.date(2026, 8, 1))}") < text.index(
        f"le {fr_date(dt.date(2026, 9, 2))}"
    )
    assert "Baie-Exemple, suivi à 6 mois" in text
    assert "Lac-Exemple" not in text


def test_targets_of_the_year_are_counted(territory, coordinator):
    SiteSettings.objects.update_or_create(
        site_id=1, defaults={"yearly_new_appraisals": 2, "yearly_meetings": 0}
    )
    in_territory(territory)
    with time_machine.travel(timezone.now() - dt.timedelta(days=400), tick=False):
        in_territory(territory)
    AppraisalFactory()
    called_off = in_territory(territory, state="cancelled")
    (target,) = client_of(coordinator).get(URL).context["targets"]
    assert (target.label, target.reached, target.left) == ("Nouvelles démarches", 1, 1)
    called_off.state = "active"
    called_off.save()
    (target,) = client_of(coordinator).get(URL).context["targets"]
    assert (target.reached, target.left) == (2, 0)


def test_whoever_coordinates_nothing_finds_nothing(as_lead):
    assert as_lead.get(URL).status_code == 404
    assert as_lead.get(OUTBOX).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(territory, coordinator, lead, count, django_assert_num_queries):
    for _ in range(count):
        appraisal = in_territory(territory, at_restitution=True)
        open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")
    client = client_of(coordinator)
    client.get(URL)
    with django_assert_num_queries(13):
        response = client.get(URL)
    assert len(response.context["waiting"]) == len(response.context["unfinished"]) == count


def test_an_answer_becomes_a_frequent_question(territory, coordinator, lead, client):
    asked = open_help_request(asker=lead, appraisal=in_territory(territory), text="Qui inviter?")
    write_help_message(request=asked, user=coordinator, text="Tous les secteurs.")
    url = f"/espace/aide/{asked.pk}/question-frequente/"
    as_coordinator = client_of(coordinator)
    assert "Tous les secteurs." in as_coordinator.get(url).content.decode()
    data = {"question": "Qui inviter?", "answer": "Élise Meneuse le sait.", "is_published": "on"}
    refused = as_coordinator.post(url, data).content.decode()
    assert "Élise Meneuse le sait." in refused
    assert not FrequentQuestion.objects.exists()
    as_coordinator.post(url, data | {"answer": "Tous les secteurs."})
    assert FrequentQuestion.objects.get().is_published


class TestOutbox:
    @pytest.fixture
    def mail(self):
        mail = queue_mail(kind="essai", to="luce@exemple.org", subject="Secret", body="Intime")
        OutgoingMail.objects.update(given_up_at=timezone.now(), attempts=7)
        return mail

    def test_neither_text_nor_address_for_a_coordinator(self, coordinator, mail):
        page = client_of(coordinator).get(OUTBOX).content.decode()
        assert "après 7 essais" in page
        for words in ("Secret", "Intime", "luce@exemple.org"):
            assert words not in page

    def test_the_address_for_an_administrator(self, mail):
        page = client_of(UserFactory(is_superuser=True)).get(OUTBOX).content.decode()
        assert "luce@exemple.org" in page
        assert "Intime" not in page

    def test_given_up_it_is_tried_again(self, coordinator, mail):
        client_of(coordinator).post(OUTBOX, {"mail": mail.pk})
        assert OutgoingMail.objects.waiting().count() == 1
        assert client_of(coordinator).post(OUTBOX, {"mail": mail.pk}).status_code == 404
