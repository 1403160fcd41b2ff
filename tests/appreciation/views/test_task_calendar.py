import datetime as dt

import pytest
from icalendar import Calendar

from appreciation.domain.phases import change_state
from appreciation.models import PhaseTask
from tests.factories import MeetingFactory, MembershipFactory


def url(appraisal, rest=""):
    return f"/espace/demarches/{appraisal.reference}/calendrier/{rest}"


@pytest.fixture(autouse=True)
def first_of_october(time_machine):
    time_machine.move_to(dt.datetime(2026, 10, 1, 16, tzinfo=dt.UTC), tick=False)


@pytest.fixture(autouse=True)
def _opened_in_the_summer(appraisal):
    appraisal.created_at = dt.datetime(2026, 7, 2, 14, tzinfo=dt.UTC)
    appraisal.save(update_fields=["created_at"])


def sent(**changes):
    return {"version": 0, "owner": "", "owner_words": "", "due_on": "", "standing": "to_do"} | {
        name: str(value) for name, value in changes.items()
    }


def test_the_whole_calendar_by_phase_says_kindly_what_waits(appraisal, as_lead):
    page = as_lead.get(url(appraisal))
    assert [phase.phase.label for phase in page.context["phases"]][:2] == [
        "Décider",
        "Préparer le portrait",
    ]
    content = page.content.decode()
    assert "Attend depuis le 10\u00a0septembre\u00a02026" in content
    assert "Pour le 19\u00a0octobre\u00a02026" in content
    assert f"{page.context['late']} choses attendent depuis un moment." in content
    assert "Rien n’est perdu" in content


def test_without_a_date_nothing_is_late(appraisal, as_lead):
    appraisal.expected_on = None
    appraisal.save()
    content = as_lead.get(url(appraisal)).content.decode()
    assert "les dates se calculeront dès qu’elle sera connue" in content
    assert "attend" not in content.split("</h1>")[1].lower()


def test_a_task_is_ticked_then_to_do_again(appraisal, as_lead):
    as_lead.post(url(appraisal, "salle/cocher/"), {"done": "1"})
    assert PhaseTask.objects.get().done_at is not None
    assert "Fait le 1er\u00a0octobre\u00a02026" in as_lead.get(url(appraisal)).content.decode()
    as_lead.post(url(appraisal, "salle/cocher/"), {"done": "0"})
    assert PhaseTask.objects.get().done_at is None


