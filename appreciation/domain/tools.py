"""Rules of the tools: what replaces what, and which versions a démarche used."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.phase_records import lock_to_write
from appreciation.models import Appraisal, Tool, ToolUse
from core.errors import DomainError

if TYPE_CHECKING:
    from accounts.models import User

CIRCLE = (
    "Ces outils se remplaceraient en rond. Choisissez une version plus ancienne, "
    "ou laissez la case vide."
)
ADDRESS_STAYS = (
    "Cet outil a été publié à cette adresse, qui reste. "
    "Pour une autre adresse, faites un nouvel outil qui remplace celui-ci."
)


def check_replacement(*, tool: Tool, replaces: Tool | None) -> None:
    """What a tool replaces has no other successor, and does not come after the tool itself."""
    if replaces is None:
        return
    other = Tool.objects.filter(replaces=replaces).exclude(pk=tool.pk).first()
    if other:
        words = f"«\N{NO-BREAK SPACE}{other}\N{NO-BREAK SPACE}» remplace déjà cet outil."
        raise DomainError(words, fields={"replaces": words})
    older = dict(Tool.objects.values_list("pk", "replaces_id"))
    step: int | None = replaces.pk
    while step is not None:
        if step == tool.pk:
            raise DomainError(CIRCLE, fields={"replaces": CIRCLE})
        step = older.get(step)


def check_address(*, tool: Tool, slug: str) -> None:
    """The address of a tool that was published once is given: it stays."""
    stored = Tool.objects.filter(pk=tool.pk, first_published_at__isnull=False).first()
    if stored and stored.slug != slug:
        raise DomainError(ADDRESS_STAYS, fields={"slug": ADDRESS_STAYS})


def use_tool(
    *, appraisal: Appraisal, tool: Tool, user: User, now: dt.datetime | None = None
) -> ToolUse:
    """This démarche uses this version of this tool. Said twice, it is kept once."""
    with transaction.atomic():
        return _keep(lock_to_write(appraisal, user), tool, now or timezone.now())


def use_tools_of_document(*, appraisal: Appraisal, user: User, code: str) -> list[ToolUse]:
    """A document was made for a démarche: the live tools that it fills in were used."""
    with transaction.atomic():
        tools = Tool.objects.filter(live=True, successors=None, formats__made=code).distinct()
        if not tools:
            return []
        locked = lock_to_write(appraisal, user)
        return [_keep(locked, tool, timezone.now()) for tool in tools]


def forget_tool_use(*, appraisal: Appraisal, pk: int, user: User) -> None:
    """It was not used after all. Twice is as once."""
    with transaction.atomic():
        lock_to_write(appraisal, user).tool_uses.filter(pk=pk).delete()


def _keep(appraisal: Appraisal, tool: Tool, now: dt.datetime) -> ToolUse:
    return ToolUse.objects.get_or_create(
        appraisal=appraisal,
        tool=tool,
        version=tool.version,
        defaults={"title": tool.title, "used_at": now},
    )[0]
