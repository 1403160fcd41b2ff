"""What editors do with a proposal: begin a sheet, decline it kindly, or clear a flood."""

from __future__ import annotations

import datetime as dt
import difflib
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import Truncator
from wagtail.log_actions import log
from wagtail.rich_text import get_text_for_indexing

from background.letters import full_address, write_letter
from background.outbox import queue_mail
from cms.models import SiteImage
from core.errors import DomainError
from pratiques.domain.completeness import WORDS_AT_MOST
from pratiques.domain.proposals import KEPT_ONCE_DECLINED, erase_proposal
from pratiques.enums import DeclineReason, ProofKind, ProposalState
from pratiques.models import (
    CataloguePage,
    PracticePage,
    PracticePhoto,
    PracticeProposal,
    PracticeResult,
)

if TYPE_CHECKING:
    from accounts.models import User

LETTERS = {
    "proposal_kept": "pratiques/mail/proposal_kept.txt",
    "proposal_declined": "pratiques/mail/proposal_declined.txt",
}
RESULT_LENGTH = 600
UNPROVED = "Dit par qui a proposé la fiche: à vérifier avec l’organisme."
NOT_WAITING = "Cette proposition n’attend plus de décision: rechargez la liste."
SAY_WHY = "Dites en une phrase pourquoi: elle sera lue par la personne qui a proposé."


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, taken away since, or added since."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class FieldChange:
    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def draft_from_proposal(
    *, proposal: PracticeProposal, user: User, now: dt.datetime
) -> PracticePage:
    """Begin a sheet, never public, with what was proposed; say so to who proposed it.

    Pressed twice, it makes one sheet. What was proposed is kept beside it, word for word.
    """
    with transaction.atomic():
        locked = _lock(proposal, user)
        if locked.state == ProposalState.DRAFTED and locked.practice is not None:
            return locked.practice
        if locked.state != ProposalState.WAITING:
            raise DomainError(NOT_WAITING)
        practice = _sheet(locked, user)
        locked.state, locked.practice = ProposalState.DRAFTED, practice
        locked.settled_at, locked.settled_by = now, user
        locked.save()
        _answer(locked, "proposal_kept")
        return practice


def decline_proposal(
    *, proposal: PracticeProposal, user: User, reason: str, words: str, now: dt.datetime
) -> None:
    """Answer kindly, with a reason. What is personal goes after thirty days."""
    words = words.strip()
    if reason == DeclineReason.OTHER and not words:
        raise DomainError(SAY_WHY, fields={"words": SAY_WHY})
    with transaction.atomic():
        locked = _lock(proposal, user)
        if locked.state != ProposalState.WAITING:
            raise DomainError(NOT_WAITING)
        locked.state, locked.decline_reason = ProposalState.DECLINED, reason
        locked.decision_words = words
        locked.settled_at, locked.settled_by = now, user
        locked.erase_on = min(locked.erase_on, timezone.localdate(now) + KEPT_ONCE_DECLINED)
        locked.save()
        _answer(locked, "proposal_declined")


def dismiss_unconfirmed(*, pks: Iterable[int], user: User) -> int:
    """Clear what nobody confirmed: no letter goes to an address that may be a stranger’s."""
    mine = PracticeProposal.objects.editable_by(user).filter(
        pk__in=list(pks), state=ProposalState.UNCONFIRMED
    )
    with transaction.atomic():
        rows = list(mine)
        for proposal in rows:
            erase_proposal(proposal)
    return len(rows)


def changes_since(proposal: PracticeProposal) -> list[FieldChange]:
    """What was proposed beside what the sheet says now, its last draft included."""
    if proposal.practice is None:
        return []
    sheet = proposal.practice.get_latest_revision_as_object()
    results = "\n".join(result.text for result in sheet.results.all())
    contact = " ".join(part for part in (sheet.contact_email, sheet.contact_phone) if part)
    told = [
        ("Ce qui a été fait", proposal.story, get_text_for_indexing(sheet.approach)),
        ("Ce que ça a donné", proposal.outcome, results),
        ("Organisme", proposal.holder, sheet.holder_name),
        ("Qui appeler", proposal.contact, contact),
    ]
    return [FieldChange(label, _word_by_word(before, now)) for label, before, now in told]


def _word_by_word(before: str, after: str) -> list[Piece]:
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", " ".join(old[i:j])))
            continue
        if j > i:
            pieces.append(Piece("removed", " ".join(old[i:j])))
        if m > k:
            pieces.append(Piece("added", " ".join(new[k:m])))
    return pieces


def _sheet(proposal: PracticeProposal, user: User) -> PracticePage:
    has_email = "@" in proposal.contact
    story = Truncator(proposal.story).words(WORDS_AT_MOST["approach"])
    practice = PracticePage(
        title=Truncator(proposal.story.replace("\n", " ")).words(9, truncate="…"),
        live=False,
        has_unpublished_changes=True,
        approach="".join(f"<p>{escape(line)}</p>" for line in story.splitlines() if line.strip()),
        holder_name=proposal.holder,
        contact_email=proposal.contact if has_email and " " not in proposal.contact else "",
        contact_phone="" if has_email else proposal.contact[:40],
        source_name=f"Proposition {proposal.receipt}",
        owner=user,
        is_demo=proposal.is_demo,
    )
    practice.places = [proposal.territory] if proposal.territory else []
    practice.results = [
        PracticeResult(text=text, proof_kind=ProofKind.TESTIMONY, proof=UNPROVED)
        for text in textwrap.wrap(proposal.outcome, RESULT_LENGTH)
    ]
    if proposal.photo:
        practice.photos = [_photo(proposal, user)]
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        raise DomainError("Le catalogue n’existe pas encore: faites d’abord sa page.")
    catalogue.add_child(instance=practice)
    practice.save_revision(user=user)
    log(instance=practice, action="wagtail.create", user=user)
    return practice


def _photo(proposal: PracticeProposal, user: User) -> PracticePhoto:
    """The photo leaves the private folder with the sheet, under a name that nobody guesses."""
    with proposal.photo.open("rb") as content:
        image = SiteImage(
            title=f"Proposition {proposal.receipt}",
            description=proposal.photo_words,
            credit=proposal.holder,
            uploaded_by_user=user,
            file=ContentFile(content.read(), name=f"{proposal.token[:24]}.jpg"),
        )
    image.save()
    return PracticePhoto(image=image, alternative_text=proposal.photo_words, credit=proposal.holder)


def _answer(proposal: PracticeProposal, kind: str) -> None:
    if not proposal.email:
        return
    link = full_address("pratiques:proposal", proposal.token)
    context = {"proposal": proposal, "follow_link": link}
    subject, body = write_letter(LETTERS[kind], context)
    key = f"proposition/{proposal.pk}/{kind}"
    queue_mail(kind=kind, to=proposal.email, subject=subject, body=body, key=key)


def _lock(proposal: PracticeProposal, user: User) -> PracticeProposal:
    rows = PracticeProposal.objects.select_for_update(of=("self",))
    locked = rows.filter(pk=proposal.pk).first()
    if locked is None:
        raise DomainError(NOT_WAITING)
    if not PracticeProposal.objects.editable_by(user).filter(pk=locked.pk).exists():
        raise DomainError("Cette proposition revient à l’équipe de son territoire.")
    return locked
