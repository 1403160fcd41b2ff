"""The draft read today: one `SynthesisRead`, from the editions in force and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from appreciation.domain.discretion import DiscretionRules, discretion_rules
from appreciation.domain.report.nouns import ReportFinding
from appreciation.domain.synthesis.cells import matrices_of
from appreciation.domain.synthesis.comparability import (
    Usual,
    reasons_apart,
    scale_length_of,
    usual_of,
)
from appreciation.domain.synthesis.coverage import check_ins_of, coverage_of, territories_of
from appreciation.domain.synthesis.leads import leads_of
from appreciation.domain.synthesis.names import in_order, names_of
from appreciation.domain.synthesis.nouns import (
    ExitRead,
    Quote,
    Recurrence,
    Source,
    Story,
    SynthesisRead,
    ThemeMention,
    most_shared_first,
)
from appreciation.domain.synthesis.practices import practices_for
from appreciation.domain.synthesis.public import PUBLIC, for_public
from appreciation.domain.synthesis.published import (
    PublishedFinding,
    PublishedQuote,
    key_of,
    published_findings,
    published_quotes,
    quotes_of,
)
from appreciation.domain.synthesis.sources import PublishedAppraisal, sources_of
from appreciation.domain.synthesis.texts import narratives_of
from appreciation.enums import FindingKind, PublicationLevel, SourceShown
from appreciation.models import Synthesis, Theme
from reference.models import Dimension

__all__ = [
    "PublishedFinding",
    "PublishedQuote",
    "published_findings",
    "published_quotes",
    "read_synthesis",
]

REGION = "region"
MOST_TOLD = 3
"""Strengths, challenges and leads beside a story."""


@dataclass(frozen=True)
class LiveRead:
    """The synthesis as it stands, and the démarche behind each key."""

    read: SynthesisRead
    keyed: Mapping[str, PublishedAppraisal]


def read_synthesis(*, synthesis: Synthesis, scope: str = REGION) -> SynthesisRead:
    """The synthesis as it stands now, for the region or as everybody would read it.

    Reads only; the same data, the same object. A constant number of queries.
    """
    read = read_live(synthesis).read
    return for_public(read) if scope == PUBLIC else read


def read_live(synthesis: Synthesis) -> LiveRead:
    rules = discretion_rules()
    ordered = in_order(sources_of(synthesis, k=rules.outside_k), salt=synthesis.reference)
    keyed = {f"d{number}": source for number, source in enumerate(ordered, start=1)}
    return LiveRead(_Reader(synthesis, rules, keyed).read(), keyed)


@dataclass(frozen=True)
class _Reader:
    synthesis: Synthesis
    rules: DiscretionRules
    keyed: Mapping[str, PublishedAppraisal]

    def read(self) -> SynthesisRead:
        keyed = self.keyed
        sources = self._sources()
        recurrences = self._recurrences()
        territories = territories_of(self.synthesis.region, with_demo=self.synthesis.is_demo)
        read = SynthesisRead(
            reference=self.synthesis.reference,
            title=self.synthesis.title,
            headline=self.synthesis.headline,
            region=str(self.synthesis.region),
            year=self.synthesis.year,
            is_demo=self.synthesis.is_demo,
            scope=REGION,
            outside_k=self.rules.outside_k,
            frozen_on=None,
            fingerprint="",
            sources=sources,
            matrices=matrices_of(
                keyed,
                dimensions=_dimensions(),
                k=self.rules.outside_k,
                thresholds=self.rules.thresholds,
            ),
            recurrences=recurrences,
            leads=leads_of(keyed),
            coverage=coverage_of(sources, territories),
            practices=practices_for(recurrences, with_demo=self.synthesis.is_demo),
            exits=_exits(keyed),
            quotes=self._quotes(),
            stories=_stories(keyed),
            narratives=(),
        )
        return replace(read, narratives=narratives_of(read, self._written()))

    def _written(self) -> dict[str, str]:
        return dict(self.synthesis.texts.values_list("key", "text"))

    def _sources(self) -> tuple[Source, ...]:
        usual = _usual(self.keyed.values())
        names = names_of(list(self.keyed.values()))
        followed = check_ins_of([each.appraisal.pk for each in self.keyed.values()])
        return tuple(
            _source(
                key, name, source, self._reasons(source, usual), followed.get(source.appraisal.pk)
            )
            for (key, source), name in zip(self.keyed.items(), names, strict=True)
        )

    def _reasons(self, source: PublishedAppraisal, usual: Usual) -> tuple[str, ...]:
        """The year would tell who an unnamed one is."""
        year = self.synthesis.year
        if source.shown != SourceShown.NAMED:
            year = source.publication.year
        return reasons_apart(source, usual, year=year)

    def _recurrences(self) -> tuple[Recurrence, ...]:
        """Themes under which somebody put a finding that is still published. Most shared first."""
        mentions = {
            key_of(source, finding): ThemeMention(
                key, finding.dimension, finding.text, finding.is_quote
            )
            for key, source in self.keyed.items()
            for finding in source.findings
        }
        ranks = {key: rank for rank, key in enumerate(self.keyed)}
        under: dict[Theme, list[ThemeMention]] = {}
        coded = self.synthesis.coded.select_related("theme__issue").order_by("pk")
        for row in coded:
            if row.finding_key in mentions:
                under.setdefault(row.theme, []).append(mentions[row.finding_key])
        found = [
            Recurrence(
                kind=theme.kind,
                label=theme.label,
                definition=theme.definition,
                issue=theme.issue.name if theme.issue else "",
                mentions=tuple(sorted(told, key=lambda each: (ranks[each.source], each.text))),
            )
            for theme, told in under.items()
        ]
        return tuple(sorted(found, key=most_shared_first))

    def _quotes(self) -> tuple[Quote, ...]:
        picked = set(self.synthesis.quotes.values_list("quote_key", flat=True))
        keys = {source.appraisal.pk: key for key, source in self.keyed.items()}
        return tuple(
            Quote(keys[each.appraisal_id], each.dimension, each.text)
            for each in quotes_of(list(self.keyed.values()))
            if each.key in picked
        )


def _dimensions() -> dict[str, str]:
    """Code → name, in the order of the region's list."""
    return dict(Dimension.objects.order_by("position").values_list("code", "name"))