def test_a_task_gets_an_owner_and_a_date_of_its_own(appraisal, lead, as_lead):
    as_lead.post(url(appraisal, "salle/"), sent(owner=lead.pk, due_on="2026-10-09"))
    task = PhaseTask.objects.get()
    assert (task.owner, task.due_on) == (lead, dt.date(2026, 10, 9))
    content = as_lead.get(url(appraisal)).content.decode()
    assert "Pour le 9\u00a0octobre\u00a02026 · Élise Meneuse" in content


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": "hier"}, "Écrivez une date comme 2026-10-22."),
        ({"standing": ""}, "Dites où en est la tâche."),
        ({"owner": "0"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(appraisal, as_lead, changes, words):
    page = as_lead.post(url(appraisal, "salle/"), sent(owner_words="Luce Roy") | changes)
    content = page.content.decode()
    assert words in content
    assert 'value="Luce Roy"' in content
    assert not PhaseTask.objects.exists()


def test_an_owner_and_words_together_are_refused_by_the_box(appraisal, lead, as_lead):
    page = as_lead.post(url(appraisal, "salle/"), sent(owner=lead.pk, owner_words="Luce"))
    assert "pas les deux" in str(page.context["form"].errors["owner_words"])


def test_two_people_change_the_same_task(appraisal, lead, as_lead):
    as_lead.post(url(appraisal, "salle/"), sent(due_on="2026-10-09"))
    page = as_lead.post(url(appraisal, "salle/"), sent(owner_words="Luce Roy"))
    assert page.status_code == 409
    assert [(one.theirs, one.mine) for one in page.context["differences"]] == [
        ("(rien)", "Luce Roy"),
        ("2026-10-09", "(rien)"),
    ]
    assert PhaseTask.objects.get().owner_words == ""
    version = page.context["form"].data["version"]
    as_lead.post(url(appraisal, "salle/"), sent(owner_words="Luce Roy", version=version))
    assert PhaseTask.objects.get().owner_words == "Luce Roy"


def test_a_task_is_added_once_even_when_sent_twice(appraisal, as_lead):
    form = as_lead.get(url(appraisal)).context["form"]
    data = {"label": "Trouver un micro", "phase": "meeting", "code": form.initial["code"]}
    for _ in range(2):
        as_lead.post(url(appraisal), data)
    assert "Trouver un micro" in as_lead.get(url(appraisal)).content.decode()
    assert PhaseTask.objects.count() == 1


def test_an_empty_task_is_refused_and_its_date_stays(appraisal, as_lead):
    data = {"label": "", "phase": "meeting", "code": "ajout-1", "due_on": "2026-10-09"}
    content = as_lead.post(url(appraisal), data).content.decode()
    assert "Écrivez ce qu’il y a à faire." in content
    assert 'value="2026-10-09"' in content


def test_an_unknown_task_is_not_here(appraisal, as_lead):
    assert as_lead.get(url(appraisal, "inconnue/")).status_code == 404
    assert as_lead.post(url(appraisal, "inconnue/cocher/"), {"done": "1"}).status_code == 404


def test_an_observer_reads_the_calendar_without_any_form(appraisal, as_observer):
    content = as_observer.get(url(appraisal)).content.decode()
    assert "L’équipe seule change le calendrier." in content
    assert "cocher" not in content
    assert as_observer.get(url(appraisal, "salle/")).status_code == 404


def test_the_next_tasks_are_on_the_overview_and_on_each_step(appraisal, as_lead):
    base = f"/espace/demarches/{appraisal.reference}/"
    overview = as_lead.get(base)
    assert [one.task.code for one in overview.context["next_tasks"]] == [
        "mandat",
        "repondant",
        "niveau",
    ]
    assert f"{base}calendrier/" in overview.content.decode()
    as_lead.post(url(appraisal, "mandat/cocher/"), {"done": "1"})
    step = as_lead.get(f"{base}etapes/decider/")
    assert [one.task.code for one in step.context["next_tasks"]] == [
        "repondant",
        "niveau",
        "autres",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_tasks(appraisal, as_lead, count, django_assert_num_queries):
    for number in range(count):
        member = MembershipFactory(appraisal=appraisal, role="observer")
        PhaseTask.objects.create(
            appraisal=appraisal, code=f"a-{number}", phase="meeting", label="A", owner=member.user
        )
    as_lead.get(url(appraisal))
    with django_assert_num_queries(9):
        as_lead.get(url(appraisal))


# --- the file ---


def events(appraisal, client):
    response = client.get(f"/espace/demarches/{appraisal.reference}/calendrier.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(one["UID"]).split("@")[0]: one for one in read(response.content).walk("VEVENT")}


def read(content):
    return Calendar.from_ical(content)


def test_a_second_download_updates_what_the_first_one_put_in_the_agenda(appraisal, lead, as_lead):
    starts_at = dt.datetime(2026, 10, 22, 23, tzinfo=dt.UTC)
    meeting = MeetingFactory(appraisal=appraisal, starts_at=starts_at, venue="Salle 1")
    before = events(appraisal, as_lead)
    change_state(
        appraisal=appraisal,
        name="postpone",
        user=lead,
        comment="La neige.",
        new_date=dt.date(2026, 11, 19),
    )
    after = events(appraisal, as_lead)
    assert before.keys() == after.keys()
    assert len(after) == 29
    evening, hall = f"rencontre-{meeting.reference}", f"tache-{appraisal.reference}-salle"
    assert after[evening].start.isoformat() == "2026-11-19T19:00:00-05:00"
    assert (before[hall].start, after[hall].start) == (dt.date(2026, 9, 10), dt.date(2026, 10, 8))
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in after)


def test_a_cancelled_appraisal_leaves_the_agenda(appraisal, lead, as_lead):
    before = events(appraisal, as_lead)
    change_state(appraisal=appraisal, name="cancel", user=lead, comment="Non.")
    after = events(appraisal, as_lead)
    assert {one["STATUS"] for one in after.values()} == {"CANCELLED"}
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in after)


def test_a_day_unknown_takes_the_meeting_out_of_the_agenda(appraisal, lead, as_lead):
    meeting = MeetingFactory(
        appraisal=appraisal, starts_at=dt.datetime(2026, 10, 22, 23, tzinfo=dt.UTC)
    )
    change_state(appraisal=appraisal, name="postpone", user=lead, comment="La neige.")
    found = events(appraisal, as_lead)
    assert {uid: one["STATUS"] for uid, one in found.items()} == {
        f"rencontre-{meeting.reference}": "CANCELLED"
    }
