import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.appraisals import (
    FRAME_FIELDS,
    create_appraisal,
    is_frame_frozen,
    next_reference,
    save_frame,
)
from appreciation.models import Appraisal
from core.errors import ConcurrentEditError, DomainError
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
)


def frame_of(appraisal, **changes):
    return {name: getattr(appraisal, name) for name in FRAME_FIELDS} | changes


def open_one(user, **options):
    options = {
        "place": PlaceFactory(),
        "requested_by": " Comité local ",
        "expected_on": dt.date(2027, 3, 1),
    } | options
    return create_appraisal(user=user, **options)


def test_the_creator_leads_and_the_instrument_is_the_default_one(lead):
    InstrumentFactory()
    default = InstrumentFactory(is_default=True)
    appraisal = open_one(lead)
    assert appraisal.instrument == default
    assert appraisal.requested_by == "Comité local"
    assert [(member.user, member.role) for member in appraisal.memberships.all()] == [
        (lead, "lead")
    ]


def test_references_follow_one_another_in_the_year(lead):
    InstrumentFactory()
    year = timezone.localdate().year
    AppraisalFactory(reference=f"D-{year}-9999")
    assert open_one(lead).reference == f"D-{year}-10000"
    assert open_one(lead).reference == f"D-{year}-10001"
    assert next_reference(1999) == "D-1999-0001"


def test_the_same_form_sent_twice_opens_one_appraisal(lead):
    InstrumentFactory()
    place = PlaceFactory()
    first = open_one(lead, place=place, creation_key="abc")
    assert open_one(lead, place=place, creation_key="abc") == first
    assert Appraisal.objects.count() == 1


def test_a_region_cannot_be_appraised(lead):
    InstrumentFactory()
    with pytest.raises(DomainError) as refusal:
        open_one(lead, place=PlaceFactory(region=True))
    assert list(refusal.value.fields) == ["place"]


def test_without_a_ready_instrument_the_coordination_is_named(lead):
    InstrumentFactory(state="draft")
    with pytest.raises(DomainError, match="Demandez à la coordination"):
        open_one(lead)


def test_saving_the_frame_counts_a_version(appraisal, lead):
    saved = save_frame(
        appraisal=appraisal,
        user=lead,
        version=1,
        values=frame_of(appraisal, contact_name="Luce"),
    )
    assert (saved.contact_name, saved.version) == ("Luce", 2)


def test_saving_the_same_frame_twice_is_harmless(appraisal, lead):
    values = frame_of(appraisal, contact_name="Luce")
    for _ in range(2):
        saved = save_frame(appraisal=appraisal, user=lead, version=1, values=values)
    assert saved.version == 2


def test_a_stale_frame_is_refused_and_nothing_is_overwritten(appraisal, lead):
    save_frame(
        appraisal=appraisal, user=lead, version=1, values=frame_of(appraisal, contact_name="Luce")
    )
    with pytest.raises(ConcurrentEditError):
        save_frame(
            appraisal=appraisal,
            user=lead,
            version=1,
            values=frame_of(appraisal, contact_name="Marc"),
        )
    appraisal.refresh_from_db()
    assert appraisal.contact_name == "Luce"


def test_an_observer_cannot_save_the_frame(appraisal):
    observer = MembershipFactory(appraisal=appraisal, role="observer").user
    with pytest.raises(DomainError, match="pas la changer"):
        save_frame(
            appraisal=appraisal,
            user=observer,
            version=1,
            values=frame_of(appraisal, contact_name="Luce"),
        )


def test_planned_meetings_follow_the_instrument(appraisal, lead):
    meeting = MeetingFactory(appraisal=appraisal)
    other = InstrumentFactory()
    save_frame(
        appraisal=appraisal, user=lead, version=1, values=frame_of(appraisal, instrument=other)
    )
    meeting.refresh_from_db()
    assert meeting.instrument == other


@pytest.mark.parametrize(
    "changes",
    [
        {"consent_text": "Autre chose"},
        {"announced_level": "full"},
        {"quotes_announced": True},
        {"fill_mode": "group"},
    ],
)
def test_what_participants_were_told_freezes_when_the_meeting_opens(appraisal, lead, changes):
    MeetingFactory(appraisal=appraisal, open=True)
    assert is_frame_frozen(appraisal)
    with pytest.raises(DomainError) as refusal:
        save_frame(appraisal=appraisal, user=lead, version=1, values=frame_of(appraisal, **changes))
    assert list(refusal.value.fields) == list(changes)


def test_the_contact_may_still_change_after_the_meeting_opened(appraisal, lead):
    MeetingFactory(appraisal=appraisal, open=True)
    saved = save_frame(
        appraisal=appraisal, user=lead, version=1, values=frame_of(appraisal, contact_name="Luce")
    )
    assert saved.contact_name == "Luce"
