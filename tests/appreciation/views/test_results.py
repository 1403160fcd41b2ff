"""The results screen and its spreadsheets: what the team sees of its own evening."""

import csv

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.enums import MeetingState
from appreciation.models import ExitHandCount, GroupTally
from tests.appreciation.views.told import (
    HIDDEN,
    SPLIT,
    STRONG,
    UNSURE,
    dimension_name,
    told_meeting,
)
from tests.factories import (
    AppraisalFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    SeatFactory,
    SectorFactory,
)
from tests.factories.answers import answer, finish, items_of, spread


@pytest.fixture
def meeting(lead):
    return told_meeting(lead)


def url(meeting, name="results"):
    return reverse(f"space:{name}", args=[meeting.reference])


def page_of(client, meeting):
    response = client.get(url(meeting))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    return BeautifulSoup(response.text, "html.parser")


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def figure(page, identifier):
    (found,) = page.select(f"figure#{identifier}")
    return found


def table_of(figure):
    return [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in figure.select("tr")
    ]


def test_bars_come_first_then_dots_then_the_turn(as_lead, meeting):
    identifiers = [figure["id"] for figure in page_of(as_lead, meeting).select("figure")]
    assert identifiers[:3] == ["resultats-barres", "resultats-pastilles", "resultats-tour"]
    assert identifiers[-1] == "sortie"


def test_every_figure_has_title_sentence_drawing_table_source_and_csv(as_lead, meeting):
    figures = page_of(as_lead, meeting).select("figure")
    assert len(figures) == 5
    for each in figures:
        assert each.select_one("figcaption h2, figcaption h3").get_text(strip=True)
        assert each.select_one("figcaption .sentence").get_text(strip=True)
        assert each.select("svg[role=img] title")
        assert "22\xa0octobre\xa02026" in each.select_one(".source").get_text()
        shown = table_of(each)
        response = as_lead.get(each.select_one(".source a")["href"])
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        *rows, source = rows_of(response)
        assert rows == shown
        assert source[0] == "Source"


def test_bars_tell_distribution_median_agreement_and_who_does_not_know(as_lead, meeting):
    rows = {
        row[0]: row[1:] for row in table_of(figure(page_of(as_lead, meeting), "resultats-barres"))
    }
    assert rows[dimension_name(meeting, STRONG)] == [
        *("0", "0", "2", "10", "0", "0\xa0%", "aucun"),
        "Acquis, accord net",
    ]
    assert rows[dimension_name(meeting, UNSURE)] == [
        *("0", "0", "7", "0", "5", "42\xa0%", "aucun"),
        "Bien avancé, accord net, 7 réponses, à lire avec prudence, 5 sur 12 ne savent pas",
    ]
    assert rows[dimension_name(meeting, SPLIT)][-2:] == [
        "En chemin",
        "entre «\xa0En chemin\xa0» et «\xa0Bien avancé\xa0», avis partagés",
    ]
    assert rows[dimension_name(meeting, HIDDEN)] == [
        *["masqué"] * 6,
        "aucun",
        "trop peu de réponses",
    ]


def test_strengths_come_first_and_hidden_answers_last(as_lead, meeting):
    names = [
        name.get_text()
        for name in figure(page_of(as_lead, meeting), "resultats-barres").select(".chart-name")
    ]
    assert (names[0], names[-1]) == (
        dimension_name(meeting, STRONG),
        dimension_name(meeting, HIDDEN),
    )


def test_both_rounds_and_the_agreed_level_stand_side_by_side(as_lead, meeting):
    page = page_of(as_lead, meeting)
    item = items_of(meeting.appraisal)[SPLIT]
    votes = figure(page, f"votes-{item.pk}")
    assert [row[:5] for row in table_of(votes)[1:]] == [
        ["Premier vote", "6", "0", "0", "6"],
        ["Deuxième vote", "2", "4", "4", "2"],
    ]
    assert "on passe de «\xa0avis opposés\xa0» à «\xa0avis partagés\xa0»" in votes.h3.get_text()
    assert "Convenu : En chemin" in votes.get_text().replace("\xa0", " ")
    convened = page.select_one(".agreed-list").get_text()
    assert "On pense aux rangs." in convened
    assert "Au village, c’est acquis." in convened


def test_exit_answers_are_shown_by_the_rule_of_the_room(as_lead, meeting):
    exits = figure(page_of(as_lead, meeting), "sortie")
    assert table_of(exits) == [
        ["Question de sortie", "Non", "Plus ou moins", "Oui", "En mots"],
        ["Avez-vous senti qu’on vous écoutait?", "1", "0", "8", ""],
    ]
    assert "Ne sait pas" not in exits.get_text()
    ExitHandCount.objects.update(count=1)
    hidden = figure(page_of(as_lead, meeting), "sortie")
    assert table_of(hidden)[1][1:4] == ["masqué"] * 3
    assert "Trop peu de réponses pour les montrer." in hidden.get_text()


