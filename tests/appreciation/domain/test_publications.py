"""What may be published, how far, and what stays of it."""

import datetime as dt
import json

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.editions import is_intact
from appreciation.domain.publications import (
    levels_allowed,
    publication_obstacles,
    publish,
    withdraw,
)
from appreciation.enums import AppraisalState, Phase, PublicationLevel
from appreciation.models import Appraisal, AppraisalPage, Publication, RegisterPage
from core.errors import DomainError
from reference.enums import PlaceKind
from reference.models import Issue, PlacePart
from tests.factories import MembershipFactory, PlaceFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.register import publish_entry

SUMMARY, FULL, REGION = PublicationLevel.SUMMARY, PublicationLevel.FULL, PublicationLevel.REGION


def test_publish_writes_a_snapshot_a_fingerprint_and_a_page(lead):
    issue = Issue.objects.create(code="habitation", name="Habitation")
    appraisal = adopted_appraisal(lead=lead)
    edition = publish(appraisal=appraisal, level=FULL, user=lead, issues=[issue])
    assert (edition.number, edition.level, edition.slug) == (1, "full", "riviere-exemple-2026")
    assert edition.entry["people"] == 12
    assert edition.entry["meeting_on"] == "2026-10-22"
    assert edition.adopted_by == "le comité local"
    assert edition.adopted_on == dt.date(2026, 11, 3)
    assert len(edition.fingerprint) == 64
    assert list(edition.issues.all()) == [issue]
    page = AppraisalPage.objects.get(appraisal=appraisal)
    assert page.get_parent().specific == RegisterPage.objects.get()
    assert page.slug == edition.slug
    edition.refresh_from_db()
    assert is_intact(edition)
    assert appraisal.transitions.first().name == "published"


def test_fingerprint_tells_any_change(lead):
    edition = publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    edition.entry["people"] = 13
    assert not is_intact(edition)


def test_snapshot_does_not_follow_later_edits(lead):
    appraisal = adopted_appraisal(lead=lead)
    edition = publish(appraisal=appraisal, level=FULL, user=lead)
    before = (edition.fingerprint, json.dumps(edition.snapshot, sort_keys=True))
    appraisal.findings.update(text="Changé après coup")
    appraisal.requested_by = "Quelqu’un d’autre"
    appraisal.save()
    edition.refresh_from_db()
    assert (edition.fingerprint, json.dumps(edition.snapshot, sort_keys=True)) == before


def test_summary_holds_no_distribution(lead):
    appraisal = adopted_appraisal(lead=lead)
    full = json.dumps(publish(appraisal=appraisal, level=FULL, user=lead).snapshot)
    summary = json.dumps(publish(appraisal=appraisal, level=SUMMARY, user=lead).snapshot)
    assert "[0, 0, 2, 10]" in full
    assert "[0, 0, 2, 10]" not in summary


@pytest.mark.parametrize(("announced", "is_there"), [(True, True), (False, False)])
def test_verbatim_only_if_announced(lead, announced, is_there):
    appraisal = adopted_appraisal(lead=lead, quotes_announced=announced)
    edition = publish(appraisal=appraisal, level=FULL, user=lead)
    assert ("Mot précieux" in json.dumps(edition.snapshot, ensure_ascii=False)) is is_there
    assert ("precieu" in edition.search_text) is is_there


@pytest.mark.parametrize(
    ("announced", "allowed"),
    [
        ("private", ()),
        ("region", ("region",)),
        ("summary", ("region", "summary")),
        ("full", ("region", "summary", "full")),
    ],
)
def test_levels_stop_at_what_was_announced(announced, allowed):
    assert levels_allowed(Appraisal(announced_level=announced)) == allowed


@pytest.mark.parametrize("level", [FULL, PublicationLevel.PRIVATE, "tout"])
def test_publish_beyond_the_announced_level_is_refused(lead, level):
    appraisal = adopted_appraisal(lead=lead, level=SUMMARY)
    with pytest.raises(DomainError, match="dépasse ce qui a été annoncé") as refusal:
        publish(appraisal=appraisal, level=level, user=lead)
    assert "level" in refusal.value.fields
    assert Publication.objects.count() == 0


def before_adoption(appraisal):
    appraisal.adopted_by, appraisal.adopted_on = "", None


def before_restitution(appraisal):
    appraisal.phase, appraisal.meeting_done_at = Phase.MEETING, None


def cancelled(appraisal):
    appraisal.state = AppraisalState.CANCELLED


def private(appraisal):
    appraisal.announced_level = PublicationLevel.PRIVATE


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (before_adoption, "Inscrivez qui a adopté le rapport, et quand."),
        (before_restitution, "Terminez d’abord l’étape « Tenir la rencontre »."),
        (cancelled, "Cette démarche est annulée: ranimez-la d’abord."),
        (private, "Le niveau annoncé aux participants est « privé »"),
    ],
)
def test_publish_is_refused_in_words(lead, change, sentence):
    appraisal = adopted_appraisal(lead=lead)
    change(appraisal)
    appraisal.save()
    assert len(publication_obstacles(appraisal)) == 1
    with pytest.raises(DomainError, match=sentence):
        publish(appraisal=appraisal, level=SUMMARY, user=lead)
    assert not AppraisalPage.objects.exists()


