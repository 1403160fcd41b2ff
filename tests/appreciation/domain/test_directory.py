"""The directory: who sees whom, how one enters and leaves it; and « Jumelage »."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.directory import (
    erase_old_entries,
    leave_directory,
    next_old_entry,
    save_entry,
)
from appreciation.domain.queries.pairing import pairings, size_band, size_words
from appreciation.enums import PublicationLevel
from appreciation.models import DirectoryEntry
from core.errors import DomainError
from reference.enums import PlaceKind
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.directory import DirectoryEntryFactory
from tests.factories.register import publish_entry


def enter(user, **changes):
    values = {"organisation": "Comité", "helps_with": "Inviter", "phone": "819 555-0101"}
    return save_entry(user=user, **(values | changes))


def seen_by(user) -> set[str]:
    return {str(one) for one in DirectoryEntry.objects.visible_to(user)}


def test_only_who_opted_in_is_seen_and_only_by_who_accompanies(lead, appraisal, neighbour):
    enter(lead)
    colleague = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    observer = MembershipFactory(appraisal=appraisal, role="observer").user
    editor = RoleAssignmentFactory(place=PlaceFactory(territory=True), role="editor").user
    coordinator = RoleAssignmentFactory(place=PlaceFactory(territory=True)).user
    administrator = UserFactory(is_superuser=True)
    for reader in (lead, neighbour, colleague, coordinator, administrator):
        assert seen_by(reader) == {str(lead)}, reader
    for other in (observer, editor, UserFactory()):
        assert seen_by(other) == set(), other


def test_whoever_left_or_whose_team_is_behind_her_is_seen_by_nobody(lead, appraisal, neighbour):
    enter(lead)
    leave_directory(user=lead)
    leave_directory(user=lead)
    assert not DirectoryEntry.objects.exists()
    enter(lead)
    appraisal.memberships.all().delete()
    assert seen_by(neighbour) == set()
    MembershipFactory(appraisal=appraisal, user=lead)
    assert seen_by(neighbour) == {str(lead)}
    lead.is_active = False
    lead.save()
    assert seen_by(neighbour) == set()


def test_a_rehearsal_gives_no_right_to_the_directory(lead, stranger):
    MembershipFactory(appraisal__is_rehearsal=True, user=stranger)
    DirectoryEntryFactory()
    assert seen_by(stranger) == set()
    with pytest.raises(DomainError, match="pour les personnes qui mènent"):
        enter(stranger)


def test_there_must_be_a_way_to_reach_her(lead, appraisal):
    with pytest.raises(DomainError) as refusal:
        enter(lead, phone=" ", shows_email=False)
    assert set(refusal.value.fields) == {"phone"}
    assert enter(lead, phone="", shows_email=True).phone == ""


def test_an_entry_is_kept_two_years_after_it_was_confirmed(lead, appraisal):
    entry = enter(lead)
    assert next_old_entry() == entry.kept_until
    now = timezone.now()
    assert erase_old_entries(now + dt.timedelta(days=729)) == 0
    entry.confirmed_at = now - dt.timedelta(days=729)
    entry.save()
    assert enter(lead).confirmed_at >= now
    assert erase_old_entries(now + dt.timedelta(days=731)) == 1


@pytest.mark.parametrize(
    ("population", "words"),
    [
        (999, "moins de 1\N{NO-BREAK SPACE}000 personnes"),
        (1000, "de 1\N{NO-BREAK SPACE}000 à 2\N{NO-BREAK SPACE}499 personnes"),
        (4999, "de 2\N{NO-BREAK SPACE}500 à 4\N{NO-BREAK SPACE}999 personnes"),
        (15000, "15\N{NO-BREAK SPACE}000 personnes ou plus"),
    ],
)
def test_bands_of_population(population, words):
    assert size_words(size_band(PlaceFactory.build(population=population))) == words


def test_an_unknown_population_is_in_no_band():
    assert size_band(PlaceFactory.build()) is None


class TestPairing:
    @pytest.fixture
    def mine(self, appraisal):
        appraisal.place.population = 640
        appraisal.place.save()
        return appraisal

    def told_by(self, appraisal, *, agrees=True, role="lead"):
        user = MembershipFactory(appraisal=appraisal, role=role).user
        DirectoryEntryFactory(user=user, agrees_to_be_called=agrees)
        return user

    def alike(self, mine, **values):
        options = {"at_restitution": True, "instrument": mine.instrument}
        return AppraisalFactory(**(options | {"place__population": 410} | values))

    def names(self, mine, lead) -> list[str]:
        return [str(one.entry.user) for one in pairings(mine, lead)]

    def test_only_who_agrees_and_is_past_the_meeting(self, mine, lead):
        yes = self.told_by(self.alike(mine))
        self.told_by(self.alike(mine), agrees=False)
        self.told_by(self.alike(mine, meeting_done_at=None, phase="meeting"))
        self.told_by(self.alike(mine, state="cancelled"))
        self.told_by(self.alike(mine), role="observer")
        self.told_by(mine)
        MembershipFactory(appraisal=self.alike(mine))
        assert self.names(mine, lead) == [str(yes)]

    def test_the_most_alike_first_with_the_reason_in_words(self, mine, lead):
        other_size = self.told_by(self.alike(mine, place__population=9000))
        same = self.told_by(self.alike(mine))
        other_grid = self.told_by(
            self.alike(mine, instrument=InstrumentFactory(), place__kind=PlaceKind.MUNICIPALITY)
        )
        self.told_by(self.alike(mine, instrument=InstrumentFactory(), place__population=None))
        assert self.names(mine, lead) == [str(same), str(other_size), str(other_grid)]
        first, _, last = pairings(mine, lead)
        assert first.reasons == (
            "communauté de taille semblable (moins de 1\N{NO-BREAK SPACE}000 personnes)",
            "même genre de milieu (communauté locale)",
            f"même grille ({mine.instrument.name})",
            "rencontre déjà tenue",
        )
        assert last.reasons == (first.reasons[0], "rencontre déjà tenue")

    def test_one_line_for_each_person_for_the_most_alike_of_hers(self, mine, lead):
        user = self.told_by(self.alike(mine, place__population=9000))
        MembershipFactory(appraisal=self.alike(mine), user=user)
        (only,) = pairings(mine, lead)
        assert only.reasons[0].startswith("communauté de taille semblable")

    def test_only_what_the_register_shows_is_named_and_dated(self, mine, lead):
        published = publish_entry(place=PlaceFactory(population=300)).appraisal
        published.instrument = mine.instrument
        published.meeting_done_at = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
        published.restitution_done_at = dt.datetime(2026, 1, 1, 3, tzinfo=dt.UTC)  # the 31st here
        published.save()
        self.told_by(published)
        self.told_by(self.alike(mine, restitution_done_at=timezone.now()))
        named, unnamed = pairings(mine, lead)
        assert named.edition.appraisal == published
        assert named.reasons[-1] == "restitution faite en 2025"
        assert unnamed.edition is None
        assert unnamed.reasons[-1] == "rencontre déjà tenue"

    def test_a_private_one_pairs_nobody_nor_a_first_nation_one_before_its_council_agrees(
        self, mine, lead
    ):
        self.told_by(self.alike(mine, announced_level=PublicationLevel.PRIVATE))
        self.told_by(self.alike(mine, place__kind=PlaceKind.FIRST_NATION_COMMUNITY))
        assert pairings(mine, lead) == []

    def test_an_observer_is_paired_with_nobody(self, mine):
        self.told_by(self.alike(mine))
        assert pairings(mine, MembershipFactory(appraisal=mine, role="observer").user) == []