def test_nothing_is_shown_before_the_reveal(as_lead, meeting):
    meeting.state = MeetingState.OPEN
    meeting.save()
    meeting.rounds.update(state="closed")
    page = page_of(as_lead, meeting)
    assert [each["id"] for each in page.select("figure")] == ["sortie"]
    assert "Rien à montrer pour l’instant" in page.get_text()


def test_items_of_one_dimension_are_told_apart(as_lead, lead):
    instrument = InstrumentFactory()
    dimension = InstrumentDimensionFactory(instrument=instrument)
    for code in ("a", "b"):
        ItemFactory(instrument_dimension=dimension, code=code, text=f"Énoncé {code}")
    appraisal = AppraisalFactory(instrument=instrument, at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=lead)
    meeting = MeetingFactory(appraisal=appraisal)
    first, second = items_of(appraisal)
    answer(meeting, first, spread(0, 0, 0, 6))
    answer(meeting, second, spread(6, 0, 0, 0))
    finish(meeting)
    page = page_of(as_lead, meeting)
    assert table_of(figure(page, "resultats-barres"))[1][1:5] == ["6", "0", "0", "6"]
    assert [row[:5] for row in table_of(figure(page, f"dimension-{dimension.pk}-1"))[1:]] == [
        ["Énoncé a", "0", "0", "0", "6"],
        ["Énoncé b", "6", "0", "0", "0"],
    ]


def test_sectors_are_cut_only_where_every_group_is_a_crowd(as_lead, lead):
    appraisal = AppraisalFactory(at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=lead)
    meeting = MeetingFactory(appraisal=appraisal, asks_sector=True)
    sizes = {"Municipal": 6, "Communautaire": 9, "École": 2}
    seats = [
        SeatFactory(meeting=meeting, sector=sector)
        for sector, size in ((SectorFactory(name=name), size) for name, size in sizes.items())
        for _ in range(size)
    ]
    first, second, _ = items_of(appraisal)
    answer(meeting, first, [2] * 17, seats=seats)
    answer(meeting, second, [2] * 8, seats=[*seats[:4], *seats[-4:]])
    finish(meeting)
    page = page_of(as_lead, meeting)
    assert [row[0] for row in table_of(figure(page, f"secteurs-{first.pk}"))[1:]] == [
        "Communautaire",
        "Les autres personnes",
    ]
    section = page.select_one("section[aria-labelledby=secteurs]").get_text()
    assert "École" not in section
    assert f"Trop peu de réponses pour les séparer\xa0: {dimension_name(meeting, 1)}." in section


def test_the_spreadsheet_has_every_vote_and_the_figures_no_screen_shows(as_lead, meeting):
    response = as_lead.get(url(meeting, "results_csv"))
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    headings, *rows, source = rows_of(response)
    lines = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [(line["code"], line["vote"]) for line in lines] == [
        ("q1", "1"),
        ("q2", "1"),
        ("q2", "2"),
        ("q3", "1"),
        ("q4", "1"),
    ]
    second = lines[2]
    assert second["accord A"] == "0,2222222222"
    assert second["médiane"] == "2,5"
    assert (second["niveau convenu en mots"], second["pourquoi"]) == (
        "En chemin",
        "On pense aux rangs.",
    )
    assert lines[1]["niveau convenu"] == ""
    hidden = [value for heading, value in lines[3].items() if heading not in headings[:5]]
    assert hidden == ["trop peu de réponses", *[""] * (len(hidden) - 1)]
    assert (lines[4]["ne sait pas"], lines[4]["ont répondu"]) == ("5", "12")
    assert source[0] == "source"


def test_no_spreadsheet_runs_what_people_typed(as_lead, meeting):
    meeting.agreed_ratings.update(reason="=cmd|' /C calc'!A0", dissent="\t@SUM(A1)")
    text = b"".join(as_lead.get(url(meeting, "results_csv")).streaming_content).decode()
    assert ";'=cmd|' /C calc'!A0;" in text
    assert "'\t@SUM(A1)" in text


def test_an_unknown_figure_is_404(as_lead, meeting):
    assert as_lead.get(url(meeting, "results_csv"), {"figure": "autre"}).status_code == 404


@pytest.mark.parametrize("name", ["results", "results_csv"])
def test_only_reading_is_known(as_lead, meeting, name):
    assert as_lead.post(url(meeting, name)).status_code == 405


@pytest.mark.parametrize("name", ["results", "results_csv"])
def test_a_neighbour_finds_nothing(as_neighbour, meeting, name):
    assert as_neighbour.get(url(meeting, name)).status_code == 404


def test_the_room_stands_beside_the_census_once_it_was_counted(as_lead, meeting):
    assert "La salle à côté du milieu" not in page_of(as_lead, meeting).get_text()
    GroupTally.objects.create(meeting=meeting, group="65_over", count=4)
    shown = page_of(as_lead, meeting).select_one(".mix").get_text(" ", strip=True)
    assert "65 ans et plus 4 inconnu pas séparé" in shown
    assert "Aucun recensement chargé" in shown
    assert "Pour l’équipe seulement." in shown
