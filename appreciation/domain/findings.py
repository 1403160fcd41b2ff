"""What the group says: findings, agreed levels, words that may be quoted. Written by its team."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Max

from appreciation.domain.locks import lock_meeting
from appreciation.domain.questionnaire import QuestionnaireItem
from appreciation.enums import MeetingState
from appreciation.models import AgreedRating, Appraisal, Comment, Finding, Meeting
from core.errors import ConcurrentEditError, DomainError
from reference.models import Dimension

TOO_LATE = "Quelqu’un a enregistré ceci pendant que vous écriviez."


@transaction.atomic
def record_finding(
    *,
    appraisal: Appraisal,
    meeting: Meeting | None,
    kind: str,
    text: str,
    dimension: Dimension | None = None,
    quotable: bool = False,
) -> Finding:
    """Write a strength, a challenge or a lead down. The same one sent twice is kept once."""
    locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    _check_quotable(locked, quotable=quotable)
    same = Finding.objects.filter(appraisal=locked, kind=kind, dimension=dimension, text=text)
    already = same.first()
    if already is not None:
        return already
    last = Finding.objects.filter(appraisal=locked, kind=kind).aggregate(last=Max("position"))
    return Finding.objects.create(
        appraisal=locked,
        meeting=meeting,
        kind=kind,
        dimension=dimension,
        text=text,
        quotable=quotable,
        position=(last["last"] or 0) + 1,
    )


@transaction.atomic
def edit_finding(
    *,
    finding: Finding,
    version: int,
    kind: str,
    text: str,
    dimension: Dimension | None,
    quotable: bool,
) -> Finding:
    """Change a finding opened at `version`. ConcurrentEditError when another text came first."""
    locked = _lock_finding(finding)
    _check_quotable(locked.appraisal, quotable=quotable)
    wanted = {"kind": kind, "text": text, "dimension": dimension, "quotable": quotable}
    if all(getattr(locked, name) == value for name, value in wanted.items()):
        return locked
    if locked.version != version:
        raise ConcurrentEditError(TOO_LATE, theirs=locked.text)
    for name, value in wanted.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    return locked


@transaction.atomic
def remove_finding(*, finding: Finding) -> None:
    """Take a finding away. One that an action rests on stays: the report would lose its reason."""
    locked = Finding.objects.select_for_update().filter(pk=finding.pk).first()
    if locked is None:
        return
    if locked.actions.exists():
        raise DomainError(
            "Une action s’appuie sur ce constat. Changez d’abord l’action, puis retirez le constat."
        )
    locked.delete()


@transaction.atomic
def record_agreed_rating(
    *,
    meeting: Meeting,
    item: QuestionnaireItem,
    version: int,
    level: int | None,
    reason: str = "",
    dissent: str = "",
) -> AgreedRating:
    """The group's own statement on an item: a level, or none, with its reason and any dissent.

    No vote is needed: a group may answer together. `version` is the one the form was opened with
    (0: nothing written yet). Without a level, the dissent or the reason says why.
    """
    locked = lock_meeting(meeting)
    if locked.state == MeetingState.PLANNED:
        raise DomainError("Ouvrez d’abord la rencontre: le groupe n’a encore rien dit.")
    if level is not None and not 1 <= level <= len(item.levels):
        raise DomainError(f"Choisissez un niveau de 1 à {len(item.levels)}.")
    if level is None and not (reason or dissent):
        message = "Choisissez un niveau, ou écrivez pourquoi le groupe n’en retient pas."
        raise DomainError(message, fields={"level": message})
    stored = AgreedRating.objects.filter(meeting=locked, item_id=item.id).first()
    wanted = {"level": level, "reason": reason, "dissent": dissent}
    if stored and all(getattr(stored, name) == value for name, value in wanted.items()):
        return stored
    if (stored.version if stored else 0) != version:
        raise ConcurrentEditError(TOO_LATE, theirs=agreed_in_words(stored, item))
    saved, _ = AgreedRating.objects.update_or_create(
        meeting=locked, item_id=item.id, defaults=wanted | {"version": version + 1}
    )
    Meeting.every.filter(pk=locked.pk).update(revision=F("revision") + 1)
    return saved


@transaction.atomic
def remove_agreed_rating(*, meeting: Meeting, item: QuestionnaireItem) -> None:
    """The group takes its statement back."""
    locked = lock_meeting(meeting)
    AgreedRating.objects.filter(meeting=locked, item_id=item.id).delete()
    Meeting.every.filter(pk=locked.pk).update(revision=F("revision") + 1)


def agreed_in_words(agreed: AgreedRating | None, item: QuestionnaireItem) -> str:
    """The statement as one text, to set two of them side by side."""
    if agreed is None:
        return "Rien: le niveau convenu a été retiré."
    level = item.levels[agreed.level - 1].label if agreed.level else "pas de niveau convenu"
    return "\n".join(filter(None, (level, agreed.reason, agreed.dissent)))


@transaction.atomic
def set_comment(*, comment: Comment, is_hidden: bool, is_quoted: bool) -> Comment:
    """Hide a word, or pick it as a quote: never both, and only if quotes were announced."""
    if is_quoted and not comment.meeting.appraisal.quotes_announced:
        raise DomainError(
            "Les citations n’ont pas été annoncées aux participants: ce mot reste dans l’équipe."
        )
    comment.is_hidden = is_hidden
    comment.is_quoted = is_quoted and not is_hidden
    comment.save(update_fields=("is_hidden", "is_quoted"))
    return comment


def _lock_finding(finding: Finding) -> Finding:
    locked = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("appraisal", "dimension")
        .filter(pk=finding.pk)
        .first()
    )
    if locked is None:
        raise DomainError("Ce constat a été retiré. Copiez votre texte pour l’inscrire de nouveau.")
    return locked


def _check_quotable(appraisal: Appraisal, *, quotable: bool) -> None:
    if quotable and not appraisal.quotes_announced:
        message = "Les citations n’ont pas été annoncées aux participants: décochez la case."
        raise DomainError(message, fields={"quotable": message})