def _usual(sources: Iterable[PublishedAppraisal]) -> Usual:
    """Of those that everybody will see, if any: what is said of them tells no other."""
    everyone = list(sources)
    seen = [
        each
        for each in everyone
        if each.shown == SourceShown.NAMED and each.publication.level != PublicationLevel.REGION
    ]
    return usual_of(seen or everyone)


def _source(
    key: str,
    name: str,
    source: PublishedAppraisal,
    reasons: tuple[str, ...],
    followed: tuple[int, int] | None,
) -> Source:
    edition, evening = source.publication, source.last_evening
    is_named = source.shown == SourceShown.NAMED
    due, answered = followed or (0, 0)
    return Source(
        key=key,
        name=name,
        is_anonymous=not is_named,
        territory=source.territory if is_named else "",
        territory_code=source.territory_code if is_named else "",
        held_on=evening.held_on if evening and is_named else None,
        year=edition.year if is_named else None,
        instrument=evening.instrument if evening else "",
        instrument_version=evening.instrument_version if evening else "",
        scale_length=scale_length_of(evening),
        people=evening.head_count if evening and is_named else None,
        media=tuple(each.label for each in evening.media) if evening and is_named else (),
        level=edition.level,
        is_regional=edition.level == PublicationLevel.REGION,
        is_historical=edition.is_historical,
        slug=edition.slug if is_named else "",
        reasons=reasons,
        community=edition.place.slug if is_named else "",
        check_ins_due=due if is_named else 0,
        check_ins_answered=answered if is_named else 0,
    )


def _exits(keyed: Mapping[str, PublishedAppraisal]) -> tuple[ExitRead, ...]:
    return tuple(
        ExitRead(key, each.question, each.labels, each.distribution)
        for key, source in keyed.items()
        for each in (source.last_evening.exits if source.last_evening else ())
    )


def _stories(keyed: Mapping[str, PublishedAppraisal]) -> tuple[Story, ...]:
    """What its coordinator wrote; before that, what the démarche says of itself in one sentence."""
    return tuple(
        Story(
            source=key,
            text=source.story or (source.summary if source.shown == SourceShown.NAMED else ""),
            strengths=_told(source.findings, FindingKind.STRENGTH),
            challenges=_told(source.findings, FindingKind.CHALLENGE),
            leads=_told(source.findings, FindingKind.ACTION_LEAD),
            lessons=source.lessons,
        )
        for key, source in keyed.items()
    )


def _told(findings: Sequence[ReportFinding], kind: str) -> tuple[str, ...]:
    return tuple(each.text for each in findings if each.kind == kind)[:MOST_TOLD]
