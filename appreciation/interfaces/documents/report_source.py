"""What every format of the report is made from: one `Report`, and how the document names itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from appreciation.domain.publications import publication_obstacles
from appreciation.domain.report import Report, assemble_report
from appreciation.enums import RATING_KINDS, MeetingState, PublicationLevel
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.report_document import present_report
from appreciation.models import MeetingPhoto
from cms.settings import SiteSettings
from core.typography import NBSP, fr_date

DEMONSTRATION = "DÉMONSTRATION"
NOT_HELD = "La rencontre n’a pas encore eu lieu: le rapport s’écrit avec ce qui s’y dit."
STAYS_INSIDE = (
    f"Le niveau annoncé aux participants est «{NBSP}{{}}{NBSP}»: rien n’en est montré au public."
)


@dataclass(frozen=True)
class Identity:
    """Who hands the document out."""

    organisation: str
    motto: str
    adviser: str


@dataclass(frozen=True)
class Photo:
    alt: str
    content: bytes


@dataclass(frozen=True)
class ReportFile:
    """`copy_words` warns that the copy tells more than what was announced; empty otherwise.

    `address` is where an edition was published, under which `number`: it stands for the reference.
    """

    report: Report
    identity: Identity
    copy_words: str = ""
    address: str = ""
    number: int = 0

    @cached_property
    def presented(self) -> Mapping[str, Any]:
        return present_report(self.report)

    @property
    def edition(self) -> str:
        """Adopted, or a draft of today."""
        report = self.report
        if report.adopted_on:
            return f"Adopté par {report.adopted_by}, le {fr_date(report.adopted_on)}"
        return f"Version de travail du {fr_date(timezone.localdate())}, pas encore adoptée"

    @property
    def footer(self) -> str:
        where = self.address.partition("://")[2] or self.report.reference
        return f"{where} · {self.edition}"

    @property
    def banner(self) -> str:
        return DEMONSTRATION if self.report.is_demo else ""

    @cached_property
    def photos(self) -> tuple[Photo, ...]:
        """Those that the team still lets out; one whose file is gone leaves its words."""
        return tuple(Photo(each.alt, photo_content(each.token)) for each in self.report.photos)


def report_file(making: Making) -> ReportFile:
    """The team's own copy: the report as its screen shows it."""
    report = assemble_report(making.appraisal)
    announced = PublicationLevel(making.appraisal.announced_level)
    words = ""
    if announced != PublicationLevel.FULL:
        words = (
            f"Copie de l’équipe. Le niveau annoncé aux participants est «{NBSP}{announced.label}"
            f"{NBSP}»: ne la transmettez pas plus loin."
        )
    return ReportFile(report, identity(), words)


def public_file(making: Making) -> ReportFile:
    """What may be read by everyone: the report at the announced level."""
    return ReportFile(
        assemble_report(making.appraisal, level=making.appraisal.announced_level), identity()
    )


def refuse_before_meeting(making: Making) -> str:
    return "" if _was_held(making) else NOT_HELD


def refuse_outside(making: Making) -> str:
    """For what is handed to everyone: what stops a publication stops it too."""
    level = PublicationLevel(making.appraisal.announced_level)
    if level not in (PublicationLevel.SUMMARY, PublicationLevel.FULL):
        return STAYS_INSIDE.format(level.label)
    return refuse_before_meeting(making) or making.once(
        "obstacle", lambda: next(iter(publication_obstacles(making.appraisal)), "")
    )


def identity() -> Identity:
    found = SiteSettings.of_default_site()
    called = (found.adviser_name, found.adviser_phone, found.adviser_email)
    return Identity(
        organisation=found.organisation,
        motto=found.motto,
        adviser=", ".join(filter(None, called)),
    )


def photo_content(token: str) -> bytes:
    photo = MeetingPhoto.objects.filter(token=token, in_report=True).first()
    if photo is None:
        return b""
    try:
        with photo.file.open("rb") as content:
            return content.read()
    except OSError:
        return b""


def _was_held(making: Making) -> bool:
    return making.once("was_held", lambda: _has_held_evening(making))


def _has_held_evening(making: Making) -> bool:
    evenings = making.appraisal.meetings.filter(kind__in=RATING_KINDS)
    return making.meeting is not None and evenings.exclude(state=MeetingState.PLANNED).exists()
