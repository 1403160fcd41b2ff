"""The journal of a démarche: one line for each gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appreciation.models import Appraisal, TransitionLog

if TYPE_CHECKING:
    from accounts.models import User


def log_gesture(appraisal: Appraisal, name: str, user: User | None, comment: str) -> TransitionLog:
    """A gesture that moves no phase. `user` is None for whoever came by a link."""
    return TransitionLog.objects.create(
        appraisal=appraisal,
        name=name,
        from_phase=appraisal.phase,
        to_phase=appraisal.phase,
        from_state=appraisal.state,
        to_state=appraisal.state,
        comment=comment,
        user=user,
    )
