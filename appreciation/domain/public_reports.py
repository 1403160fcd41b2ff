"""The report of a public entry as a file: made once per edition by the worker, asked by nobody.

No visitor makes the server work: the page offers the file once it is there. An edition never
changes; its file is made anew when k is raised or lowered, or when a photo is taken back.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.exports import IN_HAND
from appreciation.enums import ExportState
from appreciation.models import Appraisal, ExportJob, Publication
from appreciation.models.publications import PublicationQuerySet

PREFIX = "rapport-public-"
MOST_IN_HAND = 3
"""Prepared at one time: what a team asks for never waits behind the whole register."""


def code_of(edition: int, outside_k: int) -> str:
    """What the file depends on, and nothing else."""
    return f"{PREFIX}{edition}-{outside_k}"


def edition_of(code: str) -> int:
    return int(code.removeprefix(PREFIX).partition("-")[0])


def is_public_report(job: ExportJob) -> bool:
    return job.asked_by_id is None and job.code.startswith(PREFIX)


def with_report_files(editions: PublicationQuerySet) -> PublicationQuerySet:
    """Each with the last file made of its démarche (`report_size`), in the same query."""
    made = _made().filter(appraisal=OuterRef("appraisal")).order_by("-pk")
    told = made.values(told=JSONObject(code="code", size="size"))[:1]
    return editions.annotate(report_file=Subquery(told))


def report_size(edition: Publication, outside_k: int) -> int | None:
    """How heavy its file is; None before it is made, and for a draft."""
    found = getattr(edition, "report_file", None)
    return found["size"] if found and found["code"] == code_of(edition.pk, outside_k) else None


def ready_report(edition: Publication) -> ExportJob | None:
    """The file that everybody may take with an edition that they may read."""
    code = code_of(edition.pk, discretion_rules().outside_k)
    return _made().filter(appraisal=edition.appraisal_id, code=code).order_by("-pk").first()


def prepare_public_reports(now: dt.datetime) -> None:
    """Ask for what is missing to the editions that everyone may read, the latest first.

    What failed is tried again the next day, once its row is erased.
    """
    jobs = _jobs()
    room = MOST_IN_HAND - jobs.filter(state__in=IN_HAND).count()
    known = set(jobs.values_list("code", flat=True))
    missing = {code: pk for code, pk in _wanted().items() if code not in known}
    for code, appraisal in list(missing.items())[: max(0, room)]:
        ExportJob.objects.create(
            appraisal_id=appraisal, asked_by=None, code=code, extension="pdf", asked_at=now
        )


def is_still_public(job: ExportJob) -> bool:
    """Neither withdrawn, replaced nor made stricter since it was asked for."""
    return job.code in _wanted(appraisal=job.appraisal_id)


def kept_reports() -> Q:
    """Those that the daily purge leaves: what everybody may take today."""
    return Q(code__in=list(_wanted()), state=ExportState.READY, asked_by=None)


def forget_public_report(appraisal: Appraisal) -> None:
    """Less may be shown: no file made before is offered, one being made is thrown away."""
    with transaction.atomic():
        _jobs().filter(appraisal=appraisal).delete()


def _wanted(appraisal: int | None = None) -> dict[str, int | None]:
    """{code: démarche} of what everybody may take today. A historical entry has its own PDF."""
    editions = Publication.objects.listed().filter(is_historical=False)
    if appraisal is not None:
        editions = editions.filter(appraisal=appraisal)
    k = discretion_rules().outside_k
    rows = editions.order_by("-published_at", "-pk").values_list("pk", "appraisal_id")
    return {code_of(pk, k): appraisal_id for pk, appraisal_id in rows}


def _jobs() -> QuerySet[ExportJob]:
    return ExportJob.objects.filter(code__startswith=PREFIX, asked_by=None)


def _made() -> QuerySet[ExportJob]:
    return _jobs().filter(state=ExportState.READY)
