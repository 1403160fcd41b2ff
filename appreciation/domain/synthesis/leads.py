"""Leads and actions, and what became of them: what the register says, no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from appreciation.domain.queries.timeline import PUBLIC_WORDS
from appreciation.domain.synthesis.nouns import LeadOutcome
from appreciation.domain.synthesis.sources import PublishedAppraisal
from appreciation.enums import PUBLIC_LEVELS, CheckInReply, FindingKind, SourceShown
from appreciation.models import CheckInAnswer, Outcome

LEAD = "piste"
BESIDE = "Autres suites"
"""Outcomes tied to no action of the plan that was published."""


def leads_of(sources: Mapping[str, PublishedAppraisal]) -> tuple[LeadOutcome, ...]:
    """By démarche: its actions and where they stand, then its leads. Two queries.

    Below a public level nothing that happened since is told, as on the register's page.
    """
    public = [
        each.appraisal.pk
        for each in sources.values()
        if each.publication.level in PUBLIC_LEVELS and not each.publication.is_historical
    ]
    states = _states(public)
    happened = _happened(public)
    return tuple(
        lead
        for key, source in sources.items()
        for lead in _of(key, source, states, happened.get(source.appraisal.pk, {}))
    )


def _of(
    key: str,
    source: PublishedAppraisal,
    states: Mapping[tuple[int, str], str],
    happened: Mapping[str, list[str]],
) -> list[LeadOutcome]:
    actions = source.report.actions if source.report else ()
    is_named = source.shown == SourceShown.NAMED
    found = [
        LeadOutcome(
            source=key,
            title=action.title,
            carrier=action.carrier if is_named else "",
            state=states.get((source.appraisal.pk, action.title), action.state),
            outcomes=tuple(happened.get(action.title, ())),
        )
        for action in actions
    ]
    titles = {action.title for action in actions}
    found += [
        LeadOutcome(key, finding.text, "", LEAD, ())
        for finding in source.findings
        if finding.kind == FindingKind.ACTION_LEAD and finding.text not in titles
    ]
    beside = [words for title, told in happened.items() if title not in titles for words in told]
    return [*found, LeadOutcome(key, BESIDE, "", "", tuple(beside))] if beside else found


def _states(appraisals: Sequence[int]) -> dict[tuple[int, str], str]:
    """Where each action stood at the last follow-up that its team showed."""
    answers = (
        CheckInAnswer.objects.filter(
            check_in__appraisal__in=appraisals, check_in__shown_at__isnull=False
        )
        .order_by("check_in__answered_at", "pk")
        .values_list("check_in__appraisal", "title", "reply")
    )
    return {
        (appraisal, title): PUBLIC_WORDS[CheckInReply(reply)] for appraisal, title, reply in answers
    }


def _happened(appraisals: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """Outcomes that a team showed, by démarche and title of their action, oldest first."""
    found: dict[int, dict[str, list[str]]] = {}
    shown = Outcome.objects.filter(appraisal__in=appraisals, shown_at__isnull=False)
    rows = shown.order_by("happened_on", "pk").values_list("appraisal", "action__title", "words")
    for appraisal, title, words in rows:
        found.setdefault(appraisal, {}).setdefault(title or BESIDE, []).append(words)
    return found
