"""The deliberation screens: the order of the talk, and one dimension with all it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appreciation.domain.deliberation import discussion_order, is_unsure
from appreciation.domain.facilitation import Script, script_for
from appreciation.domain.results import DimensionResult, ItemResult, MeetingResults
from appreciation.domain.wording import NO_ANSWER
from appreciation.enums import FindingKind
from appreciation.interfaces.deliberation_forms import AgreedRatingForm
from appreciation.interfaces.results_figures import round_bars
from appreciation.models import AgreedRating, Comment, Finding
from core.charts import DistributionBars
from core.disclosure import TOO_FEW

KIND_TITLES = (
    (FindingKind.STRENGTH, "Forces"),
    (FindingKind.CHALLENGE, "Défis"),
    (FindingKind.ACTION_LEAD, "Pistes d’action"),
)


@dataclass(frozen=True)
class DimensionLine:
    """A dimension in the order of the talk: its state in words, and how much is written down."""

    result: DimensionResult
    words: str
    is_unsure: bool
    agreed_count: int
    finding_count: int

    @property
    def is_settled(self) -> bool:
        return self.agreed_count == len(self.result.items)


@dataclass(frozen=True)
class ItemPanel:
    """One item on its dimension's screen."""

    item: ItemResult
    name: str
    figure: DistributionBars | None
    script: Script
    form: AgreedRatingForm
    comments: tuple[Comment, ...]


def findings_by_kind(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Strengths, challenges, leads, in that order; a kind without any is left out."""
    findings = list(findings)
    groups = (
        (title, [finding for finding in findings if finding.kind == kind])
        for kind, title in KIND_TITLES
    )
    return [(title, texts) for title, texts in groups if texts]


def dimension_lines(results: MeetingResults, findings: Iterable[Finding]) -> list[DimensionLine]:
    findings = list(findings)
    return [
        DimensionLine(
            result=dimension,
            words=_dimension_words(dimension),
            is_unsure=any(is_unsure(item) for item in dimension.items),
            agreed_count=sum(1 for item in dimension.items if item.agreed),
            finding_count=sum(
                finding.dimension_id == dimension.dimension.dimension_id for finding in findings
            ),
        )
        for dimension in discussion_order(results)
        if dimension.items
    ]


def item_panels(
    dimension: DimensionResult,
    *,
    agreed: dict[int, AgreedRating],
    comments: Iterable[Comment],
    source: str,
) -> list[ItemPanel]:
    comments = list(comments)
    return [
        ItemPanel(
            item=item,
            name=dimension.name_of(item),
            figure=round_bars(
                item, dimension.name_of(item), identifier=f"item-{item.item.id}", source=source
            )
            if item.rounds
            else None,
            script=script_for(item),
            form=agreed_form(item.item, agreed.get(item.item.id)),
            comments=tuple(each for each in comments if each.item_id == item.item.id),
        )
        for item in dimension.items
    ]


def agreed_form(item, stored: AgreedRating | None, data=None) -> AgreedRatingForm:
    initial = {"version": 0}
    if stored:
        initial = {
            "level": str(stored.level or ""),
            "reason": stored.reason,
            "dissent": stored.dissent,
            "version": stored.version,
        }
    return AgreedRatingForm(data, item=item, initial=initial, auto_id=f"id_{item.id}_%s")


def _dimension_words(dimension: DimensionResult) -> str:
    """The words of its most discussed item."""
    if dimension.is_suppressed:
        return TOO_FEW
    if not dimension.has_answers:
        return "pas encore révélée" if not dimension.dimension.discussion_only else "discussion"
    finals = [item.final for item in dimension.items if item.final]
    known = [final for final in finals if final.agreement is not None]
    return min(known, key=lambda final: final.agreement).agreement_words if known else NO_ANSWER
