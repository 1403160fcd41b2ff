"""Publishing and withdrawing a démarche: what may leave, how far, and by whom (DESIGN.md §4–5).

Page, search and exports read only the edition written here: an immutable snapshot of the report,
trimmed to its level.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.editions import (
    Entry,
    hide_document,
    snapshot_of,
    write_edition,
)
from appreciation.domain.entries_found import follow_entry
from appreciation.domain.first_nations import is_first_nation
from appreciation.domain.journal import log_gesture
from appreciation.domain.report import Report, assemble_report, report_to_snapshot
from appreciation.domain.report.assembly import DETAILED_LEVELS
from appreciation.domain.team import can_edit
from appreciation.enums import (
    PUBLICATION_ORDER,
    AppraisalState,
    MeetingKind,
    PublicationLevel,
)
from appreciation.models import Appraisal, Publication
from core.errors import DomainError
from core.last_good import forget_copies
from pratiques.domain.milieus import milieu_kind_of

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import SiteDocument
    from reference.models import Issue

MAX_REASON = 300
MAX_SUMMARY = 600


def levels_allowed(appraisal: Appraisal) -> tuple[PublicationLevel, ...]:
    """Levels from région up to the one announced before the ratings. None when it is private."""
    announced = PUBLICATION_ORDER.index(PublicationLevel(appraisal.announced_level))
    return PUBLICATION_ORDER[1 : announced + 1]


def publication_obstacles(appraisal: Appraisal) -> list[str]:
    """What stands in the way, as French sentences that say what to do; empty when nothing does."""
    obstacles = []
    if appraisal.is_historical:
        return ["Une démarche historique est publiée dès son entrée au registre."]
    if appraisal.state == AppraisalState.CANCELLED:
        obstacles.append("Cette démarche est annulée: ranimez-la d’abord.")
    if not levels_allowed(appraisal):
        obstacles.append(
            "Le niveau annoncé aux participants est « privé »: rien ne sort de l’équipe."
        )
    if appraisal.meeting_done_at is None:
        obstacles.append("Terminez d’abord l’étape « Tenir la rencontre ».")
    if not appraisal.findings.exists():
        obstacles.append("Inscrivez au moins un constat: une force, un défi ou une piste d’action.")
    if appraisal.adopted_on is None:
        obstacles.append("Inscrivez qui a adopté le rapport, et quand.")
    if appraisal.council_agreed_on is None and is_first_nation(appraisal.place):
        obstacles.append(
            "Le conseil de la communauté doit donner son accord: inscrivez sa date avec l’adoption."
        )
    return obstacles


@transaction.atomic
def publish(
    *,
    appraisal: Appraisal,
    level: str,
    user: User,
    embargo_until: dt.datetime | None = None,
    issues: Iterable[Issue] = (),
    replaces: int | None = None,
) -> Publication:
    """Write the next edition at `level`, readable at once or from `embargo_until` on.

    Refused beyond the announced level, before the end of the meeting, without a finding, before
    adoption, when the démarche is private, and without the council's agreement for a First Nations
    community. An edition that people already read cannot be replaced by one they must wait for.
    The adopted version that the team shares leaves with an edition at the full level, read at once.
    `replaces` is the number of the last edition that the person saw (0: none): refused if somebody
    published meanwhile, so that a second click publishes nothing.
    """
    locked = _lock(appraisal)
    _check_right_and_level(locked, user, level)
    if replaces is not None and replaces != locked.publications.count():
        raise DomainError(
            "Une édition vient d’être publiée. Relisez ce qui est en ligne avant de recommencer."
        )
    _check_embargo(locked, embargo_until)
    report = assemble_report(locked, level=level)
    publication = write_edition(
        appraisal=locked,
        entry=entry_of(locked, report),
        report=report_to_snapshot(report),
        level=level,
        user=user,
        embargo_until=embargo_until,
        issues=issues,
        document=None if embargo_until else shared_version(locked, level),
    )
    words = f"Édition {publication.number}, niveau « {publication.get_level_display()} »."
    log_gesture(locked, "published", user, words)
    return publication


def _check_right_and_level(appraisal: Appraisal, user: User, level: str) -> None:
    if not can_edit(appraisal, user):
        raise DomainError("Seule l’équipe d’animation publie une démarche.")
    if obstacles := publication_obstacles(appraisal):
        raise DomainError("\n".join(obstacles))
    if level not in levels_allowed(appraisal):
        message = (
            "Ce niveau dépasse ce qui a été annoncé aux participants: "
            f"« {appraisal.get_announced_level_display()} » au plus."
        )
        raise DomainError(message, fields={"level": message})


@transaction.atomic
def withdraw(*, appraisal: Appraisal, user: User, reason: str) -> Publication:
    """Take the current edition out. Its address says so from then on (410), until published again.

    The reason stays with the team. A public document that came with it becomes private.
    """
    locked = _lock(appraisal)
    if not can_edit(locked, user):
        raise DomainError("Seule l’équipe d’animation retire une démarche du registre.")
    reason = reason.strip()
    if not reason or len(reason) > MAX_REASON:
        message = f"Dites pourquoi en une phrase ({MAX_REASON} caractères au plus)."
        raise DomainError(message, fields={"reason": message})
    publication = locked.publications.current().select_for_update().first()
    if publication is None:
        raise DomainError("Rien n’est publié pour cette démarche: il n’y a rien à retirer.")
    publication.withdrawn_at = timezone.now()
    publication.withdrawal_reason = reason
    publication.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    hide_document(publication)
    follow_entry(locked)
    forget_copies()
    log_gesture(locked, "withdrawn", user, reason)
    return publication


def draft_edition(appraisal: Appraisal, level: str) -> Publication:
    """The edition that `publish` would write now, unsaved: for the team's preview."""
    report = assemble_report(appraisal, level=level)
    return Publication(
        appraisal=appraisal,
        number=appraisal.publications.count() + 1,
        level=level,
        entry=asdict(entry_of(appraisal, report)),
        snapshot=snapshot_of(report_to_snapshot(report)),
        place=appraisal.place,
        territory=appraisal.place.territory,
        adopted_on=appraisal.adopted_on,
        published_at=timezone.now(),
        document=shared_version(appraisal, level),
    )


