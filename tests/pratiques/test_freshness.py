"""A sheet is checked every 24 months: dates, mails, answers, and the editors' list."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from background.models import OutgoingMail
from core.errors import DomainError
from pratiques.domain.freshness import answer_check, confirm_sheet, run_freshness
from pratiques.domain.queries.ageing import ageing_sheets
from pratiques.enums import FreshnessReply
from pratiques.models import FreshnessCheck, PracticePage
from tests.factories.practices import practice

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 1, 7, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 1)


def due_sheet(**fields) -> PracticePage:
    dates = {"verified_on": dt.date(2024, 5, 10), "review_due_on": dt.date(2026, 5, 10)}
    return practice(**dates | fields)


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to"))


def test_a_published_sheet_is_due_24_months_later():
    sheet = practice(live=False, verified_on=None)
    sheet.save_revision().publish()
    sheet.refresh_from_db()
    today = timezone.localdate()
    assert sheet.verified_on == today
    assert (sheet.review_due_on.year, sheet.review_due_on.month) == (today.year + 2, today.month)


def test_correcting_a_word_is_not_checking_the_whole():
    sheet = due_sheet()
    sheet.summary = "Une navette, maintenant le jeudi."
    sheet.save_revision().publish()
    sheet.refresh_from_db()
    assert sheet.verified_on == dt.date(2024, 5, 10)
    assert list(ageing_sheets(today=TODAY)) == [sheet]


def test_a_draft_published_after_the_answer_does_not_take_it_back():
    sheet = due_sheet()
    draft = sheet.save_revision()
    confirm_sheet(practice=sheet, on=TODAY)
    draft.publish()
    sheet.refresh_from_db()
    assert sheet.verified_on == TODAY
    assert sheet.review_due_on == dt.date(2028, 6, 1)


def test_the_holder_is_asked_once_and_reminded_once():
    due_sheet()
    due_sheet(contact_email="", contact_phone="819 555-0100")
    practice(review_due_on=dt.date(2026, 6, 2))
    run_freshness(NOW)
    run_freshness(NOW)
    assert mails() == [("freshness", "navette@exemple.org")]
    run_freshness(NOW + dt.timedelta(days=13))
    assert len(mails()) == 2, "the sheet of June 2nd"
    for days in (14, 15, 60):
        run_freshness(NOW + dt.timedelta(days=days))
    kinds = [kind for kind, _ in mails()]
    assert kinds.count("freshness") == 2
    assert kinds.count("freshness_reminder") == 2


def test_the_link_changes_nothing_and_the_button_renews_the_sheet(client: Client):
    sheet = due_sheet()
    run_freshness(NOW)
    check = FreshnessCheck.objects.get()
    link = reverse("pratiques:freshness", args=[check.token])
    assert link in OutgoingMail.objects.get().body

    page = client.get(link)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    sheet.refresh_from_db()
    assert sheet.verified_on == dt.date(2024, 5, 10)

    assert client.post(link, {"reply": "still_true"}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.verified_on == timezone.localdate()
    assert OutgoingMail.objects.count() == 0, "what had not left stays here"
    assert "Votre réponse est enregistrée" in client.get(link).content.decode()


def test_what_changed_waits_for_an_editor(client: Client):
    sheet = practice()
    check = FreshnessCheck.objects.create(practice=sheet, asked_at=NOW)
    link = reverse("pratiques:freshness", args=[check.token])

    refused = client.post(link, {"reply": "changed", "words": " "})
    assert refused.status_code == 422
    assert "Dites en quelques mots ce qui a changé" in refused.content.decode()

    client.post(link, {"reply": "changed", "words": "Nouveau téléphone"})
    check.refresh_from_db()
    assert (check.reply, check.words, check.closed_at) == ("changed", "Nouveau téléphone", None)
    assert list(ageing_sheets(today=TODAY)) == [sheet]

    confirm_sheet(practice=sheet, on=TODAY)
    check.refresh_from_db()
    assert check.closed_at is not None
    assert list(ageing_sheets(today=TODAY)) == []
    kept = answer_check(check=check, reply=FreshnessReply.ENDED, words="Fini")
    assert kept.reply == "changed", "it was settled meanwhile"


def test_the_link_dies_with_the_sheet(client: Client):
    sheet = due_sheet()
    check = FreshnessCheck.objects.create(practice=sheet, asked_at=NOW)
    sheet.unpublish()
    link = reverse("pratiques:freshness", args=[check.token])
    assert client.get(link).status_code == 404
    assert client.get(reverse("pratiques:freshness", args=["inconnu"])).status_code == 404
    check.refresh_from_db()
    with pytest.raises(DomainError, match="plus en ligne"):
        answer_check(check=check, reply=FreshnessReply.STILL_TRUE)


@pytest.mark.parametrize("count", [1, 3])
def test_the_editors_list_asks_the_same_queries(
    admin_client: Client, django_assert_num_queries, count: int
):
    sheets = [due_sheet() for _ in range(count)]
    for sheet in sheets:
        FreshnessCheck.objects.create(practice=sheet, asked_at=NOW, reply="ended", words="Fini")
    admin_client.get(reverse("pratiques_ageing"))
    with django_assert_num_queries(9):
        page = admin_client.get(reverse("pratiques_ageing"))
    assert page.content.decode().count("La pratique a pris fin") == count


def test_an_editor_confirms_and_a_stranger_does_not(admin_client: Client, client: Client):
    sheet = due_sheet()
    address = reverse("pratiques_confirm", args=[sheet.pk])
    assert client.post(address).status_code == 302, "to the sign-in"
    sheet.refresh_from_db()
    assert sheet.verified_on == dt.date(2024, 5, 10)
    assert admin_client.get(address).status_code == 405
    assert admin_client.post(address).status_code == 302
    sheet.refresh_from_db()
    assert sheet.verified_on == timezone.localdate()
