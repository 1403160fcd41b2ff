import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appreciation.domain.actors import SYSTEM
from appreciation.domain.meetings import close_meeting, finish_entry
from appreciation.enums import FindingKind, Phase
from appreciation.models import Action, Appraisal, DotPoll, Finding, PhaseRecord, TransitionLog
from cms.models import SiteDocument
from tests.appreciation.views.conftest import client_of
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory, UserFactory
from tests.factories.answers import finish
from tests.factories.outcomes import AgreedRatingFactory


def url(appraisal, slug):
    return f"/espace/demarches/{appraisal.reference}/etapes/{slug}/"


def frame(appraisal, **changes):
    return {
        "version": appraisal.version,
        "requested_by": "Comité local",
        "purposes": ["other"],
        "expected_on": "2026-10-22",
        "expected_attendance": "20",
        "contact_name": "Luce Roy",
        "contact_email": "",
        "contact_phone": "",
        "instrument": appraisal.instrument_id,
        "fill_mode": "individual",
        "announced_level": "summary",
        "consent_text": "Ni nom ni courriel.",
    } | changes


def at(phase, lead, **options):
    before = list(Phase)[: list(Phase).index(phase)]
    stamps = {f"{one}_done_at": timezone.now() for one in before}
    appraisal = AppraisalFactory(phase=phase, **stamps, **options)
    MembershipFactory(appraisal=appraisal, user=lead)
    return appraisal


# --- décider ---


def test_saving_says_that_all_is_kept_and_when(appraisal, as_lead):
    response = as_lead.post(url(appraisal, "decider"), frame(appraisal), follow=True)
    assert "Tout est enregistré, " in response.content.decode()
    appraisal.refresh_from_db()
    assert (appraisal.contact_name, appraisal.purposes) == ("Luce Roy", ["other"])
    assert appraisal.phase == Phase.FRAMING


def test_saving_and_ending_the_step_moves_on(appraisal, as_lead):
    data = frame(appraisal, intent="advance")
    response = as_lead.post(url(appraisal, "decider"), data)
    assert response["Location"] == f"/espace/demarches/{appraisal.reference}/"
    appraisal.refresh_from_db()
    assert appraisal.phase == Phase.PORTRAIT


def test_what_is_missing_is_said_and_what_was_typed_is_kept(appraisal, as_lead):
    data = frame(appraisal, expected_on="", consent_text="", contact_name="Zoé", intent="advance")
    content = as_lead.post(url(appraisal, "decider"), data).content.decode()
    assert "Indiquez la date approximative de la rencontre." in content
    assert "Écrivez le texte de consentement que les gens liront." in content
    assert 'value="Zoé"' in content
    appraisal.refresh_from_db()
    assert (appraisal.contact_name, appraisal.phase) == ("Zoé", Phase.FRAMING)
    again = frame(appraisal, intent="advance")
    assert as_lead.post(url(appraisal, "decider"), again).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"expected_on": "bientôt"}, "Écrivez une date comme 2026-10-22."),
        ({"expected_attendance": "beaucoup"}, "Écrivez un nombre entier."),
        ({"contact_email": "luce"}, "adresse"),
        ({"announced_level": "monde"}, "choix"),
    ],
)
def test_bad_frame_gets_a_sentence(appraisal, as_lead, changes, sentence):
    content = as_lead.post(url(appraisal, "decider"), frame(appraisal, **changes)).content.decode()
    assert sentence in content
    appraisal.refresh_from_db()
    assert appraisal.contact_name == ""


def test_a_stale_save_answers_409_with_both_texts(appraisal, as_lead):
    as_lead.post(url(appraisal, "decider"), frame(appraisal, contact_name="Texte d’Élise"))
    stale = frame(appraisal, version=1, contact_name="Texte de Marc")
    response = as_lead.post(url(appraisal, "decider"), stale)
    content = response.content.decode()
    assert response.status_code == 409
    assert "Texte d’Élise" in content
    assert 'value="Texte de Marc"' in content
    assert "Rien n’est perdu" in content
    appraisal.refresh_from_db()
    assert appraisal.contact_name == "Texte d’Élise"
    assert response.context["form"]["version"].value() == 2


