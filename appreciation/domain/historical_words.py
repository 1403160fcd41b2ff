"""What the report of a past démarche says, typed from its PDF (O8).

Strengths, challenges, leads and lessons, in its words. They stand beside those of other démarches
in what is read across a region, and are never counted with answers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from appreciation.domain.report.nouns import ReportFinding
from appreciation.enums import FindingKind
from appreciation.models import Appraisal, Finding
from core.errors import DomainError

if TYPE_CHECKING:
    from reference.models import Dimension

MOST_FINDINGS = 60
LONGEST_FINDING = 600
LONGEST_LESSONS = 3000


@dataclass(frozen=True)
class TypedFinding:
    """`pk`: the finding that this one corrects."""

    kind: str
    text: str
    dimension: Dimension | None = None
    pk: int | None = None


@dataclass(frozen=True)
class TypedWords:
    findings: tuple[TypedFinding, ...] = ()
    lessons: str = ""


def check_words(words: TypedWords) -> None:
    """Refuse, in words, what cannot be kept."""
    if len(words.findings) > MOST_FINDINGS:
        raise DomainError(f"Gardez {MOST_FINDINGS} constats au plus: les plus parlants.")
    seen: set[tuple[str, str]] = set()
    for finding in words.findings:
        if finding.kind not in FindingKind.values:
            raise DomainError("Chaque constat est une force, un défi ou une piste.")
        if not finding.text.strip():
            raise DomainError("Un constat est vide: écrivez-le, ou retirez-le.")
        if len(finding.text) > LONGEST_FINDING:
            raise DomainError(
                f"Un constat dépasse {LONGEST_FINDING} caractères: « {finding.text[:60]}… »."
            )
        if (finding.kind, finding.text) in seen:
            raise DomainError(f"Ce constat est là deux fois: « {finding.text[:60]} ».")
        seen.add((finding.kind, finding.text))
    if len(words.lessons) > LONGEST_LESSONS:
        message = f"Les leçons dépassent {LONGEST_LESSONS} caractères."
        raise DomainError(message, fields={"lessons": message})


def words_of(appraisal: Appraisal) -> TypedWords:
    """What is written down now: strengths first, then challenges and leads."""
    rows = sorted(appraisal.findings.select_related("dimension"), key=_by_kind)
    return TypedWords(
        tuple(TypedFinding(row.kind, row.text, row.dimension, row.pk) for row in rows),
        appraisal.lessons,
    )


def same_words(one: TypedWords, other: TypedWords) -> bool:
    """Whatever rows they are written in."""
    return one.lessons == other.lessons and _told(one) == _told(other)


def write_words(appraisal: Appraisal, words: TypedWords) -> None:
    """Keep the findings that stay, correct those that changed, drop the others. Inside a lock."""
    left = {row.pk: row for row in appraisal.findings.all()}
    for position, wanted in enumerate(words.findings, 1):
        same = (
            pk for pk, row in left.items() if (row.kind, row.text) == (wanted.kind, wanted.text)
        )
        at = wanted.pk if wanted.pk in left else next(same, None)
        row = Finding(appraisal=appraisal) if at is None else left.pop(at)
        row.kind, row.text, row.dimension = wanted.kind, wanted.text, wanted.dimension
        row.position = position
        row.save()
    appraisal.findings.filter(pk__in=left).delete()
    appraisal.lessons = words.lessons


def words_in_report(words: TypedWords) -> dict[str, Any]:
    """As an edition carries them: what reads across démarches finds them like those of a report."""
    findings = [
        ReportFinding(
            kind=str(finding.kind),
            dimension=str(finding.dimension) if finding.dimension else "",
            text=finding.text,
            is_quote=False,
        )
        for finding in words.findings
    ]
    return {"findings": [asdict(finding) for finding in findings], "lessons": words.lessons}


def published_findings(report: dict[str, Any]) -> dict[str, list[ReportFinding]]:
    """By kind, from the edition of a past démarche; editions of before had none."""
    found: dict[str, list[ReportFinding]] = {kind: [] for kind in FindingKind.values}
    for each in report.get("findings", []):
        found[each["kind"]].append(ReportFinding(**each))
    return found


def _told(words: TypedWords) -> list[tuple[str, str, int | None]]:
    return [
        (each.kind, each.text, each.dimension.pk if each.dimension else None)
        for each in sorted(words.findings, key=_by_kind)
    ]


def _by_kind(finding: TypedFinding | Finding) -> int:
    return FindingKind.values.index(finding.kind)
