"""Files of a frozen synthesis: asked or prepared, made once by the worker, read by who may.

An edition never changes, so neither do its files: one per kind and scope, for all who may have it.
Those of everybody are prepared as soon as an edition is out, and kept while it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from appreciation.domain.exports import open_export
from appreciation.domain.synthesis.out import PUBLIC, REGION, Standing, standing_of, unsaid_of
from appreciation.enums import ExportState
from appreciation.models import ExportJob, Synthesis, SynthesisEdition
from core.errors import DomainError

if TYPE_CHECKING:
    from accounts.models import User

SCOPES = {PUBLIC: "pour tout le monde", REGION: "pour la coordination de la région"}
PREFIX = "synthese"


@dataclass(frozen=True)
class FileKind:
    """`suffix` tells files of one extension apart once they are downloaded."""

    title: str
    hint: str
    extension: str
    suffix: str = ""


FILE_KINDS = {
    "pdf": FileKind("Rapport", "Tout, en pages numérotées.", "pdf"),
    "docx": FileKind("Texte à modifier", "Le même, en styles Word.", "docx"),
    "pptx": FileKind("Diaporama", "Pour la rencontre, avec ce qui se dit.", "pptx"),
    "xlsx": FileKind("Classeur", "Les nombres, d’autres mesures, leur dictionnaire.", "xlsx"),
    "feuille": FileKind(
        "Feuille en mots simples", "Une page pour tout le monde.", "pdf", "-feuille"
    ),
}


def code_of(scope: str, kind: str) -> str:
    return f"{PREFIX}-{scope}-{kind}"


def told_by_code(code: str) -> tuple[str, str]:
    """Scope and kind."""
    _, scope, kind = code.split("-", 2)
    return scope, kind


def options_of(standing: Standing) -> dict[str, Any]:
    """Kept with a file, made anew once k is raised, or a démarche or somebody's words taken back.

    Of the words, only what tells that they are the same.
    """
    options: dict[str, Any] = {"k": standing.outside_k, "left_out": sorted(standing.gone)}
    if unsaid := sorted(unsaid_of(standing)):
        options["unsaid"] = hashlib.sha256(repr(unsaid).encode()).hexdigest()
    return options


def files_of(
    edition: SynthesisEdition, *, scope: str, standing: Standing | None = None
) -> dict[str, ExportJob]:
    """The latest of each kind, ready or not, by kind. One query where the standing is known."""
    codes = [code_of(scope, kind) for kind in FILE_KINDS]
    jobs = ExportJob.objects.filter(edition=edition, code__in=codes).order_by("asked_at", "pk")
    state = options_of(standing or standing_of(edition))
    found = {told_by_code(job.code)[1]: job for job in jobs if job.options == state}
    return {kind: found[kind] for kind in FILE_KINDS if kind in found}


def ready_files(
    edition: SynthesisEdition, standing: Standing | None = None
) -> dict[str, ExportJob]:
    """Those that everybody may take, by kind."""
    files = files_of(edition, scope=PUBLIC, standing=standing)
    return {kind: job for kind, job in files.items() if job.state == ExportState.READY}


def open_file(job: ExportJob) -> IO[bytes]:
    return open_export(job)


@transaction.atomic
def ask_for_file(*, edition: SynthesisEdition, user: User, scope: str, kind: str) -> ExportJob:
    """Ask the worker for a file. One that is ready, or being made, is given back as it is.

    Raises `DomainError` for whoever does not coordinate the region, and for an unknown file.
    """
    if not Synthesis.objects.visible_to(user).filter(pk=edition.synthesis_id).exists():
        raise DomainError("Seule la coordination de la région prépare les fichiers d’une synthèse.")
    if scope not in SCOPES or kind not in FILE_KINDS:
        raise DomainError("Ce fichier n’existe pas. Choisissez-en un autre.")
    locked = SynthesisEdition.objects.select_for_update().get(pk=edition.pk)
    known = files_of(locked, scope=scope).get(kind)
    if known is not None and known.state != ExportState.FAILED:
        return known
    return _create(locked, scope, kind, user=user)


def is_still_wanted(job: ExportJob) -> bool:
    """What everybody reads is wanted while its edition is out; the rest, by who asked."""
    if job.asked_by is None:
        return (
            told_by_code(job.code)[0] == PUBLIC
            and SynthesisEdition.objects.out().filter(export_jobs=job).exists()
        )
    return Synthesis.objects.visible_to(job.asked_by).filter(editions__export_jobs=job).exists()


def prepare_public_files(now: dt.datetime) -> None:
    """Ask for what is missing to the editions that are out, whatever became of the asking."""
    for edition in SynthesisEdition.objects.out().light():
        known = files_of(edition, scope=PUBLIC)
        for kind in FILE_KINDS:
            if kind not in known:
                _create(edition, PUBLIC, kind, user=None, now=now)


def kept_files() -> Q:
    """Jobs that the daily purge leaves: what everybody may take of an edition that is out."""
    out = SynthesisEdition.objects.out().light()
    return Q(pk__in=[job.pk for edition in out for job in ready_files(edition).values()])


def _create(
    edition: SynthesisEdition,
    scope: str,
    kind: str,
    *,
    user: User | None,
    now: dt.datetime | None = None,
) -> ExportJob:
    return ExportJob.objects.create(
        edition=edition,
        asked_by=user,
        code=code_of(scope, kind),
        extension=FILE_KINDS[kind].extension,
        options=options_of(standing_of(edition)),
        asked_at=now or timezone.now(),
    )
