import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from appreciation.domain.help import (
    close_help_request,
    erase_closed_help_requests,
    next_closed_help_request,
    open_help_request,
    reopen_help_request,
    take_in_charge,
    write_help_message,
)
from appreciation.domain.working_days import after_working_days
from appreciation.models import HelpRequest
from background.models import OutgoingMail
from cms.models import SiteSettings
from core.errors import DomainError
from core.typography import fr_date, fr_time
from tests.factories import MembershipFactory, PlaceFactory, RoleAssignmentFactory, UserFactory

FRIDAY_EVENING = dt.datetime(2026, 11, 28, 0, 30, tzinfo=dt.UTC)
"""19 h 30, local time."""


@pytest.fixture
def coordinator(appraisal):
    appraisal.place.parent = PlaceFactory(territory=True)
    appraisal.place.save()
    return RoleAssignmentFactory(place=appraisal.place.parent).user


@pytest.fixture
def asked(appraisal, lead, coordinator):
    return open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))


@pytest.mark.parametrize(
    ("days", "expected"), [(1, (2026, 11, 30)), (2, (2026, 12, 1)), (6, (2026, 12, 7))]
)
def test_working_days_leave_out_the_weekend(days, expected):
    promised = timezone.localtime(after_working_days(FRIDAY_EVENING, days))
    assert (promised.year, promised.month, promised.day) == expected
    assert (promised.hour, promised.minute) == (19, 30)


def test_the_coordination_is_told_without_a_word_of_the_question(asked, coordinator):
    assert mails() == [(coordinator.email, "Une demande d’aide vous attend")]
    mail = OutgoingMail.objects.get()
    assert f"/espace/aide/{asked.pk}/" in mail.body
    assert "Élise Meneuse" in mail.body
    promised = asked.promised_by
    assert f"d’ici le {fr_date(promised)}, {fr_time(promised)}." in mail.body
    for words in ("Qui inviter", asked.appraisal.reference, str(asked.appraisal.place)):
        assert words not in mail.subject + mail.body


@time_machine.travel(FRIDAY_EVENING, tick=False)
def test_the_promise_is_the_one_of_the_region(lead, coordinator):
    SiteSettings.objects.update_or_create(site_id=1, defaults={"help_delay_days": 3})
    asked = open_help_request(asker=lead, text="Quand?")
    assert timezone.localtime(asked.promised_by).date() == dt.date(2026, 12, 2)


def test_sent_twice_is_one_request_and_one_mail(appraisal, lead, coordinator):
    first, again = (
        open_help_request(asker=lead, appraisal=appraisal, text="Quand?", form_key="k")
        for _ in range(2)
    )
    assert first == again
    assert len(mails()) == 1
    other = open_help_request(asker=lead, appraisal=appraisal, text="Où?", form_key="k")
    assert other != first


def test_the_key_of_somebody_else_s_form_is_nothing(lead, stranger, coordinator):
    hers = open_help_request(asker=lead, text="Quand?", form_key="k")
    his = open_help_request(asker=stranger, text="Où?", form_key="k")
    assert hers != his


def test_an_empty_question_is_refused_beside_its_box(lead):
    with pytest.raises(DomainError) as refusal:
        open_help_request(asker=lead, text="  ")
    assert list(refusal.value.fields) == ["text"]
    assert not HelpRequest.objects.exists()


def test_tracked_to_its_close_and_told_both_ways(asked, lead, coordinator):
    take_in_charge(request=asked, user=coordinator)
    take_in_charge(request=asked, user=coordinator)
    asked.refresh_from_db()
    assert (asked.state, asked.helper) == ("in_charge", coordinator)
    write_help_message(request=asked, user=coordinator, text="Le CLSC.", form_key="a")
    write_help_message(request=asked, user=coordinator, text="Le CLSC.", form_key="a")
    asked.refresh_from_db()
    assert (asked.state, asked.messages.count()) == ("answered", 2)
    write_help_message(request=asked, user=lead, text="Et puis?")
    asked.refresh_from_db()
    assert asked.state == "in_charge"
    assert mails() == [
        (coordinator.email, "Une demande d’aide vous attend"),
        (lead.email, "Votre demande d’aide est prise en charge"),
        (lead.email, "Une réponse à votre demande d’aide"),
        (coordinator.email, "Une demande d’aide vous attend"),
    ]
    close_help_request(request=asked, user=lead)
    asked.refresh_from_db()
    assert (asked.state, asked.closed_at is None) == ("closed", False)
    with pytest.raises(DomainError, match="rouvrez-la"):
        take_in_charge(request=asked, user=UserFactory(is_superuser=True))
    reopen_help_request(request=asked, user=lead)
    asked.refresh_from_db()
    assert (asked.state, asked.closed_at) == ("in_charge", None)


