"""Which démarches may be chosen, what may be compared, and two people who choose at once."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.report import ReportMedium
from appreciation.domain.synthesis.selection import (
    candidates,
    choose_sources,
    edit_synthesis,
    lost_sources,
    start_synthesis,
)
from appreciation.domain.synthesis.texts import save_story
from appreciation.enums import Medium, SourceShown
from appreciation.models import Appraisal
from core.errors import ConcurrentEditError, DomainError
from reference.enums import PlaceKind
from reference.models import PlacePart
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.synthesis_sources import (
    asked,
    make_region,
    make_synthesis,
    publish_in,
    publish_typed,
    take_back,
)

THREE = ("Non", "Un peu", "Oui")
NAMED = SourceShown.NAMED


def offered(region):
    return {each.name: each for each in candidates(region=region)}


def test_every_published_one_of_the_region_is_offered(region, mekinac, maskinonge):
    elsewhere = make_elsewhere()
    publish_in(elsewhere, "Ailleurs")
    publish_in(mekinac, "Village-B", level="region")
    publish_in(maskinonge, "Village-A", level="summary")
    publish_typed(mekinac, "Ancien")
    take_back(publish_in(mekinac, "Retirée"))
    assert list(offered(region)) == ["Village-A", "Ancien", "Village-B"]
    found = offered(region)["Village-B"]
    assert (found.people, found.instrument, found.instrument_version, found.scale_length) == (
        12,
        "Neuf dimensions",
        "2",
        4,
    )
    assert (found.territory, found.year, found.level, found.can_be_chosen) == (
        "Mékinac",
        2026,
        "region",
        True,
    )


def make_elsewhere():
    other = PlaceFactory(region=True, name="Autre région", slug="autre-region")
    return PlaceFactory(territory=True, name="Ailleurs", slug="ailleurs", parent=other)


def test_what_stands_apart_is_said(region, mekinac):
    same = (asked("entraide", (0, 1, 4, 7)),)
    hands = (ReportMedium(str(Medium.HANDS.label), None),)
    for name in ("A", "B"):
        publish_in(mekinac, name, same)
    publish_in(mekinac, "Version", same, evening={"instrument_version": "1"})
    publish_in(mekinac, "Instrument", same, evening={"instrument": "Grille du village"})
    publish_in(mekinac, "Échelle", (asked("entraide", (1, 4, 7), THREE),))
    publish_in(mekinac, "Peu", (asked("entraide", (0, 1, 2, 3)),))
    publish_in(mekinac, "Vieille", same, year=2015)
    publish_in(mekinac, "Mains", same, evening={"media": hands})
    held = publish_in(mekinac, "Retenue", same, level="region")
    Appraisal.objects.filter(pk=held.appraisal_id).update(announced_level="full")
    found = {name: " ".join(each.reasons) for name, each in offered(region).items()}
    assert found["A"] == found["B"] == ""
    assert "Version 1 de l’instrument; les autres ont surtout la version 2" in found["Version"]
    assert "Autre instrument (« Grille du village »)" in found["Instrument"]
    assert "Échelle de 3 niveaux" in found["Échelle"]
    assert "Moins de 8 personnes" in found["Peu"]
    assert "Elle date de 2015" in found["Vieille"]
    assert "chacun a vu la réponse des autres" in found["Mains"]
    assert "publié « région »" in found["Retenue"]


def test_the_council_and_the_embargo_stand_in_the_way(region, user, mekinac):
    nation = PlaceFactory(name="Communauté", kind=PlaceKind.FIRST_NATION_COMMUNITY, parent=mekinac)
    made_of_it = PlaceFactory(name="Formée", parent=mekinac)
    PlacePart.objects.create(whole=made_of_it, part=nation)
    agreed = PlaceFactory(name="Accordée", kind=PlaceKind.FIRST_NATION_COMMUNITY, parent=mekinac)
    editions = {
        place.name: publish_in(mekinac, place.name, place=place)
        for place in (nation, made_of_it, agreed)
    }
    Appraisal.objects.filter(place=agreed).update(council_agreed_on=dt.date(2026, 11, 1))
    later = publish_in(mekinac, "Plus tard", embargo_until=timezone.now() + dt.timedelta(days=3))
    found = offered(region)
    assert {name for name, each in found.items() if not each.can_be_chosen} == {
        "Communauté",
        "Formée",
        "Plus tard",
    }
    synthesis = make_synthesis(region, user)
    for edition, words in (
        (editions["Communauté"], "conseil"),
        (editions["Formée"], "conseil"),
        (later, "ne se lit pas avant"),
    ):
        with pytest.raises(DomainError, match=words):
            choose_sources(synthesis=synthesis, user=user, appraisals={edition.appraisal_id: NAMED})
    choose_sources(
        synthesis=synthesis,
        user=user,
        appraisals={editions["Accordée"].appraisal_id: NAMED},
    )
    assert synthesis.sources.count() == 1


def test_another_region_s_or_an_unpublished_one_is_refused(region, user, mekinac):
    synthesis = make_synthesis(region, user)
    gone = publish_in(mekinac, "Retirée")
    take_back(gone)
    for edition in (publish_in(make_elsewhere(), "Ailleurs"), gone):
        with pytest.raises(DomainError, match="n’est pas publiée dans la région"):
            choose_sources(synthesis=synthesis, user=user, appraisals={edition.appraisal_id: NAMED})
    assert not synthesis.sources.exists()


def test_fictitious_and_real_ones_are_not_read_together(region, user, mekinac):
    real = publish_in(mekinac, "Vraie")
    fictitious = publish_in(mekinac, "Fictive")
    fictitious.entry["is_demo"] = True
    fictitious.save()
    synthesis = make_synthesis(region, user)
    both = {real.appraisal_id: NAMED, fictitious.appraisal_id: NAMED}
    with pytest.raises(DomainError, match="fictives"):
        choose_sources(synthesis=synthesis, user=user, appraisals=both)
    changed = choose_sources(
        synthesis=synthesis, user=user, appraisals={fictitious.appraisal_id: NAMED}
    )
    assert changed.is_demo


def test_a_choice_made_on_an_old_screen_is_refused_with_the_other_one(region, user, mekinac):
    one, two = publish_in(mekinac, "Village-A"), publish_in(mekinac, "Village-B")
    synthesis = make_synthesis(region, user)
    first = choose_sources(
        synthesis=synthesis, user=user, appraisals={one.appraisal_id: NAMED}, version=1
    )
    with pytest.raises(ConcurrentEditError) as refusal:
        choose_sources(
            synthesis=synthesis, user=user, appraisals={two.appraisal_id: NAMED}, version=1
        )
    assert refusal.value.theirs == "Village-A (sous son nom)"
    again = choose_sources(
        synthesis=synthesis, user=user, appraisals={one.appraisal_id: NAMED}, version=1
    )
    assert first.version == again.version == 2


def test_a_written_story_is_not_lost_by_unticking_a_box(region, user, mekinac):
    edition = publish_in(mekinac, "Village-A")
    synthesis = make_synthesis(region, user, edition)
    source = synthesis.sources.get()
    save_story(source=source, user=user, text="Il était une fois.", version=1)
    with pytest.raises(DomainError, match="L’histoire de Village-A est écrite"):
        choose_sources(synthesis=synthesis, user=user, appraisals={})
    aside = {edition.appraisal_id: SourceShown.OPTED_OUT}
    choose_sources(synthesis=synthesis, user=user, appraisals=aside)
    assert synthesis.sources.get().story == "Il était une fois."


def test_whoever_asked_to_stay_out_may_stay_so_once_withdrawn(region, user, mekinac):
    one, two = publish_in(mekinac, "Village-A"), publish_in(mekinac, "Village-B")
    synthesis = make_synthesis(region, user, one, **{"Village-A": SourceShown.OPTED_OUT})
    take_back(one)
    choice = {one.appraisal_id: SourceShown.OPTED_OUT, two.appraisal_id: NAMED}
    choose_sources(synthesis=synthesis, user=user, appraisals=choice)
    assert synthesis.sources.count() == 2
    assert lost_sources(synthesis=synthesis) == ()


def test_a_chosen_one_that_was_withdrawn_is_told(region, user, mekinac):
    edition = publish_in(mekinac, "Village-A")
    synthesis = make_synthesis(region, user, edition)
    take_back(edition)
    assert [str(each.appraisal.place) for each in lost_sources(synthesis=synthesis)] == [
        "Village-A"
    ]


def test_only_who_coordinates_the_whole_region(region, mekinac):
    for person in (UserFactory(), RoleAssignmentFactory(place=mekinac).user):
        with pytest.raises(DomainError, match="Seule la coordination de la région"):
            start_synthesis(user=person, region=region, title="Synthèse", year=2026)


def test_starting_and_changing_the_title(region, user, mekinac):
    with pytest.raises(DomainError, match="porte sur une région"):
        start_synthesis(user=user, region=mekinac, title="Synthèse", year=2026)
    for title, year in (("  ", 2026), ("Synthèse", 1999), ("x" * 201, 2026)):
        with pytest.raises(DomainError):
            start_synthesis(user=user, region=region, title=title, year=year)
    synthesis = start_synthesis(user=user, region=region, title=" L'hiver ", year=2026)
    assert synthesis.title == "L’hiver"
    assert synthesis.reference.startswith("S-")
    values = {"title": "Autre", "headline": "Une phrase.", "year": 2026}
    edit_synthesis(synthesis=synthesis, user=user, version=1, **values)
    edit_synthesis(synthesis=synthesis, user=user, version=1, **values)
    with pytest.raises(ConcurrentEditError) as refusal:
        edit_synthesis(synthesis=synthesis, user=user, version=1, **values | {"title": "Troisième"})
    assert refusal.value.theirs == "Autre\nUne phrase.\n2026"


@pytest.mark.parametrize("count", [1, 12])
def test_queries_do_not_grow(count, django_assert_num_queries):
    region = make_region()
    for number in range(count):
        publish_in(region.children.get(), f"Village {number}")
    with django_assert_num_queries(2):
        assert len(candidates(region=region)) == count
