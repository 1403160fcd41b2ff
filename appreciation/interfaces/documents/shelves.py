"""The page « Documents »: each document with what a person may do with it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appreciation.domain.exports import FileLine, sign_link
from appreciation.enums import ExportState, Phase
from appreciation.interfaces.documents.catalogue import DOCUMENT_TYPES
from appreciation.interfaces.documents.contract import DocumentType, Making, Moment
from appreciation.models import Appraisal, ExportJob, Meeting
from core.errors import DomainError


@dataclass(frozen=True)
class Field:
    """An option as a box of the form: what is in it, and what is wrong with it."""

    name: str
    label: str
    hint: str
    value: str
    error: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line(FileLine):
    """One document. `signed` is its link once ready; `error` says why it was refused just now."""

    document: DocumentType
    refusal: str
    fields: tuple[Field, ...]
    error: str
    may_ask: bool
    job: ExportJob | None
    signed: str


@dataclass(frozen=True)
class Shelf:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shelves:
    """`meeting` is the evening the documents are about, one of `evenings`."""

    meeting: Meeting | None
    evenings: list[Meeting]
    shelves: tuple[Shelf, ...]

    @property
    def lines(self) -> list[Line]:
        return [line for shelf in self.shelves for line in shelf.lines]

    @property
    def is_waiting(self) -> bool:
        return any(line.is_in_hand for line in self.lines)

    @property
    def jobs_state(self) -> list[tuple[object, ...]]:
        """What changes while files are made."""
        return [line.told for line in self.lines if line.job]

    @property
    def said(self) -> str:
        """For who does not see the page change."""
        if self.is_waiting:
            return ""
        ready = [line.document.title for line in self.lines if line.signed]
        return f"Prêt: {', '.join(ready)}." if ready else ""


def shelves_of(
    making: Making,
    *,
    evenings: list[Meeting],
    jobs: Mapping[str, ExportJob],
    may_edit: bool,
    typed: Mapping[str, str],
    refused: tuple[DocumentType, DomainError] | None,
) -> Shelves:
    """Every document that this person may have, under its moment."""
    lines = [
        _line(each, making, jobs.get(each.code), may_edit=may_edit, typed=typed, refused=refused)
        for each in DOCUMENT_TYPES
        if may_edit or not each.for_editors
    ]
    shelves = tuple(
        Shelf(moment.value, kept)
        for moment in _moments(making.appraisal)
        if (kept := tuple(line for line in lines if line.document.moment == moment))
    )
    return Shelves(making.meeting, evenings, shelves)


def _moments(appraisal: Appraisal) -> list[Moment]:
    """What is needed now comes first."""
    has_met = list(Phase).index(Phase(appraisal.phase)) > list(Phase).index(Phase.MEETING)
    return list(Moment)[::-1] if has_met else list(Moment)


def _line(
    document: DocumentType,
    making: Making,
    job: ExportJob | None,
    *,
    may_edit: bool,
    typed: Mapping[str, str],
    refused: tuple[DocumentType, DomainError] | None,
) -> Line:
    error = refused[1] if refused and refused[0] == document else None
    return Line(
        document=document,
        refusal=document.refusal(making),
        fields=tuple(
            Field(
                name=option.name,
                label=option.label,
                hint=option.hint,
                value=typed[option.name]
                if error and option.name in typed
                else option.default(making),
                error=error.fields.get(option.name, "") if error else "",
                choices=option.choices,
            )
            for option in document.options
        ),
        error=str(error) if error else "",
        may_ask=may_edit or not document.is_long,
        job=job,
        signed=sign_link(job) if job and job.state == ExportState.READY else "",
    )
