"""Who has a step open to write in it: a courtesy between colleagues, never a lock.

Kept in the cache only: nobody is late, nothing is refused; when the cache is away, nobody is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

from core.typography import join_words

if TYPE_CHECKING:
    from accounts.models import User
    from appreciation.models import Appraisal

WRITING_SECONDS = 10 * 60


def start_writing(*, appraisal: Appraisal, phase: str, user: User) -> None:
    """`user` opened the form of `phase`."""
    writers = _writers(appraisal, phase) | {user.pk: (str(user), _now())}
    cache.set(_key(appraisal, phase), writers, WRITING_SECONDS)


def stop_writing(*, appraisal: Appraisal, phase: str, user: User) -> None:
    """`user` saved: what she wrote is stored, nobody needs a warning any more."""
    writers = _writers(appraisal, phase)
    if writers.pop(user.pk, None):
        cache.set(_key(appraisal, phase), writers, WRITING_SECONDS)


def others_writing(*, appraisal: Appraisal, phase: str, user: User) -> str:
    """« Élise Roy modifie cette étape », for those who opened it in the last ten minutes."""
    names = [name for pk, (name, _) in _writers(appraisal, phase).items() if pk != user.pk]
    if not names:
        return ""
    return f"{join_words(names)} {'modifie' if len(names) == 1 else 'modifient'} cette étape"


def _writers(appraisal: Appraisal, phase: str) -> dict[int, tuple[str, float]]:
    stored: dict[int, tuple[str, float]] = cache.get(_key(appraisal, phase)) or {}
    oldest = _now() - WRITING_SECONDS
    return {pk: writer for pk, writer in stored.items() if writer[1] > oldest}


def _key(appraisal: Appraisal, phase: str) -> str:
    return f"step-writers:{appraisal.pk}:{phase}"


def _now() -> float:
    return timezone.now().timestamp()