def test_the_rest_of_the_team_neither_reads_nor_writes(asked, appraisal):
    other = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    assert not HelpRequest.objects.visible_to(other).exists()
    for gesture in (take_in_charge, close_help_request, reopen_help_request):
        with pytest.raises(DomainError, match="ne vous est pas ouverte"):
            gesture(request=asked, user=other)
    with pytest.raises(DomainError, match="ne vous est pas ouverte"):
        write_help_message(request=asked, user=other, text="Moi aussi")


def test_who_asks_does_not_take_her_own_question_in_charge(asked, lead):
    with pytest.raises(DomainError, match="La coordination prend"):
        take_in_charge(request=asked, user=lead)


def test_of_no_demarche_any_coordination_answers(lead, coordinator):
    asked = open_help_request(asker=lead, text="Comment inviter?")
    assert list(HelpRequest.objects.editable_by(coordinator)) == [asked]
    assert not HelpRequest.objects.editable_by(lead).exists()


def test_without_an_account_the_question_says_where_it_comes_from(appraisal, coordinator):
    asked = open_help_request(
        asked_by="suivi de 3 mois", appraisal=appraisal, text="Besoin d’aide", form_key="checkin/1"
    )
    assert asked.from_whom == "suivi de 3 mois"
    write_help_message(request=asked, user=coordinator, text="Je vous appelle.")
    assert mails() == [(coordinator.email, "Une demande d’aide vous attend")]


def test_with_no_coordination_the_adviser_is_told(appraisal, lead):
    SiteSettings.objects.update_or_create(site_id=1, defaults={"adviser_email": "a@exemple.org"})
    open_help_request(asker=lead, appraisal=appraisal, text="Quand?")
    assert mails() == [("a@exemple.org", "Une demande d’aide vous attend")]


def test_a_year_after_its_close_a_request_goes_with_its_words(asked, lead):
    close_help_request(request=asked, user=lead)
    asked.refresh_from_db()
    due = asked.closed_at + dt.timedelta(days=365)
    assert next_closed_help_request() == due
    assert erase_closed_help_requests(due - dt.timedelta(minutes=1)) == 0
    assert erase_closed_help_requests(due + dt.timedelta(minutes=1)) == 1
    assert not HelpRequest.objects.exists()


def test_the_mail_names_who_answered_not_who_has_it_in_charge(asked, coordinator):
    other = RoleAssignmentFactory(
        place=asked.appraisal.place.parent, user__first_name="Rose", user__last_name="Cadieux"
    ).user
    take_in_charge(request=asked, user=coordinator)
    write_help_message(request=asked, user=other, text="Les écoles d’abord.")
    body = OutgoingMail.objects.get(subject="Une réponse à votre demande d’aide").body
    assert "Rose Cadieux a répondu" in body


@pytest.mark.parametrize("gone", ["account", "role"])
def test_asked_again_after_the_helper_left_the_coordination_is_told(asked, coordinator, lead, gone):
    take_in_charge(request=asked, user=coordinator)
    next_one = RoleAssignmentFactory(place=asked.appraisal.place.parent).user
    if gone == "account":
        coordinator.is_active = False
        coordinator.save()
    else:
        coordinator.role_assignments.all().delete()
    OutgoingMail.objects.all().delete()
    asked.refresh_from_db()
    write_help_message(request=asked, user=lead, text="Et pour les aînés?")
    assert mails() == [(next_one.email, "Une demande d’aide vous attend")]