def test_sending_again_after_a_conflict_keeps_the_second_text(appraisal, as_lead):
    as_lead.post(url(appraisal, "decider"), frame(appraisal, contact_name="Élise"))
    as_lead.post(url(appraisal, "decider"), frame(appraisal, version=1, contact_name="Marc"))
    as_lead.post(url(appraisal, "decider"), frame(appraisal, version=2, contact_name="Marc"))
    appraisal.refresh_from_db()
    assert appraisal.contact_name == "Marc"


def test_a_mistake_does_not_hide_that_a_colleague_saved(appraisal, as_lead):
    page = as_lead.get(url(appraisal, "decider"))
    opened_with = page.context["form"]["version"].value()
    as_lead.post(url(appraisal, "decider"), frame(appraisal, contact_name="Élise"))
    mistaken = frame(appraisal, version=opened_with, contact_name="Marc", contact_email="marc")
    shown_again = as_lead.post(url(appraisal, "decider"), mistaken).context["form"]
    corrected = mistaken | {"contact_email": "", "version": shown_again["version"].value()}
    assert as_lead.post(url(appraisal, "decider"), corrected).status_code == 409
    appraisal.refresh_from_db()
    assert appraisal.contact_name == "Élise"


def test_what_was_saved_before_a_refused_end_is_no_conflict(appraisal, as_lead):
    data = frame(appraisal, contact_name="", intent="advance")
    refused = as_lead.post(url(appraisal, "decider"), data)
    assert "dites en une phrase pourquoi" in refused.content.decode()
    version = refused.context["form"]["version"].value()
    again = frame(appraisal, version=version, contact_name="Luce Roy", intent="advance")
    assert as_lead.post(url(appraisal, "decider"), again).status_code == 302
    appraisal.refresh_from_db()
    assert (appraisal.contact_name, appraisal.phase) == ("Luce Roy", Phase.PORTRAIT)


def test_a_colleague_who_has_the_step_open_is_named(appraisal, as_lead):
    marc = UserFactory(first_name="Marc", last_name="Roy")
    MembershipFactory(appraisal=appraisal, user=marc, role="co_facilitator")
    assert "modifie cette étape" not in as_lead.get(url(appraisal, "decider")).content.decode()
    as_marc = client_of(marc)
    page = as_marc.get(url(appraisal, "decider")).content.decode()
    assert "Élise Meneuse modifie cette étape." in page
    as_lead.post(url(appraisal, "decider"), frame(appraisal))
    assert "modifie cette étape" not in as_marc.get(url(appraisal, "decider")).content.decode()


def test_an_observer_neither_names_nor_is_named(appraisal, as_lead, as_observer):
    page = as_observer.get(url(appraisal, "decider")).content.decode()
    assert "modifie cette étape" not in page
    assert "modifie cette étape" not in as_lead.get(url(appraisal, "decider")).content.decode()
    assert "modifie cette étape" not in as_observer.get(url(appraisal, "decider")).content.decode()


def test_a_double_submit_is_harmless(appraisal, as_lead):
    data = frame(appraisal)
    statuses = [as_lead.post(url(appraisal, "decider"), data).status_code for _ in range(2)]
    assert statuses == [302, 302]


def test_the_announcement_is_frozen_once_a_meeting_opened(lead, as_lead):
    appraisal = at(Phase.MEETING, lead, announced_level="summary")
    MeetingFactory(appraisal=appraisal, open=True)
    content = as_lead.get(url(appraisal, "decider")).content.decode()
    assert "ce qui a été dit aux gens ne change plus" in content
    as_lead.post(url(appraisal, "decider"), frame(appraisal, announced_level="full"))
    appraisal.refresh_from_db()
    assert (appraisal.announced_level, appraisal.contact_name) == ("summary", "Luce Roy")


