"""From the address where she was to what the person who helps must know."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from accounts.models import User
from appreciation.domain.phases import missing_to_advance
from appreciation.domain.queries.progress import progress_of
from appreciation.enums import Phase
from appreciation.models import Appraisal
from appreciation.views.stepper import PHASES_BY_SLUG

SPACE = "space"
LONGEST_ADDRESS = 500
"""As long as it is stored; the site has none so long."""


@dataclass(frozen=True)
class HelpContext:
    """`address` is empty when it is not a screen of the space."""

    address: str = ""
    appraisal: Appraisal | None = None
    phase: str = ""
    missing: tuple[str, ...] = ()

    @property
    def phase_label(self) -> str:
        return Phase(self.phase).label if self.phase else ""


def help_context(user: User, address: str) -> HelpContext:
    """What `?depuis=` names: a démarche is named only to who may see it."""
    path = address.partition("?")[0].partition("#")[0]
    if len(path) > LONGEST_ADDRESS:
        return HelpContext()
    try:
        match = resolve(path)
    except Resolver404:
        return HelpContext()
    if match.namespace != SPACE:
        return HelpContext()
    appraisal = _appraisal(user, match.kwargs.get("reference"))
    if appraisal is None:
        return HelpContext(path)
    phase = PHASES_BY_SLUG.get(match.kwargs.get("slug", ""), Phase(appraisal.phase))
    missing = missing_to_advance(appraisal, phase, progress_of(appraisal))
    return HelpContext(path, appraisal, phase, tuple(missing))


def _appraisal(user: User, reference: str | None) -> Appraisal | None:
    if not reference:
        return None
    visible = Appraisal.objects.visible_to(user).select_related("place__parent__parent")
    direct = visible.filter(reference=reference).first()
    return direct or visible.filter(meetings__reference=reference).first()


def address_of(request: HttpRequest) -> str:
    return request.POST.get("depuis") or request.GET.get("depuis", "")
