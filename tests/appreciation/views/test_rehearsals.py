"""The screens of a rehearsal: marked everywhere, led by a card, shut to everything real."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.domain.joining import take_seat
from appreciation.domain.meetings import close_meeting, create_meeting
from appreciation.domain.ratings import record_rating
from appreciation.domain.rehearsals import open_rehearsal, start_rehearsal
from appreciation.models import Meeting, Rating, Rehearsal
from tests.appreciation.views.conftest import client_of
from tests.appreciation.views.participant import Phone
from tests.factories import AppraisalFactory, InstrumentFactory, MembershipFactory, UserFactory
from tests.factories.votes import answer_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return AppraisalFactory(at_meeting=True)


@pytest.fixture
def lead(source, client):
    user = MembershipFactory(appraisal=source).user
    client.force_login(user)
    return user


@pytest.fixture
def rehearsal(lead, source):
    return start_rehearsal(user=lead, source=source, now=timezone.now())


@pytest.fixture
def opened(rehearsal, lead):
    return open_rehearsal(meeting=rehearsal, user=lead, real_people=False, now=timezone.now())


def address(name, meeting):
    return reverse(f"space:{name}", args=[meeting.reference])


def text(response):
    return response.content.decode().replace("\xa0", " ")


def a_phone_answers(meeting):
    round_ = meeting.rounds.first()
    item = round_.instrument_dimension.items.first()
    seat = take_seat(meeting=meeting)
    record_rating(seat=seat, item_id=item.pk, round_id=round_.pk, answer=2, sequence=1)
    return seat


def test_begun_from_the_space_by_somebody_new(client):
    InstrumentFactory(with_items=2, is_default=True)
    client.force_login(UserFactory())
    assert "/espace/repetition/" in text(client.get(reverse("space:home")))
    response = client.post(reverse("space:rehearsal"), follow=True)
    page = text(response)
    assert "Étape 1 de 8" in page
    assert "30 minutes en tout" in page
    assert "Y a-t-il de vraies personnes dans la salle?" in page
    assert "RÉPÉTITION" in page


def test_begun_from_the_step_with_the_set_up_of_the_demarche(client, lead, source):
    step = reverse("space:step", args=[source.reference, "rencontre"])
    assert f"?demarche={source.reference}" in text(client.get(step))
    client.post(reverse("space:rehearsal"), {"demarche": source.reference})
    assert Rehearsal.objects.get().source == source


def test_a_demarche_she_may_not_see_is_not_copied(client, lead):
    other = AppraisalFactory()
    response = client.post(reverse("space:rehearsal"), {"demarche": other.reference})
    assert response.status_code == 404
    assert not Rehearsal.objects.exists()


def test_without_an_instrument_she_is_told_what_to_do(client):
    client.force_login(UserFactory())
    page = text(client.post(reverse("space:rehearsal")))
    assert "Aucun instrument n’est prêt à servir" in page


def test_with_real_people_it_stays_shut(client, rehearsal):
    page = text(
        client.post(address("rehearsal_open", rehearsal), {"real_people": "oui"}, follow=True)
    )
    assert "n’ouvrez pas la répétition" in page
    rehearsal.refresh_from_db()
    assert rehearsal.state == "planned"


def test_without_an_answer_it_asks_again(client, rehearsal):
    page = text(client.post(address("rehearsal_open", rehearsal), follow=True))
    assert "Dites d’abord s’il y a de vraies personnes" in page


def test_alone_it_opens_then_the_fictitious_people_answer(client, rehearsal):
    page = text(
        client.post(address("rehearsal_open", rehearsal), {"real_people": "non"}, follow=True)
    )
    assert "Étape 2 de 8" in page
    page = text(client.post(address("rehearsal_answers", rehearsal), follow=True))
    assert "9 réponses fictives sont arrivées." in page
    assert "Étape 3 de 8" in page
    page = text(client.post(address("rehearsal_answers", rehearsal), follow=True))
    assert "Ils ont déjà tous répondu." in page


def red_buttons(response) -> list[str]:
    parts = BeautifulSoup(response.content, "html.parser").select("#partie-vote .button--invite")
    return [" ".join(part.get_text(" ").split()) for part in parts]


def test_the_red_button_is_what_the_step_asks_for(client, opened):
    console = address("console", opened)
    assert red_buttons(client.get(console)) == ["Faire répondre les participants fictifs"]
    answered = client.post(address("rehearsal_answers", opened), follow=True)
    assert red_buttons(answered) == ["Fermer et révéler R"]
    first, second = opened.rounds.order_by("instrument_dimension__position")[:2]
    meetings.close_and_reveal_round(meeting=opened, actor=SYSTEM, round_id=first.pk)
    assert red_buttons(client.get(console)) == ["Dimension suivante N"]
    dimension_id = second.instrument_dimension_id
    meetings.open_dimension(meeting=opened, actor=SYSTEM, dimension_id=dimension_id)
    assert red_buttons(client.get(console)) == ["Faire répondre les participants fictifs"]
    meetings.close_and_reveal_round(meeting=opened, actor=SYSTEM, round_id=second.pk)
    assert red_buttons(client.get(console)) == ["Voir les trois feuilles"]


def test_the_sheets_are_numbered_as_the_columns_of_the_grid(client, opened):
    page = BeautifulSoup(client.get(address("rehearsal_sheets", opened)).content, "html.parser")
    for sheet in page.select(".rehearsal-sheet"):
        assert [number.text for number in sheet.select("li > b")] == ["1", "2", "3"]
    grid = page.select_one(".button--invite")
    assert grid["target"] == "_blank"
    assert "(nouvel onglet)" in grid.get_text()
    assert page.select_one("button[data-print][hidden]") is not None


def test_results_say_who_counts_and_no_version_of_the_copy(client, opened):
    first, second = opened.rounds.order_by("instrument_dimension__position")[:2]
    answer_round(first, [3, 3, -1])
    answer_round(second, [3, 3])
    meetings.close_round(meeting=opened, actor=SYSTEM, round_id=first.pk)
    dimension_id = second.instrument_dimension_id
    meetings.open_dimension(meeting=opened, actor=SYSTEM, dimension_id=dimension_id)
    meetings.close_meeting(meeting=opened, actor=SYSTEM)
    meetings.finish_entry(meeting=opened, actor=SYSTEM)
    page = text(client.get(address("results", opened)))
    assert "accord net, 2 niveaux choisis, à lire avec prudence, 1 sur 3 ne sait pas" in page
    assert "(« Je ne sais pas » est une réponse), même l’équipe ne voit rien" in page
    assert opened.instrument.version not in page.replace(opened.reference, "")
    assert ", version" not in page


ITS_SCREENS = (
    "console",
    "hall",
    "paper_form",
    "results",
    "entry_grid",
    "hands",
    "paper_words",
    "shared_tablet",
    "tables",
    "room_questions",
    "thanks_sheet",
    "rehearsal_sheets",
    "rehearsal_wipe",
)


@pytest.mark.parametrize("name", ITS_SCREENS)
def test_every_screen_of_it_is_marked(client, opened, name):
    if name == "rehearsal_wipe":
        a_phone_answers(opened)
    page = text(client.get(address(name, opened)))
    assert "RÉPÉTITION" in page.partition("<main")[0].partition("<body")[2]
    assert "<title>RÉPÉTITION" in page.replace("<title>\n", "<title>")


def test_the_mirrored_wall_is_marked_too(client, opened):
    Meeting.every.filter(pk=opened.pk).update(mirrored_screen=True)
    assert "RÉPÉTITION – rien ne compte" in text(client.get(address("console", opened)))


def test_the_sheet_to_print_is_marked(client, opened):
    assert "Village-Répétition – RÉPÉTITION" in text(client.get(address("paper_form", opened)))


def test_a_real_meeting_is_not_marked(client, lead, source):
    meeting = create_meeting(appraisal=source, actor=SYSTEM)
    for name in ("console", "hall", "paper_form", "results"):
        assert "RÉPÉTITION" not in text(client.get(address(name, meeting)))


def test_a_phone_is_told_before_and_after(client, opened):
    page = text(client.get(f"/r/{opened.join_code}/"))
    assert "C’est une répétition." in page
    assert "ne comptent pas et seront effacées" in page
    assert "il n’y aura pas de rapport" in page
    assert "Le rapport ira" not in page
    client.post(f"/r/{opened.join_code}/commencer/")
    question = client.get(f"/r/{opened.join_code}/", follow=True)
    assert "RÉPÉTITION" in text(question)
    round_ = opened.rounds.first()
    client.post(
        f"/r/{opened.join_code}/reponses/",
        {
            "item": round_.instrument_dimension.items.get().pk,
            "round": round_.pk,
            "answer": 3,
            "sequence": 1,
        },
    )
    page = text(client.get(f"/r/{opened.join_code}/"))
    assert "C’est une répétition." in page
    assert "C’était" not in page
    close_meeting(meeting=opened, actor=SYSTEM)
    page = text(client.get(f"/r/{opened.join_code}/"))
    assert "C’était une répétition." in page
    assert "seront présentés" not in page
    page = text(client.get(f"/r/{opened.join_code}/merci/"))
    assert "C’est une répétition : tout sera effacé." in page
    for untrue in ("est gardé", "Le rapport se lira", "rapport le fera", "/rapport/"):
        assert untrue not in page


def test_nothing_on_paper_promises_a_report(client, opened):
    for name in ("thanks_sheet", "paper_form"):
        page = text(client.get(address(name, opened)))
        assert "C’est une répétition : tout sera effacé" in page
        for untrue in ("/rapport/", "Le rapport ira", "Le rapport se lira", "est gardé"):
            assert untrue not in page


def test_the_space_says_that_one_is_under_way(client, rehearsal):
    page = text(client.get(reverse("space:home")))
    assert "Reprendre la répétition" in page
    assert address("console", rehearsal) in page
    client.post(address("rehearsal_wipe", rehearsal))
    page = text(client.get(reverse("space:home")))
    assert "Reprendre la répétition" not in page
    assert "Faire une répétition générale" in page


CLOSED_TO_IT = (
    "results_csv",
    "ratings_export",
    "ratings_import",
    "ratings_template",
    "deliberation",
    "finding_new",
    "evening_passes",
    "meeting_minutes",
    "meeting_photos",
    "dots",
)


@pytest.mark.parametrize("name", CLOSED_TO_IT)
def test_exports_imports_and_findings_do_not_know_it(client, opened, name):
    assert client.get(address(name, opened)).status_code == 404


@pytest.mark.parametrize(
    "name", ["appraisal", "report", "report_csv", "privacy_preview", "adoption", "publication"]
)
def test_neither_report_nor_publication_knows_it(client, opened, name):
    assert opened.appraisal.reference == opened.reference
    assert client.get(address(name, opened)).status_code == 404


def test_tables_words_and_the_sheet_of_thanks_are_tried_too(client, opened):
    client.post(address("tables", opened), {"count": 2})
    item = opened.rounds.first().instrument_dimension.items.get()
    sheet = reverse("space:table", args=[opened.reference, 1])
    said = {"version": 0, f"niveau-{item.pk}": 2, f"mot-{item.pk}": "Le quai"}
    response = client.post(sheet, said, follow=True)
    assert "La table 1 est enregistrée." in text(response)
    page = client.post(address("room_questions", opened), {"text": "Un mot?"}, follow=True)
    question = opened.room_questions.get()
    assert "5 mots reçus" not in text(page)
    client.post(address("rehearsal_answers", opened))
    client.post(address("rehearsal_answers", opened))
    assert question.words.count() == 5
    asked = reverse("space:room_question", args=[opened.reference, question.pk])
    word = question.words.first()
    client.post(asked, {"intent": "placer", "word": word.pk, "state": "shown"})
    word.refresh_from_db()
    assert word.state == "shown"
    assert "Le lac (fictif)" in text(client.get(asked))
    assert "Merci, voici ce que vous avez dit" in text(client.get(address("thanks_sheet", opened)))


def test_a_real_phone_sends_its_word_too(client, opened):
    client.post(address("room_questions", opened), {"text": "Un mot?"})
    question = opened.room_questions.get()
    phone = Phone(opened).sit().client
    word = {"question": question.pk, "text": "Le quai"}
    phone.post(reverse("participant:room_word", args=[opened.join_code]), word)
    assert question.words.get().text == "Le quai"


def test_somebody_else_opens_none_of_it(opened, source):
    colleague = client_of(MembershipFactory(appraisal=source, role="co_facilitator").user)
    for name in ("tables", "room_questions", "thanks_sheet"):
        assert colleague.get(address(name, opened)).status_code == 404


@pytest.mark.parametrize("name", ["console", "results", "tables", "room_questions", "thanks_sheet"])
def test_it_links_to_nothing_that_would_not_open(client, opened, name):
    page = text(client.get(address(name, opened)))
    for shut in (*CLOSED_TO_IT, "appraisal", "report"):
        assert f'"{address(shut, opened)}' not in page


def test_the_real_meeting_warns_when_only_the_rehearsal_is_open(client, opened, source):
    meeting = create_meeting(appraisal=source, actor=SYSTEM)
    page = text(client.get(address("console", meeting)))
    assert "Seule une <b>répétition</b> est ouverte" in page
    assert opened.spaced_join_code in page
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + dt.timedelta(days=26))
    assert "Seule une" not in text(client.get(address("console", meeting)))  # not its evening
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None)
    Meeting.every.filter(pk=opened.pk).update(state="closed", closed_at=timezone.now())
    assert "Seule une" not in text(client.get(address("console", meeting)))


def test_wiped_from_its_page(client, opened):
    page = text(client.post(address("rehearsal_wipe", opened), follow=True))
    assert "Il n’en reste que sa date et sa durée." in page
    assert "arrêtée en chemin" in page
    assert not Meeting.every.exists()
    assert client.get(address("console", opened)).status_code == 404
    assert client.post(address("rehearsal_wipe", opened)).status_code == 404


def test_a_real_phone_is_not_wiped_without_a_tick(client, opened):
    a_phone_answers(opened)
    page = text(client.get(address("rehearsal_wipe", opened)))
    assert "1 vrai téléphone a répondu" in page
    response = client.post(address("rehearsal_wipe", opened))
    assert response.status_code == 422
    assert "ses réponses peuvent être effacées" in text(response)
    assert Rating.objects.exists()
    client.post(address("rehearsal_wipe", opened), {"sure": "on"})
    assert not Rating.objects.exists()


def test_kept_as_the_real_meeting_once_the_room_agrees(client, opened, source):
    a_phone_answers(opened)
    response = client.post(address("rehearsal_keep", opened))
    assert response.status_code == 422
    assert "Dites-le à la salle d’abord" in text(response)
    page = text(client.post(address("rehearsal_keep", opened), {"room_agrees": "on"}, follow=True))
    assert source.meetings.get().reference in page
    assert "RÉPÉTITION" not in page


def test_fictitious_answers_are_never_kept(client, opened):
    client.post(address("rehearsal_answers", opened))
    a_phone_answers(opened)
    page = text(client.get(address("rehearsal_wipe", opened)))
    assert "Des participants fictifs ont répondu." in page
    assert address("rehearsal_keep", opened) not in page
    assert client.post(address("rehearsal_keep", opened), {"room_agrees": "on"}).status_code == 422


@pytest.mark.parametrize("past", [1, 3])
def test_its_first_page_asks_as_much_for_many(client, lead, past, django_assert_num_queries):
    for _ in range(past):
        Rehearsal.objects.create(user=lead, started_at=timezone.now(), wiped_at=timezone.now())
    client.get(reverse("space:rehearsal"))
    with django_assert_num_queries(6):
        client.get(reverse("space:rehearsal"))
