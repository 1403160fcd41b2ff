"""The report on screen: its paragraphs, its privacy preview, its numbers."""

import csv

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.enums import PublicationLevel
from appreciation.models import AgreedRating, ReportSection
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
def told(meeting):
    return meeting.appraisal


def url(told, name="report", *args):
    return reverse(f"space:{name}", args=[told.reference, *args])


def soup(response, status=200):
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    return BeautifulSoup(response.text, "html.parser")


def save(client, told, text, version=0, key="discussion"):
    return client.post(url(told, "report_section", key), {"text": text, "version": version})


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


# --- The report ---------------------------------------------------------------------------------
def test_the_report_tells_the_evening_strengths_first(as_lead, told):
    FindingFactory(appraisal=told, text="On s’entraide: toujours.")
    ActionFactory(appraisal=told, title="Un marché", first_step="Réserver le quai.", carrier="Luce")
    page = soup(as_lead.get(url(told)))
    text = page.select_one("article").get_text(" ", strip=True)
    assert page.h1.get_text().replace("\xa0", " ").startswith("Rivière-Exemple :")
    assert "12 personnes de Rivière-Exemple se sont réunies" in text
    names = [name.get_text() for name in page.select("#rapport-barres .chart-name")]
    assert (names[0], names[-1]) == (
        dimension_name(told.meetings.get(), STRONG),
        dimension_name(told.meetings.get(), HIDDEN),
    )
    assert "On s’entraide\xa0: toujours." in text
    assert "Au village, c’est acquis." in text
    assert "Réserver le quai." in text
    assert "quai.." not in text
    assert "Porté par Luce" in text
    assert "pas encore adoptée" in text


def test_the_report_shows_the_last_vote_only(as_lead, told):
    table = soup(as_lead.get(url(told))).select("#rapport-barres tbody tr")
    rows = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in table}
    assert rows[dimension_name(told.meetings.get(), SPLIT)][:4] == ["2", "4", "4", "2"]
    assert rows[dimension_name(told.meetings.get(), HIDDEN)][:6] == ["masqué"] * 6
    assert rows[dimension_name(told.meetings.get(), UNSURE)][4:6] == ["5", "42\xa0%"]


def test_exit_answers_are_in_the_report_from_five_people(as_lead, told, meeting):
    assert "Oui\xa0: 8 sur 9." in soup(as_lead.get(url(told))).select_one("#sortie").get_text()
    meeting.exit_hand_counts.filter(answer="yes").update(count=3)
    hidden = soup(as_lead.get(url(told))).select_one("#sortie").get_text()
    assert "Trop peu de réponses pour les montrer." in hidden
    assert "3 sur 4" not in hidden


def test_the_spreadsheet_shows_the_same_cells_and_no_more(as_lead, told):
    FindingFactory(appraisal=told)
    headings, *rows, source = rows_of(as_lead.get(url(told, "report_csv")))
    lines = {line["code"]: line for line in (dict(zip(headings, row, strict=True)) for row in rows)}
    assert [lines["q2"][f"niveau {n}"] for n in range(1, 5)] == ["2", "4", "4", "2"]
    assert lines["q2"]["niveau convenu"] == "En chemin"
    assert lines["q3"]["accord en mots"] == "trop peu de réponses"
    assert [lines["q3"][f"niveau {n}"] for n in range(1, 5)] == [""] * 4
    assert "Rivière-Exemple" in source[1]


def test_no_spreadsheet_runs_what_people_typed(as_lead, told):
    AgreedRating.objects.update(reason="=HYPERLINK(A1)", dissent="+1+1")
    text = b"".join(as_lead.get(url(told, "report_csv")).streaming_content).decode()
    assert ";'=HYPERLINK(A1);'+1+1" in text


# --- Paragraphs ---------------------------------------------------------------------------------
def test_a_paragraph_is_rewritten_then_given_back(as_lead, told):
    address = url(told, "report_section", "discussion")
    assembled = soup(as_lead.get(address)).textarea.get_text().strip()
    assert dimension_name(told.meetings.get(), SPLIT) in assembled
    response = save(as_lead, told, "À nous l’autobus.")
    assert response["Location"] == url(told)
    page = soup(as_lead.get(url(told)))
    assert "À nous l’autobus." in page.select_one("article").get_text()
    assert "écrit par l’équipe" in page.select_one("aside").get_text()
    as_lead.post(url(told, "report_section_reset", "discussion"), {"version": 1})
    assert soup(as_lead.get(address)).textarea.get_text().strip() == assembled


def test_an_emptied_paragraph_does_not_appear(as_lead, told):
    assert "Ce que ces résultats ne disent pas" in soup(as_lead.get(url(told))).article.get_text()
    save(as_lead, told, "", key="limits")
    assert "Ce que ces résultats ne disent" not in soup(as_lead.get(url(told))).article.get_text()


def test_two_people_writing_a_paragraph_see_both_texts(as_lead, told):
    """QUALITY.md row 21."""
    other = client_of(MembershipFactory(appraisal=told, role="co_facilitator").user)
    assert save(other, told, "Le premier texte.").status_code == 302
    page = soup(save(as_lead, told, "Mon texte."), status=409)
    assert "Le premier texte." in page.select_one("blockquote").get_text()
    assert page.textarea.get_text().strip() == "Mon texte."
    assert page.select_one("input[name=version]")["value"] == "1"
    assert ReportSection.objects.get().text == "Le premier texte."
    assert save(as_lead, told, "Les deux.", version=1).status_code == 302
    assert ReportSection.objects.get().text == "Les deux."


