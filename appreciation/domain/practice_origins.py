"""A practice that was born of a démarche, told both ways, between public things only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from appreciation.domain.editions import Entry
from appreciation.domain.team import can_edit
from appreciation.models import Action, Appraisal, Finding, PracticeOrigin, Publication
from core.errors import DomainError
from pratiques.domain.queries.around import Backlink
from pratiques.models import PracticeAppraisal, PracticePage

if TYPE_CHECKING:
    from accounts.models import User

BORN_HERE = "La pratique est née de cette démarche."
UNKNOWN_SHEET = "Aucune fiche en ligne n’a cette adresse. Copiez-la du haut de la fiche."
SLUG = re.compile(r"([\w-]+)/?(?:[?#].*)?$")


def sheet_at(address: str) -> PracticePage:
    """The live sheet that an address, or its last part, names."""
    found = SLUG.search(address.strip())
    sheets = PracticePage.objects.live().public()
    sheet = sheets.filter(slug=found[1]).first() if found else None
    if sheet is None:
        raise DomainError(UNKNOWN_SHEET, fields={"address": UNKNOWN_SHEET})
    return sheet


@transaction.atomic
def record_origin(
    *,
    appraisal: Appraisal,
    user: User,
    practice: PracticePage,
    finding: Finding | None = None,
    action: Action | None = None,
) -> PracticeOrigin:
    """This sheet tells what came of a finding, or of an action, of this démarche. Twice is once."""
    _check_right(appraisal, user)
    source = finding or action
    if source is None or (finding and action) or source.appraisal_id != appraisal.pk:
        message = "Choisissez un constat ou une action de cette démarche."
        raise DomainError(message, fields={"born_of": message})
    origin, _ = PracticeOrigin.objects.get_or_create(
        practice=practice, finding=finding, action=action, defaults={"created_by": user}
    )
    return origin


@transaction.atomic
def remove_origin(*, appraisal: Appraisal, user: User, pk: int) -> None:
    _check_right(appraisal, user)
    origins_of(appraisal).filter(pk=pk).delete()


def origins_of(appraisal: Appraisal) -> QuerySet[PracticeOrigin]:
    return PracticeOrigin.objects.filter(
        Q(finding__appraisal=appraisal) | Q(action__appraisal=appraisal)
    )


def linked_sheets(appraisal: Appraisal) -> QuerySet:
    """Primary keys of the sheets that were born of the démarche, or cite its page."""
    citing = PracticeAppraisal.objects.filter(
        register_page__in=type(appraisal).objects.filter(pk=appraisal.pk).values("page")
    )
    born = PracticePage.objects.filter(
        Q(origins__finding__appraisal=appraisal) | Q(origins__action__appraisal=appraisal)
    )
    return PracticePage.objects.filter(
        Q(pk__in=citing.values("practice")) | Q(pk__in=born.values("pk"))
    ).values("pk")


def origins_told_on(practice_pk: int) -> Iterator[Backlink]:
    """For the sheet: the démarches it was born of, as long as everyone may read their entry.

    What was found or decided is not repeated: the entry says what was published of it.
    """
    born = list(PracticeOrigin.objects.filter(practice=practice_pk).values("finding", "action"))
    if not born:  # most sheets: the long question is not asked
        return
    editions = Publication.objects.listed().filter(
        Q(appraisal__findings__in=[each["finding"] for each in born])
        | Q(appraisal__actions__in=[each["action"] for each in born])
    )
    shown = editions.light().distinct().select_related("appraisal__page").order_by("-year", "pk")
    for edition in shown:
        title = Entry.from_json(edition.entry).title
        yield Backlink(title, edition.appraisal.page.get_url() or "", BORN_HERE)


def _check_right(appraisal: Appraisal, user: User) -> None:
    if not can_edit(appraisal, user):
        raise DomainError("Seule l’équipe d’animation dit ce qui est né de sa démarche.")
