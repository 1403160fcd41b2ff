"""What people write between the figures: paragraphs, stories, and the words they pick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.synthesis.first_texts import SECTION_TITLES, SECTIONS
from appreciation.domain.synthesis.nouns import Narrative, SynthesisRead
from appreciation.domain.synthesis.published import published_quotes
from appreciation.domain.synthesis.rights import lock_synthesis
from appreciation.models import Synthesis, SynthesisQuote, SynthesisSource, SynthesisText
from core.errors import ConcurrentEditError, DomainError
from core.typography import fr_typo

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_TEXT = 6000
LONGEST_STORY = 3000
TOO_LATE = "Quelqu’un a enregistré ce texte pendant que vous écriviez."
ASSEMBLED_AGAIN = "Le texte assemblé a été remis: il n’y a plus de texte écrit à la main."


def narratives_of(read: SynthesisRead, written: Mapping[str, str]) -> tuple[Narrative, ...]:
    """Each paragraph: what somebody wrote, else what the figures give."""
    return tuple(
        Narrative(
            key=key,
            title=title,
            text=written[key] if key in written else fr_typo(first_text(read)),
            is_edited=key in written,
        )
        for key, title, first_text in SECTIONS
    )


@transaction.atomic
def save_text(
    *, synthesis: Synthesis, user: User, key: str, text: str, version: int
) -> SynthesisText:
    """Keep her own paragraph. `version` is the one its form was opened with (0: assembled text).

    ConcurrentEditError when another text came first; the same text twice is harmless. Empty, the
    paragraph does not appear.
    """
    locked = lock_synthesis(synthesis, user)
    if key not in SECTION_TITLES:
        raise DomainError("Ce paragraphe ne fait pas partie de la synthèse.")
    _check_length(text, LONGEST_TEXT)
    stored = locked.texts.filter(key=key).first()
    if stored and stored.text == text:
        return stored
    if (stored.version if stored else 0) != version:
        raise ConcurrentEditError(TOO_LATE, theirs=stored.text if stored else ASSEMBLED_AGAIN)
    saved, _ = SynthesisText.objects.update_or_create(
        synthesis=locked,
        key=key,
        defaults={"text": text, "version": version + 1, "updated_by": user},
    )
    return saved


@transaction.atomic
def reset_text(*, synthesis: Synthesis, user: User, key: str, version: int) -> None:
    """Back to the text that the figures give. Refused if it changed since it was read."""
    locked = lock_synthesis(synthesis, user)
    stored = locked.texts.filter(key=key).first()
    if stored is None:
        return
    if stored.version != version:
        raise ConcurrentEditError(TOO_LATE, theirs=stored.text)
    stored.delete()


@transaction.atomic
def save_story(*, source: SynthesisSource, user: User, text: str, version: int) -> SynthesisSource:
    """The page of one démarche, in her words. ConcurrentEditError when another text came first."""
    lock_synthesis(source.synthesis, user)
    locked = SynthesisSource.objects.filter(pk=source.pk).first()
    if locked is None:
        raise DomainError(
            "Cette démarche n’est plus retenue. Copiez votre texte, puis retenez-la de nouveau."
        )
    _check_length(text, LONGEST_STORY)
    if locked.story == text:
        return locked
    if locked.story_version != version:
        raise ConcurrentEditError(TOO_LATE, theirs=locked.story)
    locked.story = text
    locked.story_version += 1
    locked.save(update_fields=["story", "story_version"])
    return locked


@transaction.atomic
def pick_quotes(*, synthesis: Synthesis, user: User, keys: Iterable[str]) -> None:
    """Set the whole choice of quoted words at once.

    Only words that their démarche publishes today with permission. One that was picked and is
    withdrawn since leaves without a word: nobody may keep it.
    """
    locked = lock_synthesis(synthesis, user)
    offered = {each.key: each.appraisal_id for each in published_quotes(synthesis=locked)}
    wanted, picked = set(keys), set(locked.quotes.values_list("quote_key", flat=True))
    if wanted - set(offered) - picked:
        raise DomainError("Un de ces mots n’est plus publié. Rechargez la page.")
    locked.quotes.exclude(quote_key__in=wanted & set(offered)).delete()
    SynthesisQuote.objects.bulk_create(
        SynthesisQuote(synthesis=locked, appraisal_id=offered[key], quote_key=key)
        for key in sorted((wanted & set(offered)) - picked)
    )


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        message = f"Ce texte dépasse {longest} caractères: raccourcissez-le."
        raise DomainError(message, fields={"text": message})
