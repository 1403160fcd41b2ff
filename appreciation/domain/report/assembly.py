"""Assembling a report from the data, as it may leave the room (DESIGN.md §5 Disclosure, Reports).

What each level shows: `summary`, the facts, findings, agreed levels, words of agreement and
actions; `region` and `full`, the distributions, exit questions and lessons too, and the quotes when
they were announced. `private` is the team's own copy of the full report: nothing leaves.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Exists
from django.utils import timezone

from appreciation.domain.discretion import DiscretionRules, discretion_rules
from appreciation.domain.dots import settled_ranking
from appreciation.domain.portraits import fact_words, figure_lines
from appreciation.domain.practices import practices_for
from appreciation.domain.queries.exit_counts import EXIT_LEVELS, exit_answer_counts
from appreciation.domain.queries.room_words import ELSEWHERE
from appreciation.domain.ranking import without_counts
from appreciation.domain.report.comparison import LEVEL_TO_COMPARE, compare_reports
from appreciation.domain.report.nouns import (
    Comparison,
    Report,
    ReportAction,
    ReportAgreed,
    ReportExit,
    ReportFigure,
    ReportFinding,
    ReportItem,
    ReportMedium,
    ReportMeeting,
    ReportOutcome,
    ReportParagraph,
    ReportPhoto,
    ReportPortrait,
    ReportQuote,
    ReportWords,
)
from appreciation.domain.report.statistics_beside import statistics_beside
from appreciation.domain.report.texts import SECTIONS, ReportFacts, headline_text
from appreciation.domain.results import (
    Audience,
    DimensionResult,
    ItemResult,
    MeetingResults,
    meeting_results,
)
from appreciation.enums import (
    ExitQuestion,
    Medium,
    MeetingKind,
    MeetingState,
    OutcomeKind,
    PublicationLevel,
    Purpose,
    RoomWordState,
)
from appreciation.models import (
    Appraisal,
    Comment,
    HandCount,
    Meeting,
    MeetingPhoto,
    Outcome,
    Publication,
    RoomQuestion,
    RoomWord,
    Seat,
)
from core.disclosure import disclose_distribution
from core.typography import fr_typo

DETAILED_LEVELS = (PublicationLevel.PRIVATE, PublicationLevel.REGION, PublicationLevel.FULL)


def assemble_report(appraisal: Appraisal, *, level: str = PublicationLevel.FULL) -> Report:
    """The report of `appraisal`, trimmed to `level`. Reads only; the same data, the same report.

    Meetings that have not opened yet are not in it. When it was done again from another démarche,
    « avant / maintenant » too, as far as what was announced both times lets it. Beside it, what
    others did about the same challenges.
    """
    report = _assemble(appraisal, level)
    return replace(
        report,
        comparison=comparison_at(appraisal, report),
        practices=practices_for(appraisal),
    )


def comparison_at(appraisal: Appraisal, report: Report) -> Comparison | None:
    """The first démarche beside this `report`. Outside the team, it was adopted first."""
    previous = appraisal.previous
    if previous is None:
        return None
    level = LEVEL_TO_COMPARE.get((report.level, previous.announced_level))
    is_outward = report.level != PublicationLevel.PRIVATE
    if level is None or (is_outward and previous.adopted_on is None):
        return None
    now = report if report.level == level else _assemble(appraisal, level)
    return compare_reports(_assemble(previous, level), now, _outcomes(previous, level))


def _outcomes(appraisal: Appraisal, level: str) -> list[ReportOutcome]:
    """Those that its team shows, while it is at the register; all of these inside the team."""
    shown = Outcome.objects.filter(appraisal=appraisal, shown_at__isnull=False)
    if level != PublicationLevel.PRIVATE:
        shown = shown.filter(Exists(Publication.objects.listed().filter(appraisal=appraisal)))
    return [
        ReportOutcome(each.happened_on, str(OutcomeKind(each.kind).label), each.words)
        for each in shown.order_by("happened_on", "pk")
    ]


def comparison_for_team(appraisal: Appraisal, *, sees_both: bool) -> Comparison | None:
    """For the team of the new one: all of the first if she is of it too, else what may reach the
    facilitators of the region.
    """
    level = PublicationLevel.PRIVATE if sees_both else PublicationLevel.REGION
    return comparison_at(appraisal, _assemble(appraisal, level))


def _assemble(appraisal: Appraisal, level: str) -> Report:
    rules = discretion_rules()
    meetings = _meetings(appraisal, rules)
    facts = ReportFacts(
        place=str(appraisal.place),
        requested_by=appraisal.requested_by,
        outside_k=rules.outside_k,
        meetings=meetings,
        actions=_actions(appraisal),
    )
    is_detailed = level in DETAILED_LEVELS
    has_quotes = is_detailed and appraisal.quotes_announced
    territory = appraisal.place.territory
    return Report(
        level=str(level),
        reference=appraisal.reference,
        place=facts.place,
        territory=str(territory) if territory else "",
        requested_by=appraisal.requested_by,
        purposes=tuple(
            str(Purpose(code).label) for code in appraisal.purposes if code in Purpose.values
        ),
        is_demo=appraisal.is_demo,
        adopted_by=appraisal.adopted_by,
        adopted_on=appraisal.adopted_on,
        headline=fr_typo(headline_text(facts)),
        outside_k=rules.outside_k,
        meetings=meetings if is_detailed else tuple(_summarise(each) for each in meetings),
        paragraphs=_paragraphs(appraisal, facts),
        findings=_findings(appraisal, are_quoted=has_quotes),
        quotes=_quotes(appraisal) if has_quotes else (),
        actions=facts.actions,
        photos=_photos(appraisal) if is_detailed else (),
        room_words=_room_words(appraisal) if has_quotes else (),
        portrait=_portrait(appraisal),
        statistics=statistics_beside(appraisal.place, meetings),
        lessons=appraisal.lessons if is_detailed else "",
    )


def _room_words(appraisal: Appraisal) -> tuple[ReportWords, ...]:
    """Shown words of the questions kept for the report, in the order of letters."""
    kept = RoomQuestion.objects.filter(meeting__appraisal=appraisal, in_report=True)
    shown = RoomWord.objects.filter(question__in=kept, state=RoomWordState.SHOWN)
    grouped: dict[tuple[str, str], list[str]] = {}
    ordered = shown.select_related("question", "heading").order_by("question", "heading", "text")
    for word in ordered:
        title = word.heading.title if word.heading else ELSEWHERE
        grouped.setdefault((word.question.text, title), []).append(word.text)
    return tuple(
        ReportWords(question, title, tuple(words)) for (question, title), words in grouped.items()
    )


def _photos(appraisal: Appraisal) -> tuple[ReportPhoto, ...]:
    chosen = MeetingPhoto.objects.filter(meeting__appraisal=appraisal, in_report=True)
    return tuple(
        ReportPhoto(photo.token, photo.alt, photo.width, photo.height)
        for photo in chosen.order_by("meeting__starts_at", "pk")
    )


def _portrait(appraisal: Appraisal) -> ReportPortrait | None:
    """Figures and local facts; the text written for the room stays with the team."""
    figures = tuple(ReportFigure(**vars(line)) for line in figure_lines(appraisal))
    facts = fact_words(appraisal)
    return ReportPortrait(figures, facts) if figures or facts else None


def _meetings(appraisal: Appraisal, rules: DiscretionRules) -> tuple[ReportMeeting, ...]:
    held = (
        appraisal.meetings.filter(kind=MeetingKind.APPRAISAL)
        .exclude(state=MeetingState.PLANNED)
        .select_related("instrument__scale")
    )
    return tuple(_meeting(meeting, rules) for meeting in held.order_by("starts_at", "pk"))


def _paragraphs(appraisal: Appraisal, facts: ReportFacts) -> tuple[ReportParagraph, ...]:
    written = {section.key: section.text for section in appraisal.report_sections.all()}
    return tuple(
        ReportParagraph(
            key=key,
            title=title,
            text=written[key] if key in written else fr_typo(first_text(facts)),
            is_edited=key in written,
        )
        for key, title, first_text in SECTIONS
    )


def _findings(appraisal: Appraisal, *, are_quoted: bool) -> tuple[ReportFinding, ...]:
    return tuple(
        ReportFinding(
            kind=finding.kind,
            dimension=str(finding.dimension) if finding.dimension else "",
            text=finding.text,
            is_quote=finding.quotable and are_quoted,
        )
        for finding in appraisal.findings.select_related("dimension")
    )


def _quotes(appraisal: Appraisal) -> tuple[ReportQuote, ...]:
    """Picked words, in the order of their letters: the order of writing could tell who."""
    picked = Comment.objects.filter(
        meeting__appraisal=appraisal, is_quoted=True, is_hidden=False
    ).select_related("item__instrument_dimension__dimension")
    quotes = {
        ReportQuote(str(comment.item.instrument_dimension), comment.text) for comment in picked
    }
    return tuple(sorted(quotes, key=lambda quote: (quote.dimension, quote.text)))


def _actions(appraisal: Appraisal) -> tuple[ReportAction, ...]:
    return tuple(
        ReportAction(
            title=action.title,
            carrier=action.carrier,
            first_step=action.first_step,
            due_on=action.due_on,
            state=str(action.get_state_display()),
        )
        for action in appraisal.actions.all()
    )


def _meeting(meeting: Meeting, rules: DiscretionRules) -> ReportMeeting:
    results = meeting_results(
        meeting,
        audience=Audience.OUTSIDE,
        outside_k=rules.outside_k,
        thresholds=rules.thresholds,
    )
    head_count = meeting.head_count
    return ReportMeeting(
        held_on=timezone.localdate(meeting.starts_at) if meeting.starts_at else None,
        venue=meeting.venue,
        head_count=head_count if head_count and head_count >= rules.outside_k else None,
        media=_media(meeting, rules.outside_k),
        fill_mode=str(meeting.get_fill_mode_display()),
        instrument=meeting.instrument.name,
        instrument_version=meeting.instrument.version,
        instrument_notice=meeting.instrument.notice,
        instrument_source=meeting.instrument.source,
        items=_items(results),
        exits=_exits(meeting, rules.outside_k),
        dots=settled_ranking(meeting, k=rules.outside_k),
    )


def _media(meeting: Meeting, k: int) -> tuple[ReportMedium, ...]:
    """How answers came in; numbers of people only if each is at least k. Hands are not counted."""
    people = dict(
        Seat.objects.filter(meeting=meeting, ratings__isnull=False)
        .values_list("medium")
        .annotate(people=Count("pk", distinct=True))
        .order_by()
    )
    shown = all(count >= k for count in people.values())
    media = [
        ReportMedium(str(Medium(medium).label), people[medium] if shown else None)
        for medium in Medium.values
        if medium in people
    ]
    if HandCount.objects.filter(meeting=meeting, count__gt=0).exists():
        media.append(ReportMedium(str(Medium.HANDS.label), None))
    return tuple(media)


def _items(results: MeetingResults) -> tuple[ReportItem, ...]:
    dimension_of = {
        item.item.id: dimension for dimension in results.dimensions for item in dimension.items
    }
    return tuple(_item(dimension_of[item.item.id], item) for item in results.by_strength)


def _item(dimension: DimensionResult, result: ItemResult) -> ReportItem:
    final = result.final
    shown = final if final and not final.is_suppressed else None
    agreed = result.agreed
    return ReportItem(
        dimension_code=dimension.dimension.code,
        dimension=dimension.dimension.title,
        code=result.item.code,
        text=result.item.text,
        is_alone=len(dimension.items) == 1,
        labels=result.labels,
        distribution=final.distribution if final else None,
        median_words=shown.median_words if shown else "",
        agreement_words=shown.agreement_words if shown else "",
        does_not_know_words=shown.does_not_know_words if shown else "",
        agreed=ReportAgreed(agreed.level, agreed.label, agreed.reason, agreed.dissent)
        if agreed
        else None,
        is_hidden=bool(final and final.is_suppressed),
    )


def _exits(meeting: Meeting, k: int) -> tuple[ReportExit, ...]:
    labels = tuple(str(level.label) for level in EXIT_LEVELS)
    return tuple(
        ReportExit(
            question=str(ExitQuestion(question).label),
            labels=labels,
            distribution=disclose_distribution(counts, k=k),
        )
        for question, counts in exit_answer_counts(meeting).items()
    )


def _summarise(meeting: ReportMeeting) -> ReportMeeting:
    """Agreed levels, words of agreement and the order of the leads stay; what counts or places
    answers does not.
    """
    return replace(
        meeting,
        exits=(),
        dots=without_counts(meeting.dots) if meeting.dots else None,
        items=tuple(
            replace(item, distribution=None, median_words="", does_not_know_words="")
            for item in meeting.items
        ),
    )