def shared_version(appraisal: Appraisal, level: str) -> SiteDocument | None:
    """The committee's own file, if the team shares it: it may tell all, hence the full level."""
    if level != PublicationLevel.FULL or appraisal.adopted_on is None:
        return None
    newest = appraisal.adopted_versions.select_related("document").first()
    return newest.document if newest is not None and newest.is_shared else None


def has_unpublished_lessons(appraisal: Appraisal, latest: Publication | None) -> bool:
    """Whether a new edition, at the level of the last one, would show lessons that it does not."""
    if not appraisal.lessons or latest is None or latest.is_historical:
        return False
    shown = latest.snapshot["report"].get("lessons", "")
    return latest.level in DETAILED_LEVELS and shown != appraisal.lessons


def entry_of(appraisal: Appraisal, report: Report) -> Entry:
    """What the lists will say of a report."""
    meeting = report.meetings[-1] if report.meetings else None
    held_on = report.held_on or appraisal.expected_on or timezone.localdate()
    introduction = report.paragraph("introduction")
    summary = introduction.text.strip().split("\n\n")[0] if introduction else ""
    return Entry(
        title=f"{report.place}, {held_on.year}",
        subtitle=report.headline,
        place=report.place,
        place_kind=appraisal.place.kind,
        territory=report.territory,
        year=held_on.year,
        phase=appraisal.phase,
        is_complete=appraisal.follow_up_done_at is not None,
        summary=summary[:MAX_SUMMARY],
        instrument=meeting.instrument if meeting else "",
        instrument_code=_instrument_code(appraisal),
        meeting_on=report.held_on.isoformat() if report.held_on else "",
        people=meeting.head_count if meeting else None,
        requested_by=report.requested_by,
        adopted_by=report.adopted_by,
        adopted_on=report.adopted_on.isoformat() if report.adopted_on else "",
        is_historical=False,
        is_demo=appraisal.is_demo,
        milieu_kind=milieu_kind_of(appraisal.place),
    )


def _instrument_code(appraisal: Appraisal) -> str:
    meeting = (
        appraisal.meetings.filter(kind=MeetingKind.APPRAISAL, opened_at__isnull=False)
        .select_related("instrument")
        .order_by("-opened_at", "-pk")
        .first()
    )
    instrument = meeting.instrument if meeting else appraisal.instrument
    return instrument.code if instrument else ""


def _check_embargo(appraisal: Appraisal, embargo_until: dt.datetime | None) -> None:
    if embargo_until is None:
        return
    if embargo_until <= timezone.now():
        message = "Cette date est passée: laissez vide pour publier tout de suite."
        raise DomainError(message, fields={"embargo_until": message})
    if appraisal.publications.out().exists():
        message = (
            "Une édition se lit déjà au registre et serait cachée jusqu’à cette date. "
            "Publiez tout de suite, ou retirez d’abord l’édition actuelle."
        )
        raise DomainError(message, fields={"embargo_until": message})


def _lock(appraisal: Appraisal) -> Appraisal:
    return (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("place__parent__parent", "instrument")
        .get(pk=appraisal.pk)
    )