# --- portrait, mobiliser ---


def test_a_portrait_is_written_then_the_step_ends(lead, as_lead):
    appraisal = at(Phase.PORTRAIT, lead)
    data = {"version": 0, "text": "312 habitants.", "source": "Recensement", "intent": "advance"}
    as_lead.post(url(appraisal, "portrait"), data)
    record = PhaseRecord.objects.get()
    assert (record.text, record.source, record.version) == ("312 habitants.", "Recensement", 1)
    assert TransitionLog.objects.get().name == "finish_portrait"


def test_a_portrait_is_passed_with_one_sentence(lead, as_lead):
    appraisal = at(Phase.PORTRAIT, lead)
    page = as_lead.post(url(appraisal, "portrait"), {"version": 0, "intent": "advance"})
    assert "dites en une phrase pourquoi vous passez" in page.content.decode()
    data = {"version": 0, "intent": "advance", "comment": "La MRC en a un."}
    as_lead.post(url(appraisal, "portrait"), data)
    log = TransitionLog.objects.get()
    assert (log.name, log.comment) == ("pass_portrait", "La MRC en a un.")


def test_a_joined_pdf_is_private(lead, as_lead, settings, tmp_path):
    appraisal = at(Phase.PORTRAIT, lead)
    pdf = SimpleUploadedFile("portrait.pdf", b"%PDF-1.4 petit", content_type="application/pdf")
    as_lead.post(url(appraisal, "portrait"), {"version": 0, "document": pdf})
    document = SiteDocument.objects.get()
    assert document.is_private
    assert PhaseRecord.objects.get().document == document


def test_a_refused_save_leaves_no_file_behind(lead, as_lead):
    appraisal = at(Phase.PORTRAIT, lead)
    as_lead.post(url(appraisal, "portrait"), {"version": 0, "text": "Le texte de l’autre"})
    pdf = SimpleUploadedFile("portrait.pdf", b"%PDF-1.4 petit", content_type="application/pdf")
    data = {"version": 0, "text": "Mon texte", "document": pdf}
    assert as_lead.post(url(appraisal, "portrait"), data).status_code == 409
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize("content", [b"<html>", b"", b"MZ\x90"])
def test_what_is_not_a_pdf_is_refused_and_the_text_stays(lead, as_lead, content):
    appraisal = at(Phase.PORTRAIT, lead)
    upload = SimpleUploadedFile("portrait.pdf", content, content_type="application/pdf")
    data = {"version": 0, "text": "Mon texte", "document": upload}
    page = as_lead.post(url(appraisal, "portrait"), data).content.decode()
    assert "Mon texte" in page
    assert 'id="erreurs"' in page
    assert not SiteDocument.objects.exists()


def test_the_checklist_of_convening_is_kept(lead, as_lead):
    appraisal = at(Phase.CONVENING, lead)
    page = as_lead.get(url(appraisal, "mobiliser"))
    label = page.context["form"].fields["tasks"].choices[1][0]
    data = {"version": 0, "tasks": [label], "added_task": "Café"}
    as_lead.post(url(appraisal, "mobiliser"), data)
    tasks = {task.label: task.done_at is not None for task in appraisal.tasks.all()}
    assert (len(tasks), tasks[label], tasks["Café"]) == (6, True, False)


def test_a_stale_portrait_answers_409(lead, as_lead):
    appraisal = at(Phase.PORTRAIT, lead)
    as_lead.post(url(appraisal, "portrait"), {"version": 0, "text": "Portrait A"})
    response = as_lead.post(url(appraisal, "portrait"), {"version": 0, "text": "Portrait B"})
    assert response.status_code == 409
    assert [(one.theirs, one.mine) for one in response.context["differences"]] == [
        ("Portrait A", "Portrait B")
    ]


