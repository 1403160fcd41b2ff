"""An edition goes out, comes back, or takes its adopted version: what everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from appreciation.domain.adopted_versions import read_final_file
from appreciation.domain.editions import show_document
from appreciation.domain.synthesis.freezing import (
    Changes,
    frozen_read,
    is_intact,
    what_changed,
)
from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.domain.synthesis.pages import ensure_synthesis_page
from appreciation.domain.synthesis.public import for_public, leave_out
from appreciation.domain.synthesis.rights import lock_synthesis
from appreciation.domain.synthesis.since import since_frozen, words_taken_back
from appreciation.models import SynthesisEdition
from cms.stored_documents import store_document
from core.errors import DomainError
from core.last_good import forget_copies
from core.typography import join_words

if TYPE_CHECKING:
    from accounts.models import User

__all__ = [
    "attach_adopted_version",
    "for_public",
    "publication_obstacles",
    "publish_edition",
    "read_for_public",
    "read_for_region",
    "withdraw_edition",
]

MAX_REASON = 300
ALREADY_OUT = "Cette édition est déjà publiée."
OUT_OF_USE = "Cette édition a été retirée ou remplacée: figez-en une nouvelle."


def read_for_region(*, edition: SynthesisEdition, outside_k: int | None = None) -> SynthesisRead:
    """The frozen synthesis, less the démarches, and the words, that were taken back since.

    Files and pages ask for this one or `read_for_public`, never for the bare snapshot.
    """
    since = since_frozen(edition)
    frozen = frozen_read(edition, outside_k=outside_k)
    return leave_out(frozen, since.gone, words_taken_back(since.moved))


def read_for_public(*, edition: SynthesisEdition, outside_k: int | None = None) -> SynthesisRead:
    """The same for everyone."""
    return for_public(read_for_region(edition=edition, outside_k=outside_k))


def publication_obstacles(*, edition: SynthesisEdition) -> list[str]:
    """What stands in the way, as sentences that say what to do; empty when nothing does.

    A démarche that has a new edition, or answers that changed, are no obstacle: she is told, and
    says that she knows (`publish_edition`).
    """
    return _obstacles(edition, what_changed(edition=edition))


@transaction.atomic
def publish_edition(
    *, edition: SynthesisEdition, user: User, acknowledged: bool = False
) -> SynthesisEdition:
    """Everybody may read this edition; the one that was out is replaced.

    Refused when a démarche was withdrawn or asked for something else since, when a later edition
    was out, and when something changed without her saying that she knows (`acknowledged`).
    """
    locked = _lock(edition, user)
    if _is_out(locked):
        return locked
    changes = what_changed(edition=locked)
    if obstacles := _obstacles(locked, changes):
        raise DomainError("\n".join(obstacles))
    if changes.replaced and not acknowledged:
        raise DomainError(
            f"Une nouvelle édition est sortie depuis: {join_words(changes.replaced)}. Figez de "
            "nouveau, ou dites que vous publiez ces figures-ci en le sachant.",
            fields={"acknowledged": "Dites que vous le savez."},
        )
    now = timezone.now()
    locked.synthesis.editions.out().update(superseded_at=now)
    locked.published_at = now
    locked.save(update_fields=["published_at"])
    if locked.document is not None:
        show_document(locked.document)
    ensure_synthesis_page(locked.synthesis)
    forget_copies()
    return locked


@transaction.atomic
def withdraw_edition(*, edition: SynthesisEdition, user: User, reason: str) -> SynthesisEdition:
    """Take it out. Its reason stays with the coordination; its adopted version becomes private."""
    locked = _lock(edition, user)
    reason = reason.strip()
    if not reason or len(reason) > MAX_REASON:
        message = f"Dites pourquoi en une phrase ({MAX_REASON} caractères au plus)."
        raise DomainError(message, fields={"reason": message})
    if not _is_out(locked):
        raise DomainError("Cette édition n’est pas publiée: il n’y a rien à retirer.")
    locked.withdrawn_at = timezone.now()
    locked.withdrawal_reason = reason
    locked.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    _hide(locked)
    ensure_synthesis_page(locked.synthesis)
    forget_copies()
    return locked


@transaction.atomic
def attach_adopted_version(
    *, edition: SynthesisEdition, user: User, file: File
) -> SynthesisEdition:
    """Join the committee's final Word or PDF: everybody reads it with the edition, once it is out.

    Another one takes its place, and the former is no longer served.
    """
    locked = _lock(edition, user)
    if locked.withdrawn_at or locked.superseded_at:
        raise DomainError(OUT_OF_USE)
    content, extension = read_final_file(file)
    document = store_document(
        content,
        name=f"synthese-{locked.synthesis.reference.lower()}-{locked.number}{extension}",
        title=f"Version adoptée, {locked}",
        is_private=not _is_out(locked),
        field="file",
        user=user,
    )
    if locked.document != document:
        _hide(locked)
    locked.document = document
    locked.save(update_fields=["document"])
    forget_copies()
    return locked


def _obstacles(edition: SynthesisEdition, changes: Changes) -> list[str]:
    obstacles = []
    if _is_out(edition):
        return [ALREADY_OUT]
    if edition.withdrawn_at or edition.superseded_at:
        return [OUT_OF_USE]
    if edition.synthesis.editions.filter(
        number__gt=edition.number, published_at__isnull=False
    ).exists():
        obstacles.append("Une édition plus récente a déjà été publiée: figez-en une nouvelle.")
    if not is_intact(edition):
        obstacles.append(
            "Cette édition a été abîmée: son empreinte n’est plus la sienne. Figez-en une autre."
        )
    if changes.withdrawn:
        obstacles.append(
            f"N’est plus publiée: {join_words(changes.withdrawn)}. Enlevez-la du choix, puis "
            "figez de nouveau."
        )
    if changes.lowered:
        obstacles.append(
            f"Publiée depuis à un niveau plus discret: {join_words(changes.lowered)}. Figez de "
            "nouveau."
        )
    if changes.shown_otherwise:
        obstacles.append(
            f"Présentée autrement depuis: {join_words(changes.shown_otherwise)}. Figez de nouveau."
        )
    return obstacles


def _is_out(edition: SynthesisEdition) -> bool:
    return bool(edition.published_at and not edition.withdrawn_at and not edition.superseded_at)


def _hide(edition: SynthesisEdition) -> None:
    document = edition.document
    if document is not None and not document.is_private:
        document.is_private = True
        document.save(update_fields=["is_private"])


def _lock(edition: SynthesisEdition, user: User) -> SynthesisEdition:
    """The edition, once its synthesis is held: two people never publish two at once."""
    lock_synthesis(edition.synthesis, user)
    return SynthesisEdition.objects.select_related("synthesis__region", "document").get(
        pk=edition.pk
    )
