"""A sheet is checked every 24 months: the holder is asked, reminded once, then editors see it age.

DOMAIN.md §6.2. The dates belong to the live sheet, not to its drafts: a draft published after the
holder answered does not take the answer back (`PracticePage.with_content_json`).
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from background.each_alone import Due, each_alone
from background.letters import full_address, write_letter
from background.outbox import cancel_mails, queue_mail
from cms.models import ContentVersion
from core.dates import months_later
from core.errors import DomainError
from core.last_good import forget_copies
from pratiques.enums import FreshnessReply

if TYPE_CHECKING:
    from accounts.models import User
    from pratiques.models import FreshnessCheck, PracticePage

CHECKED_EVERY = 24
"""Months."""
REMINDED_AFTER = dt.timedelta(days=14)
SAY_WHAT = "Dites en quelques mots ce qui a changé: l’équipe corrigera la fiche."
GONE = "Cette fiche n’est plus en ligne: il n’y a plus rien à répondre. Merci!"


def date_first_review(practice: PracticePage, *, today: dt.date) -> None:
    """A sheet that becomes public was checked that day, and is due 24 months later.

    Dates that it already has are kept: correcting a word is not checking the whole.
    """
    verified_on = practice.verified_on or today
    due_on = practice.review_due_on or months_later(verified_on, CHECKED_EVERY)
    if (verified_on, due_on) != (practice.verified_on, practice.review_due_on):
        _store_dates(practice, verified_on, due_on)


def date_published_sheet(*, instance: PracticePage, **_signal: object) -> None:
    """Whatever road the sheet took to become public: a form, a date, a workflow, an import."""
    date_first_review(instance, today=timezone.localdate())


def confirm_sheet(*, practice: PracticePage, on: dt.date, user: User | None = None) -> None:
    """The sheet is true on that day, its page says so at once; next review 24 months later."""
    with transaction.atomic():
        _store_dates(practice, on, months_later(on, CHECKED_EVERY))
        _open_checks(practice).update(closed_at=timezone.now(), settled_by=user)
        cancel_mails(key_prefix=_mail_key(practice))
        log(practice, "pratiques.verify", user=user)


def run_freshness(now: dt.datetime) -> None:
    """The job of the night: ask the holders of sheets that are due, remind once after 14 days.

    A sheet without e-mail is not asked: it ages on the editors' list. Running it again asks nobody
    twice.
    """
    each_alone("freshness", _what_is_due(now))


def _what_is_due(now: dt.datetime) -> Due:
    """Read step by step: who was just asked is not reminded the same night."""
    checks = apps.get_model("pratiques", "FreshnessCheck").objects.filter(closed_at=None)
    due = _practices().filter(live=True, review_due_on__lte=timezone.localdate(now))
    for practice in due.exclude(contact_email="").exclude(pk__in=checks.values("practice")):
        yield f"fiche {practice.pk}", partial(_ask, practice, now)
    unheard = checks.filter(reply="", reminded_at=None, asked_at__lte=now - REMINDED_AFTER)
    for check in unheard.filter(practice__live=True).select_related("practice"):
        yield f"vérification {check.pk}", partial(_remind, check, now)


def answer_check(
    *, check: FreshnessCheck, reply: str, words: str = "", now: dt.datetime | None = None
) -> FreshnessCheck:
    """Keep what the holder says. « Encore vrai » renews the sheet; the rest waits for an editor.

    The last answer counts while nobody settled the question; the same one twice changes nothing.
    """
    now = now or timezone.now()
    if reply != FreshnessReply.STILL_TRUE and not words.strip():
        raise DomainError(SAY_WHAT, fields={"words": SAY_WHAT})
    with transaction.atomic():
        kept = (
            type(check)
            .objects.select_for_update(of=("self",))
            .select_related("practice")
            .get(pk=check.pk)
        )
        if not kept.practice.live:
            raise DomainError(GONE)
        if kept.closed_at is None:
            kept.reply, kept.words = reply, words.strip()[:2000]
            kept.save(update_fields=["reply", "words"])
            if reply == FreshnessReply.STILL_TRUE:
                confirm_sheet(practice=kept.practice, on=timezone.localdate(now))
                kept.refresh_from_db()
        return kept


def _ask(practice: PracticePage, now: dt.datetime) -> None:
    model = apps.get_model("pratiques", "FreshnessCheck")
    with transaction.atomic():
        check, is_new = model.objects.get_or_create(
            practice=practice, closed_at=None, defaults={"asked_at": now}
        )
        if is_new:
            _write(check, "freshness", "pratiques/mail/freshness.txt")


def _remind(check: FreshnessCheck, now: dt.datetime) -> None:
    with transaction.atomic():
        moved = type(check).objects.filter(pk=check.pk, reminded_at=None).update(reminded_at=now)
        if moved:
            _write(check, "freshness_reminder", "pratiques/mail/freshness_reminder.txt")


def _write(check: FreshnessCheck, kind: str, letter: str) -> None:
    practice = check.practice
    link = full_address("pratiques:freshness", check.token)
    subject, body = write_letter(
        letter, {"practice": practice, "link": link, "address": practice.full_url}
    )
    queue_mail(
        kind=kind,
        to=practice.contact_email,
        subject=subject,
        body=body,
        key=f"{_mail_key(practice)}{kind}/{check.pk}",
    )


def _mail_key(practice: PracticePage) -> str:
    return f"pratiques/{practice.pk}/fraicheur/"


def _open_checks(practice: PracticePage):
    model = apps.get_model("pratiques", "FreshnessCheck")
    return model.objects.filter(practice=practice, closed_at=None)


def _practices():
    return apps.get_model("pratiques", "PracticePage").objects


def _store_dates(practice: PracticePage, verified_on: dt.date, due_on: dt.date) -> None:
    practice.verified_on, practice.review_due_on = verified_on, due_on
    _practices().filter(pk=practice.pk).update(verified_on=verified_on, review_due_on=due_on)
    ContentVersion.renew()  # lists show the year, and choose by it
    forget_copies()
