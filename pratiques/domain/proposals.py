"""A practice proposed without an account: kept once, confirmed by mail, erased in time."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import RoleAssignment, User
from background.letters import full_address, write_letter
from background.outbox import cancel_mails, queue_mail
from cms.image_cleaning import clean_photo
from cms.stored_documents import store_photo
from core.dates import start_of_day
from core.errors import DomainError
from core.purges import earliest_due
from core.storages import delete_once_committed
from core.typography import fr_size
from pratiques.enums import ProposalState
from pratiques.models import PracticeProposal
from reference.models import Place

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


UNCONFIRMED_KEPT = dt.timedelta(days=7)
KEPT = dt.timedelta(days=365)
KEPT_ONCE_DECLINED = dt.timedelta(days=30)
LARGEST_PHOTO = 15 * 1024 * 1024
MOST_LINKS = 5
MAILS_A_DAY = 3
"""To one address: a machine may not have us write to strangers all day."""
LETTERS = {
    "proposal_confirm": "pratiques/mail/proposal_confirm.txt",
    "proposal_arrived": "pratiques/mail/proposal_arrived.txt",
}
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
TOO_MANY_LINKS = f"Gardez {MOST_LINKS} liens au plus: l’équipe vous demandera les autres."
TOO_MANY_FOR_EMAIL = (
    "Plusieurs propositions attendent déjà d’être confirmées à ce courriel: ouvrez d’abord le "
    "lien que vous y avez reçu."
)


@dataclass(frozen=True)
class ProposalWords:
    """What the public form says."""

    story: str
    outcome: str
    holder: str
    contact: str
    email: str
    territory: Place | None = None
    photo_words: str = ""

    @property
    def fingerprint(self) -> str:
        """The same words from the same person, whatever the spaces and the capitals."""
        said = (self.story, self.outcome, self.holder, self.email)
        folded = "\x00".join(" ".join(words.lower().split()) for words in said)
        return hashlib.sha256(folded.encode()).hexdigest()


def clean_proposed_photo(upload: UploadedFile) -> bytes:
    """A JPEG without place nor device. DomainError, kindly, for what is not a photo."""
    if (upload.size or 0) > LARGEST_PHOTO:
        raise DomainError(f"Cette photo dépasse {fr_size(LARGEST_PHOTO)}. Réduisez-la.")
    return clean_photo(upload, upload.name or "")[0]


def propose_practice(
    *, said: ProposalWords, photo: bytes | None, form_key: str, now: dt.datetime
) -> PracticeProposal:
    """Keep a proposal and write to its address; nobody is told before the link is opened.

    Sent twice (the same page, or the same words while the first waits), it is kept once.
    """
    if len(LINK.findall(f"{said.story} {said.outcome}")) > MOST_LINKS:
        raise DomainError(TOO_MANY_LINKS, fields={"story": TOO_MANY_LINKS})
    if already := _already_kept(said, form_key):
        return already
    mine = PracticeProposal.objects.filter(
        email__iexact=said.email,
        state=ProposalState.UNCONFIRMED,
        received_at__gt=now - dt.timedelta(days=1),
    )
    if mine.count() >= MAILS_A_DAY:
        raise DomainError(TOO_MANY_FOR_EMAIL, fields={"email": TOO_MANY_FOR_EMAIL})
    try:
        with transaction.atomic():
            proposal = PracticeProposal(
                **vars(said),
                fingerprint=said.fingerprint,
                form_key=form_key,
                received_at=now,
                erase_on=timezone.localdate(now) + KEPT,
            )
            if photo:
                store_photo(proposal.photo, proposal.token, photo)
            proposal.save()
            _write(proposal, "proposal_confirm", to=proposal.email)
            return proposal
    except IntegrityError:  # sent twice at the same instant
        kept = _already_kept(said, form_key)
        if kept is None:
            raise
        return kept


def confirm_proposal(*, proposal: PracticeProposal, now: dt.datetime) -> None:
    """The person pressed the button of the mail: editors are told, once."""
    with transaction.atomic():
        waiting = PracticeProposal.objects.filter(pk=proposal.pk, state=ProposalState.UNCONFIRMED)
        if waiting.update(state=ProposalState.WAITING, confirmed_at=now):
            for person in readers_of(proposal):
                _write(proposal, "proposal_arrived", to=person.email, number=person.pk)


def withdraw_proposal(*, proposal: PracticeProposal) -> None:
    """Who proposed takes it back: all of it goes, the photo too, unless a sheet was begun."""
    with transaction.atomic():
        locked = PracticeProposal.objects.unsettled().filter(pk=proposal.pk).first()
        if locked is None:
            raise DomainError("L’équipe s’en occupe déjà: répondez-lui par courriel.")
        erase_proposal(locked)


def erase_proposal(proposal: PracticeProposal) -> None:
    """The row, its file and what was about to leave."""
    cancel_mails(key_prefix=_key(proposal))
    _forget_photo(proposal)
    proposal.delete()


def readers_of(proposal: PracticeProposal) -> list[User]:
    """Editors and moderators of its territory alone; every one when it has none.

    Where nobody is, the administrators.
    """
    roles = (RoleAssignment.Role.EDITOR, RoleAssignment.Role.MODERATOR)
    active = User.objects.filter(is_active=True).order_by("pk")
    found = [
        person
        for person in active.filter(role_assignments__role__in=roles).distinct()
        if proposal.territory is None
        or any(
            person.places_for_role(role).filter(pk=proposal.territory_id).exists() for role in roles
        )
    ]
    return found or list(active.filter(is_superuser=True))


def erase_old_proposals(now: dt.datetime) -> int:
    """Unconfirmed ones after 7 days, whole; addresses of the others when their day has come."""
    old = _unconfirmed().filter(received_at__lt=now - UNCONFIRMED_KEPT)
    erased = 0
    for proposal in old.iterator():
        erase_proposal(proposal)
        erased += 1
    due = _kept().filter(erase_on__lte=timezone.localdate(now))
    for proposal in due.iterator():
        _erase_person(proposal, now)
        erased += 1
    return erased


def next_old_proposal() -> dt.datetime | None:
    first = _kept().order_by("erase_on").values_list("erase_on", flat=True).first()
    day = start_of_day(first) if first else None
    waiting = earliest_due(_unconfirmed(), "received_at", kept=UNCONFIRMED_KEPT)
    return min((due for due in (day, waiting) if due), default=None)


def _erase_person(proposal: PracticeProposal, now: dt.datetime) -> None:
    proposal.email, proposal.contact, proposal.erased_at = "", "", now
    if proposal.state != ProposalState.DRAFTED:
        proposal.story = proposal.outcome = proposal.holder = proposal.decision_words = ""
        proposal.photo_words = ""
    _forget_photo(proposal)
    proposal.photo = ""
    proposal.save()


def _forget_photo(proposal: PracticeProposal) -> None:
    if proposal.photo:
        storage, name = proposal.photo.storage, str(proposal.photo.name)
        delete_once_committed(storage, name)


def _unconfirmed() -> QuerySet[PracticeProposal]:
    return PracticeProposal.objects.filter(state=ProposalState.UNCONFIRMED)


def _kept() -> QuerySet[PracticeProposal]:
    return PracticeProposal.objects.filter(erased_at=None).exclude(state=ProposalState.UNCONFIRMED)


def _already_kept(said: ProposalWords, form_key: str) -> PracticeProposal | None:
    same = PracticeProposal.objects.unsettled().filter(fingerprint=said.fingerprint)
    return PracticeProposal.objects.filter(form_key=form_key).first() or same.first()


def _write(proposal: PracticeProposal, kind: str, *, to: str, number: int = 0) -> None:
    context = {
        "proposal": proposal,
        "follow_link": full_address("pratiques:proposal", proposal.token),
        "confirm_link": full_address("pratiques:confirm_proposal", proposal.confirmation_token),
        "list_link": full_address("pratiques_proposals"),
        "days": UNCONFIRMED_KEPT.days,
    }
    subject, body = write_letter(LETTERS[kind], context)
    queue_mail(kind=kind, to=to, subject=subject, body=body, key=f"{_key(proposal)}{kind}/{number}")


def _key(proposal: PracticeProposal) -> str:
    return f"proposition/{proposal.pk}/"