def test_a_reset_never_erases_a_text_nobody_read(as_lead, told):
    save(as_lead, told, "Un.")
    save(as_lead, told, "Deux.", version=1)
    response = as_lead.post(
        url(told, "report_section_reset", "discussion"), {"version": 1}, follow=True
    )
    assert "pendant que vous écriviez" in response.text
    assert ReportSection.objects.get().text == "Deux."


def test_a_paragraph_too_long_is_refused_and_kept_on_screen(as_lead, told):
    page = soup(save(as_lead, told, "é" * 10_001), status=422)
    assert len(page.textarea.get_text().strip()) == 10_001
    assert not ReportSection.objects.exists()


@pytest.mark.parametrize("name", ["report_section", "report_section_reset"])
def test_an_unknown_paragraph_is_not_written(as_lead, told, name):
    response = as_lead.post(url(told, name, "autre"), {"text": "x", "version": 0})
    assert response.status_code in (302, 404)
    assert not ReportSection.objects.exists()


def test_an_observer_reads_the_report_and_changes_nothing(told):
    observer = client_of(MembershipFactory(appraisal=told, role="observer").user)
    page = soup(observer.get(url(told)))
    assert not page.select(f'a[href^="{url(told, "report_section", "discussion")}"]')
    assert observer.get(url(told, "report_section", "discussion")).status_code == 404
    assert save(observer, told, "x").status_code == 404
    assert not ReportSection.objects.exists()


# --- What a neighbour could guess ---------------------------------------------------------------
def preview(client, told, level):
    return soup(client.get(url(told, "privacy_preview"), {"niveau": level}))


def test_preview_opens_on_the_announced_level(as_lead, told):
    told.announced_level = PublicationLevel.SUMMARY
    told.save()
    page = soup(as_lead.get(url(told, "privacy_preview")))
    assert page.select_one(".level-tabs [aria-current]").get_text(" ", strip=True) == (
        "Sommaire public annoncé"
    )
    beyond = preview(as_lead, told, "full")
    assert "Il ne pourra pas être publié." in beyond.get_text()


@pytest.mark.parametrize(
    ("level", "figures", "has_report"),
    [("private", 0, False), ("region", 4, True), ("summary", 0, True), ("full", 4, True)],
)
def test_preview_shows_exactly_what_leaves(as_lead, told, level, figures, has_report):
    page = preview(as_lead, told, level)
    assert len(page.select("figure")) == figures
    assert bool(page.select("#rendu")) is has_report
    if level == "summary":
        report = page.select_one(".report").get_text()
        assert "avis partagés" in report
        assert "Bien avancé" not in "".join(td.get_text() for td in page.select(".report td"))


def test_preview_names_what_is_hidden_and_what_can_be_guessed(as_lead, told, meeting):
    page = preview(as_lead, told, "full")
    parts = [part.get_text(" ", strip=True) for part in page.select(".level-parts > div")]
    assert dimension_name(told.meetings.get(), HIDDEN) in parts[2]
    assert "Les réponses de chaque personne" in parts[1]
    assert "Citations et mots de la salle choisis" in parts[1]


def test_preview_points_at_what_may_name_somebody(as_lead, told):
    FindingFactory(appraisal=told, text="Grâce à Marie-Ève L’Écuyer, 819 555-0142.")
    told.quotes_announced = True
    told.save()
    CommentFactory(
        meeting=told.meetings.get(), item=items_of(told)[0], text="Mme Roy sait.", is_quoted=True
    )
    text = preview(as_lead, told, "full").select_one("section[aria-labelledby=textes]").get_text()
    assert "Marie-Ève L’Écuyer" in text
    assert "Téléphone\xa0: 819 555-0142" in text
    assert "Mme Roy" in text
    summary = preview(as_lead, told, "summary").select_one("section[aria-labelledby=textes]")
    assert "Mme Roy" not in summary.get_text()


def test_an_unknown_level_is_404(as_lead, told):
    assert as_lead.get(url(told, "privacy_preview"), {"niveau": "autre"}).status_code == 404


@pytest.mark.parametrize("name", ["report", "report_csv", "privacy_preview"])
def test_neighbour_finds_nothing_and_no_other_verb_is_known(as_lead, as_neighbour, told, name):
    assert as_neighbour.get(url(told, name)).status_code == 404
    assert as_lead.post(url(told, name)).status_code == 405


# --- Hostile text -------------------------------------------------------------------------------
def test_hostile_text_is_shown_as_text_everywhere(as_lead, told, meeting):
    told.quotes_announced = True
    told.requested_by = told.adopted_by = meeting.venue = PAYLOAD
    told.adopted_on = "2026-11-03"
    told.save()
    meeting.save()
    told.place.name = PAYLOAD
    told.place.save()
    AgreedRating.objects.update(reason=PAYLOAD, dissent=PAYLOAD)
    FindingFactory(appraisal=told, text=PAYLOAD, quotable=True)
    CommentFactory(meeting=meeting, item=items_of(told)[0], text=PAYLOAD, is_quoted=True)
    ActionFactory(appraisal=told, title=PAYLOAD, carrier=PAYLOAD, first_step=PAYLOAD)
    item = items_of(told)[0]
    item.text = PAYLOAD
    item.save()
    instrument = told.instrument
    instrument.name = instrument.notice = instrument.source = PAYLOAD
    instrument.save()
    for key in ("introduction", "discussion", "limits"):
        save(as_lead, told, PAYLOAD, key=key)
    for address in (
        url(told),
        url(told, "report_section", "introduction"),
        url(told, "privacy_preview") + "?niveau=full",
        reverse("space:results", args=[meeting.reference]),
        reverse("space:deliberation", args=[meeting.reference]),
    ):
        text = as_lead.get(address).text
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address
        assert "&lt;script&gt;alert(1)" in text, address
        assert "{{ 7|add:7 }}" in text, address