def test_a_stale_tick_does_not_undo_a_colleague_s(lead, as_lead):
    appraisal = at(Phase.CONVENING, lead)
    choices = as_lead.get(url(appraisal, "mobiliser")).context["form"].fields["tasks"].choices
    first, second = choices[0][0], choices[1][0]
    as_lead.post(url(appraisal, "mobiliser"), {"version": 0, "tasks": [first]})
    response = as_lead.post(url(appraisal, "mobiliser"), {"version": 0, "tasks": [second]})
    assert response.status_code == 409
    assert [(one.theirs, one.mine) for one in response.context["differences"]] == [(first, second)]
    assert [task.label for task in appraisal.tasks.filter(done_at__isnull=False)] == [first]


# --- rencontre ---


def plan(**changes):
    return {
        "version": 0,
        "date": "2026-12-03",
        "time": "18:30",
        "venue": "Salle du conseil",
        "pace": "guided",
    } | changes


def test_the_meeting_is_planned_once(lead, as_lead):
    appraisal = at(Phase.MEETING, lead)
    for _ in range(2):
        as_lead.post(url(appraisal, "rencontre"), plan())
    meeting = appraisal.meetings.get()
    assert meeting.venue == "Salle du conseil"
    assert timezone.localtime(meeting.starts_at) == timezone.make_aware(
        dt.datetime(2026, 12, 3, 18, 30)  # noqa: DTZ001  made aware here
    )


def test_the_planned_meeting_is_changed(lead, as_lead):
    appraisal = at(Phase.MEETING, lead)
    as_lead.post(url(appraisal, "rencontre"), plan())
    version = appraisal.meetings.get().revision
    as_lead.post(url(appraisal, "rencontre"), plan(version=version, venue="École"))
    assert appraisal.meetings.get().venue == "École"
    stale = as_lead.post(url(appraisal, "rencontre"), plan(version=version, venue="Aréna"))
    assert stale.status_code == 409


def held_meeting(lead):
    appraisal = at(Phase.MEETING, lead)
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    meeting = close_meeting(meeting=meeting, actor=SYSTEM)
    finish_entry(meeting=meeting, actor=SYSTEM)
    Finding.objects.create(
        appraisal=appraisal, meeting=meeting, kind=FindingKind.STRENGTH, text="On s’entraide."
    )
    AgreedRatingFactory(
        meeting=meeting, item=meeting.instrument.instrument_dimensions.first().items.first()
    )
    return appraisal


def test_after_the_evening_the_step_ends_without_planning_again(lead, as_lead):
    appraisal = held_meeting(lead)
    page = as_lead.get(url(appraisal, "rencontre")).content.decode()
    assert "Prévoir une autre rencontre" in page
    as_lead.post(url(appraisal, "rencontre"), {"version": 0, "intent": "advance"})
    appraisal.refresh_from_db()
    assert appraisal.phase == Phase.RESTITUTION
    assert appraisal.meetings.count() == 1


def test_another_meeting_is_planned_whole_or_not_at_all(lead, as_lead):
    appraisal = held_meeting(lead)
    page = as_lead.post(url(appraisal, "rencontre"), plan(date="")).content.decode()
    assert "Choisissez une date." in page
    assert appraisal.meetings.count() == 1
    as_lead.post(url(appraisal, "rencontre"), plan())
    assert appraisal.meetings.filter(venue="Salle du conseil").exists()


def test_the_sector_is_asked_only_from_25_people(lead, as_lead):
    small = at(Phase.MEETING, lead, expected_attendance=24)
    page = as_lead.post(url(small, "rencontre"), plan(asks_sector="on")).content.decode()
    assert "à partir de 25 personnes attendues" in page or "Comptez plutôt" in page
    large = at(Phase.MEETING, lead, expected_attendance=25)
    as_lead.post(url(large, "rencontre"), plan(asks_sector="on"))
    assert large.meetings.get().asks_sector


def test_an_empty_plan_is_asked_for(lead, as_lead):
    appraisal = at(Phase.MEETING, lead)
    page = as_lead.post(url(appraisal, "rencontre"), {"version": 0}).content.decode()
    assert "Choisissez une date." in page
    assert "Écrivez où l’on se rencontre." in page
    assert not appraisal.meetings.exists()