def test_publish_without_a_finding_is_refused(lead):
    appraisal = adopted_appraisal(lead=lead)
    appraisal.findings.all().delete()
    with pytest.raises(DomainError, match="au moins un constat"):
        publish(appraisal=appraisal, level=SUMMARY, user=lead)


@pytest.mark.parametrize("role", ["observer", "committee", None])
def test_only_the_facilitating_team_publishes(role):
    appraisal = adopted_appraisal()
    user = UserFactory()
    if role:
        MembershipFactory(appraisal=appraisal, user=user, role=role)
    with pytest.raises(DomainError, match="Seule l’équipe d’animation"):
        publish(appraisal=appraisal, level=SUMMARY, user=user)


@pytest.mark.parametrize("is_composed", [True, False])
def test_first_nation_waits_for_its_council(lead, is_composed):
    nation = PlaceFactory(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    place = nation
    if is_composed:
        place = PlaceFactory()
        PlacePart.objects.create(whole=place, part=nation)
    appraisal = adopted_appraisal(lead=lead, place=place, place__name=place.name)
    with pytest.raises(DomainError, match="conseil de la communauté doit donner son accord"):
        publish(appraisal=appraisal, level=SUMMARY, user=lead)
    appraisal.council_agreed_on = dt.date(2026, 11, 1)
    appraisal.save()
    assert publish(appraisal=appraisal, level=SUMMARY, user=lead).number == 1


def test_a_new_edition_replaces_the_former_at_the_same_address(lead):
    appraisal = adopted_appraisal(lead=lead)
    first = publish(appraisal=appraisal, level=FULL, user=lead)
    second = publish(appraisal=appraisal, level=SUMMARY, user=lead)
    first.refresh_from_db()
    assert first.superseded_at is not None
    assert (second.number, second.slug) == (2, first.slug)
    assert list(Publication.objects.listed()) == [second]


def test_the_address_never_changes_when_the_place_does(lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=FULL, user=lead)
    appraisal.place.name = "Nouveau-Nom"
    appraisal.place.save()
    assert publish(appraisal=appraisal, level=FULL, user=lead).slug == "riviere-exemple-2026"


def test_a_taken_address_gets_a_number(lead):
    other = publish_entry(place=PlaceFactory(name="Rivière-Exemple"))
    edition = publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    assert (other.slug, edition.slug) == ("riviere-exemple-2026", "riviere-exemple-2026-2")


def test_the_database_keeps_a_single_current_edition(lead):
    appraisal = adopted_appraisal(lead=lead)
    first = publish(appraisal=appraisal, level=FULL, user=lead)
    publish(appraisal=appraisal, level=FULL, user=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=first.pk).update(superseded_at=None)


def test_embargo_holds_until_its_hour(lead):
    appraisal = adopted_appraisal(lead=lead)
    until = timezone.now() + dt.timedelta(days=7)
    publish(appraisal=appraisal, level=FULL, user=lead, embargo_until=until)
    assert not Publication.objects.listed().exists()
    with time_machine.travel(until - dt.timedelta(seconds=1), tick=False):
        assert not Publication.objects.listed().exists()
    with time_machine.travel(until, tick=False):
        assert Publication.objects.listed().count() == 1


def test_embargo_in_the_past_is_refused(lead):
    with pytest.raises(DomainError, match="Cette date est passée"):
        publish(
            appraisal=adopted_appraisal(lead=lead),
            level=FULL,
            user=lead,
            embargo_until=timezone.now() - dt.timedelta(hours=1),
        )


def test_embargo_never_hides_what_people_already_read(lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=FULL, user=lead)
    with pytest.raises(DomainError, match="retirez d’abord l’édition actuelle"):
        publish(
            appraisal=appraisal,
            level=FULL,
            user=lead,
            embargo_until=timezone.now() + dt.timedelta(days=1),
        )


def test_withdraw_needs_a_reason_and_something_published(lead):
    appraisal = adopted_appraisal(lead=lead)
    with pytest.raises(DomainError, match="Rien n’est publié"):
        withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    publish(appraisal=appraisal, level=FULL, user=lead)
    with pytest.raises(DomainError, match="Dites pourquoi"):
        withdraw(appraisal=appraisal, user=lead, reason="  ")
    edition = withdraw(appraisal=appraisal, user=lead, reason="Erreur sur le nom")
    assert edition.withdrawal_reason == "Erreur sur le nom"
    assert not Publication.objects.listed().exists()
    assert appraisal.transitions.first().name == "withdrawn"


def test_published_again_after_a_withdrawal_at_the_same_address(lead):
    appraisal = adopted_appraisal(lead=lead)
    first = publish(appraisal=appraisal, level=FULL, user=lead)
    withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    again = publish(appraisal=appraisal, level=FULL, user=lead)
    assert (again.number, again.slug) == (2, first.slug)
    assert list(Publication.objects.listed()) == [again]


def test_without_a_register_publishing_is_refused_in_words(lead):
    appraisal = adopted_appraisal(lead=lead)
    RegisterPage.objects.get().delete()
    with pytest.raises(DomainError, match="create_site_pages"):
        publish(appraisal=appraisal, level=FULL, user=lead)
    assert Publication.objects.count() == 0
