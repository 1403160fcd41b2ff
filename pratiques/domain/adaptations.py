"""« On l’a adaptée ici »: received without an account, shown once somebody let it out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.dates import start_of_day
from core.errors import DomainError
from pratiques.domain.proposals import LINK
from pratiques.enums import AdaptationState
from pratiques.models import Adaptation, PracticePage
from reference.models import Place

if TYPE_CHECKING:
    from accounts.models import User

KEPT = dt.timedelta(days=365)
MOST_LINKS = 1
TOO_MANY_LINKS = "Gardez un seul lien: l’équipe vous demandera les autres."


@dataclass(frozen=True)
class AdaptationWords:
    """What the public form says."""

    territory: Place
    group: str
    words: str
    email: str = ""


def record_adaptation(
    *, practice: PracticePage, said: AdaptationWords, form_key: str, now: dt.datetime
) -> Adaptation:
    """Keep a reply to a sheet, to be read first. Sent twice, it is kept once."""
    if len(LINK.findall(f"{said.group} {said.words}")) > MOST_LINKS:
        raise DomainError(TOO_MANY_LINKS, fields={"words": TOO_MANY_LINKS})
    same = Adaptation.objects.filter(
        Q(form_key=form_key) | Q(practice=practice, state=AdaptationState.WAITING, **vars(said))
    ).first()
    if same is not None:
        return same
    try:
        with transaction.atomic():
            return Adaptation.objects.create(
                practice=practice,
                **vars(said),
                form_key=form_key,
                received_at=now,
                erase_on=timezone.localdate(now) + KEPT,
            )
    except IntegrityError:  # sent twice at the same instant
        return Adaptation.objects.get(form_key=form_key)


def settle_adaptation(
    *, adaptation: Adaptation, user: User, is_shown: bool, now: dt.datetime
) -> None:
    """Let it appear on the sheet, or not; either may be changed later."""
    with transaction.atomic():
        mine = Adaptation.objects.visible_to(user).filter(pk=adaptation.pk)
        changed = mine.update(
            state=AdaptationState.SHOWN if is_shown else AdaptationState.DECLINED,
            settled_at=now,
            settled_by=user,
        )
    if not changed:
        raise DomainError("Cette réponse revient à l’équipe de son territoire.")


def erase_old_adaptations(now: dt.datetime) -> int:
    """Addresses twelve months after receipt; what never appeared goes whole."""
    due = _due().filter(erase_on__lte=timezone.localdate(now))
    hidden = due.exclude(state=AdaptationState.SHOWN).delete()[0]
    return hidden + due.update(email="")


def next_old_adaptation() -> dt.datetime | None:
    first = _due().order_by("erase_on").values_list("erase_on", flat=True).first()
    return start_of_day(first) if first else None


def _due() -> QuerySet[Adaptation]:
    return Adaptation.objects.exclude(state=AdaptationState.SHOWN, email="")
