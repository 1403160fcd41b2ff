"""What everybody reads: whoever is withheld changes nothing but a count."""

import json

import pytest

from appreciation.domain.report import ReportAction, ReportQuote
from appreciation.domain.synthesis.coding import code_findings, save_theme
from appreciation.domain.synthesis.public import for_public, leave_out
from appreciation.domain.synthesis.reading import (
    published_findings,
    published_quotes,
    read_synthesis,
)
from appreciation.domain.synthesis.snapshot import to_snapshot
from appreciation.domain.synthesis.texts import pick_quotes, save_story, save_text
from appreciation.enums import SourceShown
from tests.factories.full_report import DAY
from tests.factories.practices import issue, practice
from tests.factories.synthesis_sources import asked, make_synthesis, publish_again, publish_in, told

THREE = ("Non", "Un peu", "Oui")
OTHER_WORDS = ("Jamais", "Parfois", "Souvent", "Toujours")
LOUD_ITEMS = (
    asked("entraide", (9, 2, 0, 1), OTHER_WORDS),
    asked("releve", (0, 0, 9, 1), unknown=9),
    asked("ecole", (5, 5, 5), THREE),
)
LOUD = {
    "findings": (
        told("challenge", "Le transport de chez nous", "Transport"),
        told("challenge", "Notre jardin", "École"),
        told("strength", "Notre secret", is_quote=True),
        told("action_lead", "Notre piste"),
    ),
    "quotes": (ReportQuote("Entraide", "Notre mot"),),
    "actions": (ReportAction("Notre action", "Notre porteur", "Appeler", DAY, "à faire"),),
    "lessons": "Notre leçon.",
    "evening": {"head_count": 77, "instrument": "Notre grille", "instrument_version": "9"},
}


@pytest.fixture
def editions(region, mekinac, maskinonge):
    """Two that are named and public, one of the region, one that wants no name."""
    shown = [
        publish_in(mekinac, name, findings=(told("challenge", f"Transport à {name}", "Transport"),))
        for name in ("Village-A", "Village-B")
    ]
    regional = publish_in(maskinonge, "Régionale", level="region")
    return [*shown, regional, publish_in(mekinac, "Discrète")]


@pytest.fixture
def synthesis(region, user, editions):
    return make_synthesis(region, user, *editions, Discrète=SourceShown.ANONYMOUS)


def as_text(read):
    return json.dumps(to_snapshot(read), ensure_ascii=False, sort_keys=True)


def classify_and_pick(synthesis, user):
    """Everything that is published put under two themes, and every word picked."""
    for label, word, about in (
        ("Se déplacer", "ransport", issue()),
        ("Manger", "jardin", issue("jardin", "Alimentation")),
    ):
        found = [
            each.key
            for each in published_findings(synthesis=synthesis)
            if each.kind == "challenge" and word in each.text
        ]
        theme = save_theme(
            region=synthesis.region, user=user, kind="challenge", label=label, issue=about
        )
        if found:
            code_findings(synthesis=synthesis, user=user, theme=theme, keys=found)
    quotes = published_quotes(synthesis=synthesis)
    pick_quotes(synthesis=synthesis, user=user, keys=[each.key for each in quotes])


def test_what_is_withheld_changes_nothing_but_a_count(synthesis, user, editions):
    """Not a total, a median, a theme, a sheet or a sentence: there is nothing to subtract."""
    practice(title="Navette", issues=[issue()])
    practice(title="Jardin", issues=[issue("jardin", "Alimentation")])
    classify_and_pick(synthesis, user)
    quiet = as_text(read_synthesis(synthesis=synthesis, scope="public"))
    for edition in editions[2:]:
        publish_again(edition, LOUD_ITEMS, **LOUD)
        save_story(
            source=synthesis.sources.get(appraisal=edition.appraisal_id),
            user=user,
            text="Notre histoire.",
            version=1,
        )
    classify_and_pick(synthesis, user)
    region = as_text(read_synthesis(synthesis=synthesis))
    assert region.count("Notre") > 12
    assert as_text(read_synthesis(synthesis=synthesis, scope="public")) == quiet


def test_withheld_ones_are_counted_and_no_more(synthesis):
    public = read_synthesis(synthesis=synthesis, scope="public")
    assert [(each.key, each.name, each.is_regional) for each in public.sources] == [
        ("d1", "Village-A", False),
        ("d2", "Village-B", False),
        ("d3", "Communauté A", False),
        ("d4", "Communauté B", True),
    ]
    for each in public.sources[2:]:
        assert (each.territory, each.instrument, each.level, each.people) == ("", "", "", None)
    assert [each.sources for each in public.matrices] == [("d1", "d2")]
    assert {each.source for each in public.exits} == {"d1", "d2"}
    assert {each.source for each in public.stories} == {"d1", "d2"}
    assert [each.appraised for each in public.coverage.territories] == [0, 2]
    assert public.coverage.people == 24
    text = public.narrative("introduction").text
    assert text.startswith("4 démarches")
    assert "2 démarches sont comptées sans être nommées" in text


def test_the_region_reads_them_with_their_letters(synthesis):
    read = read_synthesis(synthesis=synthesis)
    assert [each.name for each in read.sources] == [
        "Régionale",
        "Village-A",
        "Village-B",
        "Communauté A",
    ]
    assert read.matrices[0].sources == ("d1", "d2", "d3", "d4")


def test_twice_is_once_and_written_paragraphs_stay(synthesis, user):
    save_text(synthesis=synthesis, user=user, key="results", text="Écrit par elle.", version=0)
    read = read_synthesis(synthesis=synthesis)
    public = for_public(read)
    assert for_public(public) == public
    assert public.narrative("results").text == "Écrit par elle."
    assert public.narrative("introduction").text != read.narrative("introduction").text


def test_left_out_it_is_not_even_counted(synthesis):
    read = read_synthesis(synthesis=synthesis)
    left = leave_out(read, {"d2"})
    assert "Village-A" not in as_text(left)
    assert len(for_public(left).sources) == 3
    assert left.coverage.people == read.coverage.people - 12
