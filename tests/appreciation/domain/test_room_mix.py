"""The room beside the census: what is compared, what is said to be missing, what is not known."""

import pytest

from appreciation.domain.room_mix import awaited_mix, room_mix
from appreciation.models import GroupTally
from reference.domain.imports.indicators import import_indicators
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import SEEDS
from reference.models import Place
from tests.factories import AppraisalFactory, MeetingFactory


@pytest.fixture(scope="module")
def place(kept_for_the_module):
    """A real village of a region whose census of 2016 says 13,8 %, 62,5 % and 23,6 %."""
    load_seed()
    name = "mauricie_profile_2016.csv"
    import_indicators((SEEDS / name).read_bytes(), file_name=name)
    return Place.objects.get(slug="saint-roch-de-mekinac")


@pytest.fixture
def meeting(place):
    appraisal = AppraisalFactory(at_meeting=True, place=place, expected_attendance=20)
    return MeetingFactory(appraisal=appraisal)


def count(meeting, **people):
    GroupTally.objects.filter(meeting=meeting).delete()
    groups = {"under": "under_15", "young": "15_29", "middle": "30_64", "old": "65_over"}
    for name, number in people.items():
        GroupTally.objects.create(meeting=meeting, group=groups.get(name, name), count=number)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_before_the_evening_a_room_in_the_image_of_the_place(meeting):
    mix = awaited_mix(meeting.appraisal)
    assert [(line.label, line.here, line.expected) for line in mix.lines] == [
        ("moins de 15 ans", None, 3),
        ("15 à 64 ans", None, 12),
        ("65 ans et plus", None, 5),
    ]
    assert plain(mix.sentence) == (
        "À l’image de la Mauricie, une salle de 20 personnes compterait environ 3 de « moins de 15"
        " ans », 12 de « 15 à 64 ans » et 5 de « 65 ans et plus »."
    )
    first, base, small = mix.limits
    assert "ne donne pas ces parts pour Saint-Roch-de-Mékinac" in first
    assert "Mauricie, 2016" in base
    assert "toute la population, enfants compris" in base
    assert "pas un verdict" in small


def test_after_it_who_is_not_there_yet(meeting):
    assert room_mix(meeting) is None
    count(meeting, young=0, middle=14, old=6)
    mix = room_mix(meeting)
    assert [(line.label, line.here, line.expected) for line in mix.lines] == [
        ("moins de 15 ans", 0, 3),
        ("15 à 64 ans", 14, 12),
        ("dont 15 à 29 ans", 0, None),
        ("65 ans et plus", 6, 5),
    ]
    assert plain(mix.sentence).endswith("« moins de 15 ans ».")
    assert any("levé la main" in limit for limit in mix.limits)


def test_half_of_what_is_expected_is_not_missing(meeting):
    count(meeting, under=2, middle=14, old=4)
    assert "Aucun groupe compté" in room_mix(meeting).sentence


def test_one_person_is_never_said_to_be_missing(meeting):
    count(meeting, middle=3, old=2)
    assert not any(line.is_missing for line in room_mix(meeting).lines)


def test_gender_counted_without_a_census_is_said_and_not_compared(meeting):
    count(meeting, women=9, men=1)
    mix = room_mix(meeting)
    assert [(line.label, line.here, line.expected) for line in mix.lines] == [
        ("femmes", 9, None),
        ("hommes", 1, None),
    ]
    assert mix.compared == []


def test_a_place_without_any_census_has_no_image(place):
    assert awaited_mix(AppraisalFactory()) is None
