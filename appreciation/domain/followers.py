"""Following a published démarche: asked, confirmed by mail, told once a day at most, left at once.

Whether an address was known is told to nobody: the page answers alike (QUALITY.md §4 row 19).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from appreciation.models import Appraisal, CheckIn, Follower, Outcome, Publication
from background.each_alone import Due, each_alone
from background.letters import full_address, write_letter
from background.models import OutgoingMail
from background.outbox import cancel_mails, queue_mail
from cms.public_forms import count_sending
from core.purges import earliest_due

CONFIRMED_WITHIN = dt.timedelta(hours=48)
FORM = "follow"
MOST_FROM_AN_ADDRESS = 20
CONSENT = (
    "J’accepte que mon courriel serve à m’avertir de ce que cette démarche publie: une nouvelle "
    "édition, un suivi, une retombée. Un courriel par jour au plus. Je peux arrêter quand je veux: "
    "mon courriel est alors effacé."
)


@dataclass(frozen=True)
class News:
    """What became public since somebody was told."""

    editions: list[Publication] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.editions or self.check_ins or self.outcomes)


def followable(slug: str) -> Publication | None:
    """The edition at this address of the register, if everyone may read it."""
    return (
        Publication.objects.listed()
        .light()
        .filter(slug=slug, is_historical=False)
        .select_related("appraisal__place", "appraisal__page")
        .first()
    )


@transaction.atomic
def ask_to_follow(
    *, edition: Publication, email: str, address: str, now: dt.datetime | None = None
) -> None:
    """Write to the address: to confirm, or to say that it already follows. Once a day each.

    Nothing tells the visitor which of the two it was. From one `address` of the network, 20 an
    hour: a whole hall may follow, a machine may not have us write to strangers.
    """
    now = now or timezone.now()
    count_sending(form=FORM, address=address, now=now, most=MOST_FROM_AN_ADDRESS)
    follower = _row(edition.appraisal, email.strip(), now)
    link = full_address("following:confirm", follower.token)
    letter = "appreciation/mail/follow_confirm.txt"
    if follower.confirmed_at is not None:
        link = full_address("following:stop", follower.token)
        letter = "appreciation/mail/follow_already.txt"
    context = {"place": edition.appraisal.place, "link": link, "consent": follower.consent_text}
    subject, body = write_letter(letter, context)
    kind = "confirmer" if follower.confirmed_at is None else "deja"
    queue_mail(
        kind="follow",
        to=follower.email,
        subject=subject,
        body=body,
        key=f"{_key(follower)}{kind}/{timezone.localdate(now)}",
    )


def _row(appraisal: Appraisal, email: str, now: dt.datetime) -> Follower:
    """Hers, found or made. Asked again, her 48 hours begin again: the mail says so."""
    same = Follower.objects.filter(appraisal=appraisal, email__iexact=email)
    waiting = same.filter(confirmed_at=None)
    waiting.filter(asked_at__lt=now - CONFIRMED_WITHIN).delete()
    waiting.update(asked_at=now)
    try:
        with transaction.atomic():
            return same.first() or Follower.objects.create(
                appraisal=appraisal, email=email, consent_text=CONSENT, asked_at=now
            )
    except IntegrityError:  # asked twice at the same instant
        return same.get()


def find_request(token: str, now: dt.datetime | None = None) -> Follower | None:
    """Whom this link confirms: asked less than 48 hours ago, or confirmed already."""
    now = now or timezone.now()
    follower = find_follower(token)
    if follower is None or follower.confirmed_at is not None:
        return follower
    return follower if follower.asked_at >= now - CONFIRMED_WITHIN else None


def find_follower(token: str) -> Follower | None:
    return Follower.objects.select_related("appraisal__place").filter(token=token).first()


def confirm_following(*, follower: Follower, now: dt.datetime | None = None) -> None:
    """She pressed the button. Twice is harmless: the first date stays, as the proof."""
    now = now or timezone.now()
    waiting = Follower.objects.filter(pk=follower.pk, confirmed_at=None)
    waiting.update(confirmed_at=now, told_until=now)


def stop_following(*, token: str) -> None:
    """Her address is erased at once, and what was about to leave stays. Twice is harmless."""
    with transaction.atomic():
        follower = Follower.objects.select_related("appraisal").filter(token=token).first()
        if follower is not None:
            _forget(follower)


def tell_followers(now: dt.datetime) -> None:
    """The job of the night: one mail for all that became public since the last one.

    A démarche that left the register: told once, then erased.
    """
    each_alone("followers", _who_is_told(now))


def _who_is_told(now: dt.datetime) -> Due:
    confirmed = Follower.objects.filter(confirmed_at__isnull=False).order_by("pk")
    followed = Appraisal.objects.filter(followers__in=confirmed).distinct()
    for appraisal in followed.select_related("place").prefetch_related(
        Prefetch("followers", queryset=confirmed)
    ):
        edition = Publication.objects.listed().light().filter(appraisal=appraisal).first()
        for follower in appraisal.followers.all():
            tell = (
                partial(_tell_it_left, follower, appraisal, now)
                if edition is None
                else partial(_tell_news, follower, edition, appraisal, now)
            )
            yield f"abonnement {follower.pk}", tell


def news_since(appraisal: Appraisal, since: dt.datetime, until: dt.datetime) -> News:
    """What became public after `since`, up to `until`."""
    period = (since, until)
    editions = [
        edition
        for edition in Publication.objects.listed().light().filter(appraisal=appraisal)
        if since < (edition.embargo_until or edition.published_at) <= until
    ]
    shown = {"appraisal": appraisal, "shown_at__gt": period[0], "shown_at__lte": period[1]}
    return News(
        editions=editions,
        check_ins=list(CheckIn.objects.filter(**shown)),
        outcomes=list(Outcome.objects.filter(**shown)),
    )


def _tell_news(
    follower: Follower, edition: Publication, appraisal: Appraisal, now: dt.datetime
) -> None:
    locked = Follower.objects.select_for_update().filter(pk=follower.pk).first()
    if locked is None or locked.told_until is None or _is_told_today(follower, now):
        return
    news = news_since(appraisal, locked.told_until, now)
    if not news:
        return
    context = {"news": news, "link": full_address_of_entry(edition)}
    _write(locked, appraisal, "appreciation/mail/follow_news.txt", context, now)
    locked.told_until = now
    locked.save(update_fields=["told_until"])


def _tell_it_left(follower: Follower, appraisal: Appraisal, now: dt.datetime) -> None:
    """An edition that waits for its day has not left: nothing is said."""
    if Publication.objects.current().filter(appraisal=appraisal, embargo_until__gt=now).exists():
        return
    if Follower.objects.filter(pk=follower.pk).delete()[0]:
        cancel_mails(key_prefix=_key(follower))
        _write(follower, appraisal, "appreciation/mail/follow_left.txt", {}, now, is_last=True)


def _write(
    follower: Follower,
    appraisal: Appraisal,
    letter: str,
    context: dict,
    now: dt.datetime,
    *,
    is_last: bool = False,
) -> None:
    stop = full_address("following:stop", follower.token)
    subject, body = write_letter(letter, context | {"place": appraisal.place, "stop": stop})
    one_click = full_address("following:one_click", follower.token)
    headers = {
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    queue_mail(
        kind="follow",
        to=follower.email,
        subject=subject,
        body=body,
        key=_news_key(follower, now),
        headers={} if is_last else headers,
    )


def _is_told_today(follower: Follower, now: dt.datetime) -> bool:
    """One mail a day: what appears after it waits for tomorrow's."""
    return OutgoingMail.objects.filter(key=_news_key(follower, now)).exists()


def _news_key(follower: Follower, now: dt.datetime) -> str:
    return f"{_key(follower)}nouvelles/{timezone.localdate(now)}"


def full_address_of_entry(edition: Publication) -> str:
    return edition.appraisal.page.full_url or ""


def _forget(follower: Follower) -> None:
    cancel_mails(key_prefix=_key(follower))
    follower.delete()


def _key(follower: Follower) -> str:
    return f"{follower.appraisal.reference}/suivre/{follower.pk}/"


def erase_unconfirmed(now: dt.datetime) -> int:
    """Nobody pressed the button within 48 hours: the address goes."""
    return _unconfirmed().filter(asked_at__lt=now - CONFIRMED_WITHIN).delete()[0]


def next_unconfirmed() -> dt.datetime | None:
    return earliest_due(_unconfirmed(), "asked_at", kept=CONFIRMED_WITHIN)


def _unconfirmed() -> QuerySet[Follower]:
    return Follower.objects.filter(confirmed_at=None)
