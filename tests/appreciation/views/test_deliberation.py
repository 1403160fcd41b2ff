"""The group talks, the team writes down: order, prompts, agreed levels, findings, words left."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.models import AgreedRating, Comment, Finding, Meeting
from tests.appreciation.views.conftest import client_of
from tests.appreciation.views.told import (
    HIDDEN,
    SPLIT,
    STRONG,
    UNSURE,
    dimension_name,
    told_meeting,
)
from tests.factories import MembershipFactory
from tests.factories.answers import items_of
from tests.factories.outcomes import ActionFactory, CommentFactory, FindingFactory

PAYLOAD = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}"


@pytest.fixture
def meeting(lead):
    return told_meeting(lead)


@pytest.fixture
def item(meeting):
    return items_of(meeting.appraisal)[SPLIT]


def url(meeting, name="deliberation", *args):
    return reverse(f"space:{name}", args=[meeting.reference, *args])


def dimension_url(meeting, index):
    dimension = items_of(meeting.appraisal)[index].instrument_dimension.dimension
    return url(meeting, "deliberation_dimension", dimension.code)


def soup(response, status=200):
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    return BeautifulSoup(response.text, "html.parser")


def agree(client, meeting, item, **values):
    values = {"level": "3", "reason": "", "dissent": "", "version": 0} | values
    return client.post(url(meeting, "agreed_rating", item.pk), values)


def write(client, meeting, **values):
    values = {"kind": "strength", "text": "On s’entraide.", "dimension": "", "version": 0} | values
    return client.post(url(meeting, "finding_new"), values)


# --- The order of the talk ----------------------------------------------------------------------
def test_agenda_opens_on_strengths_then_what_is_discussed_then_doubts(as_lead, meeting):
    page = soup(as_lead.get(url(meeting)))
    points = [
        (point.a.get_text(), point.select_one(".soft").get_text())
        for point in page.select(".agenda li")
    ]
    assert points == [
        (dimension_name(meeting, STRONG), "une force partagée"),
        (dimension_name(meeting, SPLIT), "avis partagés"),
        (dimension_name(meeting, UNSURE), "plus du tiers ne sait pas"),
    ]


def test_dimensions_go_from_the_most_discussed_to_the_most_agreed(as_lead, meeting):
    lines = soup(as_lead.get(url(meeting))).select(".talk-list li")
    assert [line.a.get_text() for line in lines] == [
        dimension_name(meeting, index) for index in (SPLIT, STRONG, UNSURE, HIDDEN)
    ]
    assert "avis partagés" in lines[0].get_text()
    assert "niveau convenu" in lines[0].get_text()
    assert "plus du tiers ne sait pas" in lines[2].get_text()
    assert "trop peu de réponses" in lines[3].get_text()


# --- One dimension ------------------------------------------------------------------------------
def test_a_dimension_shows_both_votes_the_prompt_and_what_to_say(as_lead, meeting):
    dimension = items_of(meeting.appraisal)[SPLIT].instrument_dimension
    dimension.dimension.prompt = "Pour qui est-ce différent: les aînés?"
    AgreedRating.objects.all().delete()
    page = soup(as_lead.get(dimension_url(meeting, SPLIT)))
    assert [name.get_text() for name in page.select(".chart-name")] == [
        "Premier vote",
        "Deuxième vote",
    ]
    say = page.select_one(".say")
    assert say.h3.get_text() == "Qu’est-ce que je dis maintenant?"
    assert "La discussion a déplacé les réponses." in say.get_text()
    assert "Ensuite." in say.get_text()


def test_hidden_answers_are_not_drawn_nor_asked_back(as_lead, meeting):
    page = soup(as_lead.get(dimension_url(meeting, HIDDEN)))
    assert page.select(".chart-bar") == []
    assert "On est trop peu à avoir répondu" in page.select_one(".say").get_text()


def test_what_is_said_has_its_no_break_spaces(as_lead, meeting):
    say = soup(as_lead.get(dimension_url(meeting, SPLIT))).select_one(".say").get_text()
    assert "ce que certains voient autrement\xa0: est-ce bien dit?" in say


def test_an_unknown_dimension_is_404(as_lead, meeting):
    assert as_lead.get(url(meeting, "deliberation_dimension", "autre")).status_code == 404


# --- The agreed level ---------------------------------------------------------------------------
def test_an_agreed_level_is_written_with_reason_and_dissent(as_lead, meeting):
    item = items_of(meeting.appraisal)[STRONG]
    response = agree(as_lead, meeting, item, level="4", reason="On le vit.", dissent="Pas l’hiver.")
    assert response.status_code == 302
    assert response["Location"] == dimension_url(meeting, STRONG)
    page = soup(as_lead.get(response["Location"]))
    assert "On le vit." in page.get_text()
    assert "Pas l’hiver." in page.get_text()
    (mark,) = page.select(".chart-row svg title")
    assert mark.get_text().endswith("Niveau convenu\xa0: Acquis.")


def test_the_group_may_keep_both_readings(as_lead, meeting):
    item = items_of(meeting.appraisal)[STRONG]
    assert agree(as_lead, meeting, item, level="", dissent="Deux lectures.").status_code == 302
    assert AgreedRating.objects.get(item=item).level is None


def test_no_level_and_no_word_is_refused_beside_its_field(as_lead, meeting):
    item = items_of(meeting.appraisal)[STRONG]
    page = soup(agree(as_lead, meeting, item, level=""), status=422)
    assert "écrivez pourquoi le groupe n’en retient pas" in page.get_text()
    assert AgreedRating.objects.filter(item=item).count() == 0


@pytest.mark.parametrize("values", [{"level": "9"}, {"reason": "a" * 2001}, {"version": "x"}])
def test_a_bad_level_is_refused_and_nothing_typed_is_lost(as_lead, meeting, values):
    item = items_of(meeting.appraisal)[STRONG]
    page = soup(agree(as_lead, meeting, item, **{"dissent": "Mes mots."} | values), status=422)
    assert "Mes mots." in page.select_one("textarea[name=dissent]").get_text()
    assert AgreedRating.objects.filter(item=item).count() == 0


def test_two_people_agreeing_on_a_level_see_both_texts(as_lead, meeting, item):
    """QUALITY.md row 21: the second is refused, told what the first wrote, and loses nothing."""
    page = soup(agree(as_lead, meeting, item, reason="Ma raison.", version=0), status=409)
    assert "Deux textes, rien n’est perdu" in page.get_text()
    theirs = page.select_one("blockquote").get_text()
    assert "En chemin" in theirs
    assert "On pense aux rangs." in theirs
    assert page.select_one("textarea[name=reason]").get_text().strip() == "Ma raison."
    assert page.select_one("input[name=level][checked]")["value"] == "3"
    assert page.select_one("input[name=version]")["value"] == "1"
    assert AgreedRating.objects.get(item=item).reason == "On pense aux rangs."
    again = agree(as_lead, meeting, item, reason="Les deux.", version=1)
    assert again.status_code == 302
    assert AgreedRating.objects.get(item=item).reason == "Les deux."


def test_an_agreed_level_is_taken_back(as_lead, meeting, item):
    as_lead.post(url(meeting, "agreed_rating_removal", item.pk))
    assert not AgreedRating.objects.exists()
    assert as_lead.post(url(meeting, "agreed_rating_removal", item.pk)).status_code == 302


def test_the_item_of_another_instrument_is_404(as_lead, meeting, lead):
    other = items_of(told_meeting(lead).appraisal)[0]
    assert as_lead.get(url(meeting, "agreed_rating", other.pk)).status_code == 404
    assert agree(as_lead, meeting, other).status_code == 404


# --- Findings -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "title"),
    [("strength", "Forces"), ("challenge", "Défis"), ("action_lead", "Pistes d’action")],
)
def test_a_finding_is_written_where_it_was_said(as_lead, meeting, kind, title):
    dimension = items_of(meeting.appraisal)[SPLIT].instrument_dimension.dimension
    response = write(as_lead, meeting, kind=kind, text="C’est dit.", dimension=dimension.pk)
    assert response["Location"] == dimension_url(meeting, SPLIT)
    page = soup(as_lead.get(response["Location"]))
    assert page.select_one("section[aria-labelledby=inscrire] h3").get_text() == title
    finding = Finding.objects.get()
    assert (finding.kind, finding.text, finding.meeting) == (kind, "C’est dit.", meeting)


def test_a_double_tap_writes_one_finding(as_lead, meeting):
    for _ in range(2):
        assert write(as_lead, meeting).status_code == 302
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("values", [{"text": " "}, {"text": "é" * 601}, {"kind": "autre"}])
def test_a_bad_finding_is_refused_in_words(as_lead, meeting, values):
    page = soup(write(as_lead, meeting, **values), status=422)
    assert page.select("#erreurs")
    assert Finding.objects.count() == 0


def test_a_quote_cannot_slip_in_when_quotes_were_not_announced(as_lead, meeting):
    assert not soup(as_lead.get(url(meeting, "finding_new"))).select("[name=quotable]")
    write(as_lead, meeting, quotable="on")
    assert not Finding.objects.get().quotable


def test_two_people_editing_a_finding_see_both_texts(as_lead, meeting):
    finding = FindingFactory(appraisal=meeting.appraisal, text="Le premier texte.", version=2)
    response = as_lead.post(
        url(meeting, "finding_edit", finding.pk),
        {"kind": "strength", "text": "Mon texte.", "version": 1},
    )
    page = soup(response, status=409)
    assert "Le premier texte." in page.select_one("blockquote").get_text()
    assert page.select_one("textarea[name=text]").get_text().strip() == "Mon texte."
    assert page.select_one("input[name=version]")["value"] == "2"
    finding.refresh_from_db()
    assert finding.text == "Le premier texte."


def test_a_finding_under_an_action_is_not_removed(as_lead, meeting):
    finding = FindingFactory(appraisal=meeting.appraisal)
    ActionFactory(appraisal=meeting.appraisal, finding=finding)
    response = as_lead.post(url(meeting, "finding_removal", finding.pk), follow=True)
    assert "Une action s’appuie sur ce constat." in response.text
    assert Finding.objects.count() == 1


def test_the_finding_of_another_demarche_is_out_of_reach(as_lead, meeting, lead):
    other = FindingFactory(appraisal=told_meeting(lead).appraisal)
    assert as_lead.get(url(meeting, "finding_edit", other.pk)).status_code == 404
    as_lead.post(url(meeting, "finding_removal", other.pk))
    assert Finding.objects.filter(pk=other.pk).exists()


def test_text_typed_before_the_session_expired_comes_back(client, meeting, lead):
    address = url(meeting, "finding_new")
    data = {"kind": "challenge", "text": "L’autobus du soir.", "version": 0}
    assert client.post(address, data).status_code == 302
    kept = client.session["kept_text"]
    client.force_login(lead)
    session = client.session
    session["kept_text"] = kept
    session.save()
    page = soup(client.get(address))
    assert "L’autobus du soir." in page.select_one("textarea[name=text]").get_text()
    assert not Finding.objects.exists()


# --- Words left ---------------------------------------------------------------------------------
def word(meeting, text="Un mot", **values):
    return CommentFactory(
        meeting=meeting, item=items_of(meeting.appraisal)[SPLIT], text=text, **values
    )


def test_words_left_are_in_the_order_of_their_letters(as_lead, meeting):
    for text in ("Zone", "Autobus", "Marché"):
        word(meeting, text)
    page = soup(as_lead.get(dimension_url(meeting, SPLIT)))
    assert [each.p.get_text(strip=True) for each in page.select(".word-list li")] == [
        "Autobus",
        "Marché",
        "Zone",
    ]


def test_words_left_are_not_on_the_wall(as_lead, meeting):
    word(meeting, "Mot de trop")
    Meeting.objects.update(mirrored_screen=True)
    assert "Mot de trop" not in as_lead.get(dimension_url(meeting, SPLIT)).text


@pytest.mark.parametrize(
    ("announced", "choice", "expected"),
    [
        (True, "citer", (False, True)),
        (False, "citer", (False, False)),
        (True, "masquer", (True, False)),
        (True, "garder", (False, False)),
    ],
)
def test_a_word_is_quoted_only_if_announced(as_lead, meeting, announced, choice, expected):
    meeting.appraisal.quotes_announced = announced
    meeting.appraisal.save()
    comment = word(meeting)
    as_lead.post(url(meeting, "comment_choice", comment.pk), {"choix": choice})
    comment.refresh_from_db()
    assert (comment.is_hidden, comment.is_quoted) == expected


def test_the_word_of_another_meeting_is_404(as_lead, meeting, lead):
    other = word(told_meeting(lead))
    assert (
        as_lead.post(url(meeting, "comment_choice", other.pk), {"choix": "masquer"}).status_code
        == 404
    )
    assert not Comment.objects.get(pk=other.pk).is_hidden


# --- Hostile text -------------------------------------------------------------------------------
def test_hostile_text_is_shown_as_text_everywhere(as_lead, meeting, item):
    meeting.appraisal.quotes_announced = True
    meeting.appraisal.save()
    dimension = item.instrument_dimension.dimension
    agree(as_lead, meeting, item, reason=PAYLOAD, dissent=PAYLOAD, version=1)
    write(as_lead, meeting, text=PAYLOAD, dimension=dimension.pk, quotable="on")
    word(meeting, PAYLOAD, is_quoted=True)
    finding = Finding.objects.get()
    assert AgreedRating.objects.get(item=item).reason == PAYLOAD == finding.text
    for address in (
        url(meeting),
        dimension_url(meeting, SPLIT),
        url(meeting, "agreed_rating", item.pk),
        url(meeting, "finding_edit", finding.pk),
        url(meeting, "results"),
    ):
        page = as_lead.get(address)
        assert "<script>alert" not in page.text, address
        assert "<img src=x" not in page.text, address
        assert "&lt;script&gt;alert(1)" in page.text, address
        assert "{{ 7|add:7 }}" in page.text, address


# --- Who ----------------------------------------------------------------------------------------
def test_an_observer_reads_and_is_offered_no_form(meeting):
    observer = client_of(MembershipFactory(appraisal=meeting.appraisal, role="observer").user)
    page = soup(observer.get(dimension_url(meeting, SPLIT)))
    assert page.select("main form") == []
    assert write(observer, meeting).status_code == 404
    assert Finding.objects.count() == 0