# --- choisir, suivre ---


def action(number, **changes):
    values = {
        "title": "Un café",
        "carrier": "Luce",
        "first_step": "Appeler",
        "due_on": "2037-01-15",
    } | changes
    return {f"{number}-{name}": value for name, value in values.items()}


def test_actions_are_kept_in_order_and_the_step_ends(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    found = Finding.objects.create(
        appraisal=appraisal, kind=FindingKind.ACTION_LEAD, text="Un lieu pour se voir"
    )
    data = {"version": 0, "intent": "advance"}
    data |= action(1, finding=found.pk) | action(2, title="Un jardin")
    as_lead.post(url(appraisal, "choisir"), data)
    assert [(one.title, one.finding) for one in appraisal.actions.all()] == [
        ("Un café", found),
        ("Un jardin", None),
    ]
    appraisal.refresh_from_db()
    assert appraisal.phase == Phase.SHARING


def test_the_actions_are_written_beside_what_the_room_chose(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    meeting = finish(MeetingFactory(appraisal=appraisal))
    poll = DotPoll.objects.create(meeting=meeting, per_person=1)
    words = "Ce que la salle a choisi avec des points"
    assert words not in as_lead.get(url(appraisal, "choisir")).text
    option = poll.options.create(text="Un four à pain", position=1)
    option.counts.create(medium="paper", count=4)
    page = as_lead.get(url(appraisal, "choisir")).text
    assert words in page
    assert "Un four à pain" in page


def test_an_action_begun_is_asked_to_be_complete(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    data = {"version": 0} | action(1, carrier="", due_on="")
    page = as_lead.post(url(appraisal, "choisir"), data).content.decode()
    assert "Dites qui la porte." in page
    assert "Choisissez une date." in page
    assert 'value="Un café"' in page
    assert not Action.objects.exists()


def test_a_date_that_has_passed_is_refused_and_what_was_typed_stays(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    data = {"version": 0} | action(1, due_on="2020-01-15")
    page = as_lead.post(url(appraisal, "choisir"), data).content.decode()
    assert "cette date est passée. Choisissez un jour à venir." in page
    assert 'value="Un café"' in page
    assert not Action.objects.exists()


def test_a_date_that_passed_since_is_kept(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    as_lead.post(url(appraisal, "choisir"), {"version": 0} | action(1))
    Action.objects.update(due_on="2020-01-15")
    data = {"version": 1} | action(1, due_on="2020-01-15", carrier="Jeanne")
    as_lead.post(url(appraisal, "choisir"), data)
    assert Action.objects.get().carrier == "Jeanne"


def test_emptying_a_line_takes_the_action_away(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    as_lead.post(url(appraisal, "choisir"), {"version": 0} | action(1) | action(2, title="Deux"))
    as_lead.post(url(appraisal, "choisir"), {"version": 1} | action(2, title="Deux"))
    assert [one.title for one in appraisal.actions.all()] == ["Deux"]


def test_a_stale_action_plan_answers_409(lead, as_lead):
    appraisal = at(Phase.ACTION_PLAN, lead)
    as_lead.post(url(appraisal, "choisir"), {"version": 0} | action(1))
    response = as_lead.post(url(appraisal, "choisir"), {"version": 0} | action(1, title="Autre"))
    assert response.status_code == 409
    assert [one.title for one in appraisal.actions.all()] == ["Un café"]


def test_follow_up_keeps_states_and_closes_with_lessons(lead, as_lead):
    appraisal = at(Phase.FOLLOW_UP, lead)
    one = Action.objects.create(
        appraisal=appraisal, title="Un café", carrier="Luce", first_step="Oui", due_on="2037-01-15"
    )
    data = {f"etat-{one.pk}": "done", "intent": "advance", "comment": "Commencer petit."}
    as_lead.post(url(appraisal, "suivre"), data)
    one.refresh_from_db()
    appraisal.refresh_from_db()
    assert (one.state, appraisal.state) == ("done", "closed")
    assert TransitionLog.objects.get().comment == "Commencer petit."


def test_a_stale_follow_up_answers_409(lead, as_lead):
    appraisal = at(Phase.FOLLOW_UP, lead)
    one = Action.objects.create(
        appraisal=appraisal, title="Un café", carrier="Luce", first_step="Oui", due_on="2037-01-15"
    )
    as_lead.post(url(appraisal, "suivre"), {"version": 0, f"etat-{one.pk}": "done"})
    stale = as_lead.post(url(appraisal, "suivre"), {"version": 0, f"etat-{one.pk}": "abandoned"})
    assert stale.status_code == 409
    one.refresh_from_db()
    assert one.state == "done"


def test_closing_without_lessons_is_asked_kindly(lead, as_lead):
    appraisal = at(Phase.FOLLOW_UP, lead)
    page = as_lead.post(url(appraisal, "suivre"), {"intent": "advance"}).content.decode()
    assert "Écrivez ce que vous avez appris" in page
    appraisal.refresh_from_db()
    assert appraisal.state == "active"


# --- addresses, rights ---


@pytest.mark.parametrize("slug", ["rencontre", "restituer", "choisir", "partager", "suivre"])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_phase_skipped_by_address_leads_back_kindly(appraisal, as_lead, slug, verb):
    response = getattr(as_lead, verb)(url(appraisal, slug), {"intent": "advance"}, follow=True)
    assert response.redirect_chain == [(url(appraisal, "decider"), 302)]
    assert "s’ouvrira plus tard" in response.content.decode()
    appraisal.refresh_from_db()
    assert appraisal.phase == Phase.FRAMING


def test_an_unknown_step_is_not_found(appraisal, as_lead):
    assert as_lead.get(url(appraisal, "danser")).status_code == 404


def test_an_observer_reads_the_form_and_cannot_send_it(appraisal, as_observer):
    page = as_observer.get(url(appraisal, "decider")).content.decode()
    assert "<fieldset" in page
    assert 'type="submit" name="intent"' not in page
    assert as_observer.post(url(appraisal, "decider"), frame(appraisal)).status_code == 404


@pytest.mark.parametrize("verb", ["get", "post", "put", "delete", "patch", "options"])
def test_stranger_and_neighbour_are_told_nothing_is_there(
    appraisal, as_stranger, as_neighbour, verb
):
    for client in (as_stranger, as_neighbour):
        assert getattr(client, verb)(url(appraisal, "decider")).status_code == 404


def test_another_verb_is_refused(appraisal, as_lead):
    assert as_lead.put(url(appraisal, "decider")).status_code == 405


def test_text_sent_after_the_session_expired_is_there_after_signing_in(appraisal, lead, client):
    response = client.post(url(appraisal, "decider"), frame(appraisal, contact_name="Perdue?"))
    assert response["Location"].startswith("/comptes/connexion/?next=")
    client.force_login(lead)
    page = client.get(url(appraisal, "decider")).content.decode()
    assert 'value="Perdue?"' in page
    assert "Votre texte est encore là" in page
    assert Appraisal.objects.get(pk=appraisal.pk).contact_name == ""
    assert "Votre texte est encore là" not in client.get(url(appraisal, "decider")).content.decode()


@pytest.mark.parametrize("phase", list(Phase))
def test_every_step_page_opens_with_one_heading(lead, as_lead, phase):
    appraisal = at(phase, lead)
    slug = as_lead.get(f"/espace/demarches/{appraisal.reference}/").context["step_url"]
    page = as_lead.get(slug)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_meetings(lead, as_lead, count, django_assert_num_queries):
    appraisal = at(Phase.MEETING, lead)
    for _ in range(count):
        MeetingFactory(appraisal=appraisal)
    as_lead.get(url(appraisal, "rencontre"))
    with django_assert_num_queries(15):
        response = as_lead.get(url(appraisal, "rencontre"))
    assert len(response.context["links"]) == count
