"""The facilitator's look back: five lines, her hours, for the team's eyes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from appreciation.domain.facilitator_review import ReviewDraft, save_review
from appreciation.models import FacilitatorReview
from core.errors import ConcurrentEditError, DomainError


@pytest.fixture
def url(appraisal):
    return reverse("space:review", args=[appraisal.reference])


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


def test_five_lines_and_hours_are_kept(as_lead, url, lead):
    lines = ("worked", "difficult", "differently", "community_says", "advice")
    data = {name: f"Ligne {name}" for name in lines} | {"hours": "41,5", "version": "0"}
    assert as_lead.post(url, data).url == url
    kept = FacilitatorReview.objects.get()
    assert [getattr(kept, name) for name in lines] == [f"Ligne {name}" for name in lines]
    assert (kept.hours, kept.updated_by, kept.version) == (Decimal("41.5"), lead, 1)
    page = as_lead.get(url).text
    assert 'value="41,5"' in page
    as_lead.post(url, data | {"version": "1"})
    assert FacilitatorReview.objects.get().version == 1


def test_hours_by_phase_make_the_total(as_lead, url):
    as_lead.post(url, {"hours-framing": "3", "hours-meeting": "4,5", "version": "0"})
    kept = FacilitatorReview.objects.get()
    assert kept.hours == Decimal("7.5")
    assert kept.hours_by_phase == {"framing": "3", "meeting": "4.5"}


@pytest.mark.parametrize("hours", ["beaucoup", "-3", "99999", "1,25"])
def test_hours_that_are_no_hours_are_told(as_lead, url, hours):
    response = as_lead.post(url, {"hours": hours, "advice": "Prévoir du café."})
    assert response.status_code == 422
    assert 'id="id_hours_error"' in response.text
    assert "Prévoir du café." in response.text
    assert not FacilitatorReview.objects.exists()


def test_a_version_that_is_no_more_is_told_and_what_was_typed_stays(as_lead, url):
    response = as_lead.post(url, {"advice": "Du thé.", "version": "3"})
    assert response.status_code == 409
    assert "Du thé." in response.text
    assert as_lead.post(url, {"advice": "Du thé.", "version": "0"}).status_code == 302


def test_two_people_writing_are_told(as_lead, url, appraisal, lead):
    save_review(appraisal=appraisal, user=lead, version=0, draft=ReviewDraft(advice="Du café."))
    response = as_lead.post(url, {"advice": "Du thé.", "version": "0"})
    assert response.status_code == 409
    assert "Du café." in response.text
    assert "Du thé." in response.text
    again = as_lead.post(url, {"advice": "Du thé.", "version": "1"})
    assert again.status_code == 302
    assert FacilitatorReview.objects.get().advice == "Du thé."
    hours = ReviewDraft(hours=Decimal(3))
    with pytest.raises(ConcurrentEditError):
        save_review(appraisal=appraisal, user=lead, version=1, draft=hours)


def test_an_outsider_writes_nothing(appraisal, neighbour):
    with pytest.raises(DomainError, match="pas la changer"):
        save_review(appraisal=appraisal, user=neighbour, version=0, draft=ReviewDraft(advice="X"))
