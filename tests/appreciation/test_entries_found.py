"""The search of the site finds a démarche by what its public edition says, while it is public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from appreciation.domain.entries_found import follow_what_came_out
from appreciation.domain.publications import withdraw
from appreciation.enums import MembershipRole, PublicationLevel
from appreciation.models import AppraisalPage
from cms.models import PublicText, SearchWord
from cms.search.asking import search_pages
from tests.factories.appraisals import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.register import publish_entry

pytestmark = pytest.mark.django_db


def found(query: str) -> int:
    return search_pages(query, AppraisalPage.objects.all()).pages.count()


def test_a_public_entry_is_found_by_the_words_of_its_report():
    publish_entry(summary="On y fait pousser des zinnias.")
    assert (found("zinnia"), found("zinias")) == (1, 1)


def test_an_entry_for_the_region_is_not_found_and_lends_no_word():
    publish_entry(summary="Des zinnias.", level=PublicationLevel.REGION)
    assert found("zinnia") == 0
    assert not SearchWord.objects.filter(word="zinnias").exists()
    assert not PublicText.objects.filter(page__in=AppraisalPage.objects.all()).exists()


def test_an_entry_that_waits_for_its_day_is_found_from_then_on(time_machine):
    day = timezone.now() + timedelta(days=2)
    publish_entry(summary="Des zinnias.", embargo_until=day)
    assert follow_what_came_out(timezone.now()) == 0
    assert found("zinnia") == 0
    time_machine.move_to(day + timedelta(minutes=1))
    assert follow_what_came_out(timezone.now()) == 1
    assert found("zinnia") == 1
    assert follow_what_came_out(timezone.now()) == 0


def test_a_withdrawn_entry_is_found_no_more():
    lead = UserFactory()
    edition = publish_entry(summary="Des zinnias.")
    MembershipFactory(appraisal=edition.appraisal, user=lead, role=MembershipRole.LEAD)
    withdraw(appraisal=edition.appraisal, user=lead, reason="Une erreur.")
    assert found("zinnia") == 0
