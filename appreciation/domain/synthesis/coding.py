"""The codebook of a region, and the findings that people put under its themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from appreciation.domain.synthesis.grouping import KnownTheme, SuggestedGroup, group_findings
from appreciation.domain.synthesis.published import PublishedFinding, published_findings
from appreciation.domain.synthesis.rights import check_region, lock_synthesis
from appreciation.enums import FindingKind
from appreciation.models import CodedFinding, Synthesis, Theme
from core.errors import ConcurrentEditError, DomainError
from core.search_words import fold
from core.typography import fr_typo
from reference.models import Issue, Place

if TYPE_CHECKING:
    from accounts.models import User

__all__ = [
    "SuggestedGroup",
    "code_findings",
    "delete_theme",
    "merge_themes",
    "save_theme",
    "suggest_groups",
    "uncode_finding",
]

LONGEST_LABEL = 120
LONGEST_DEFINITION = 300
TOO_LATE = "Quelqu’un a changé ce thème pendant que vous écriviez."
GONE = "Ce thème n’existe plus: choisissez-en un autre."


@transaction.atomic
def save_theme(
    *,
    region: Place,
    user: User,
    kind: str,
    label: str,
    definition: str = "",
    issue: Issue | None = None,
    theme: Theme | None = None,
    version: int | None = None,
) -> Theme:
    """Write a theme down, or change `theme` opened at `version`. The same name twice is one theme.

    Its kind never changes: what is under it would no longer belong there. ConcurrentEditError when
    another definition came first.
    """
    Place.objects.select_for_update(of=("self",)).get(pk=region.pk)
    check_region(region, user)
    label, definition = fr_typo(label.strip()), definition.strip()
    _check_theme(kind, label, definition)
    same = _same_label(region, kind, label)
    if theme is None:
        return same or Theme.objects.create(
            region=region, kind=kind, label=label, definition=definition, issue=issue
        )
    return _change(theme, {"label": label, "definition": definition, "issue": issue}, same, version)


def _change(theme: Theme, wanted: dict[str, Any], same: Theme | None, version: int | None) -> Theme:
    stored = Theme.objects.filter(pk=theme.pk, region=theme.region_id).first()
    if stored is None:
        raise DomainError(GONE)
    if all(getattr(stored, name) == value for name, value in wanted.items()):
        return stored
    if version is not None and stored.version != version:
        raise ConcurrentEditError(TOO_LATE, theirs=f"{stored.label}\n{stored.definition}".strip())
    if same is not None and same.pk != stored.pk:
        message = f"« {same.label} » existe déjà: réunissez les deux thèmes, ou changez le nom."
        raise DomainError(message, fields={"label": message})
    for name, value in wanted.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.save()
    return stored


@transaction.atomic
def merge_themes(*, kept: Theme, merged: Theme, user: User) -> Theme:
    """All that was under `merged`, in every draft of the region, goes under `kept`.

    Frozen editions do not move. The same two again: nothing is left to do.
    """
    Place.objects.select_for_update(of=("self",)).get(pk=kept.region_id)
    check_region(kept.region, user)
    if kept.pk == merged.pk:
        raise DomainError("Choisissez deux thèmes différents.")
    if kept.region_id != merged.region_id or kept.kind != merged.kind:
        raise DomainError("Seuls deux thèmes du même genre et de la même région se réunissent.")
    if not Theme.objects.filter(pk=kept.pk).exists():
        raise DomainError(GONE)
    under = set(kept.coded.values_list("synthesis", "appraisal", "finding_key"))
    for row in CodedFinding.objects.filter(theme=merged):
        if (row.synthesis_id, row.appraisal_id, row.finding_key) in under:
            row.delete()
    CodedFinding.objects.filter(theme=merged).update(theme=kept)
    Theme.objects.filter(pk=merged.pk).delete()
    return kept


@transaction.atomic
def delete_theme(*, theme: Theme, user: User) -> None:
    """Out of the codebook and of the drafts. Frozen editions keep theirs."""
    check_region(theme.region, user)
    Theme.objects.filter(pk=theme.pk).delete()


@transaction.atomic
def code_findings(
    *,
    synthesis: Synthesis,
    user: User,
    keys: Iterable[str],
    theme: Theme | None = None,
    kind: str = "",
    label: str = "",
) -> Theme:
    """Put findings under `theme`, or under a new one called `label`. Twice is once.

    Only what the chosen démarches publish today, under a theme of the same kind and region.
    """
    locked = lock_synthesis(synthesis, user)
    if theme is None:
        theme = save_theme(region=locked.region, user=user, kind=kind, label=label)
    if theme.region_id != locked.region_id or not Theme.objects.filter(pk=theme.pk).exists():
        raise DomainError(GONE)
    offered = {each.key: each for each in published_findings(synthesis=locked)}
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise DomainError("Cochez au moins un constat.", fields={"keys": "Cochez un constat."})
    if any(key not in offered for key in wanted):
        raise DomainError("Un de ces constats n’est plus publié. Rechargez la page.")
    if any(offered[key].kind != theme.kind for key in wanted):
        raise DomainError(
            f"« {theme.label} » range des constats du genre « {theme.get_kind_display()} » "
            "seulement: choisissez un autre thème."
        )
    for key in wanted:
        CodedFinding.objects.get_or_create(
            synthesis=locked,
            appraisal_id=offered[key].appraisal_id,
            finding_key=key,
            theme=theme,
            defaults={"coded_by": user},
        )
    return theme


@transaction.atomic
def uncode_finding(*, synthesis: Synthesis, user: User, theme: Theme, key: str) -> None:
    """Take a finding out from under a theme. Twice is once."""
    locked = lock_synthesis(synthesis, user)
    locked.coded.filter(theme=theme, finding_key=key).delete()


def suggest_groups(
    *, synthesis: Synthesis, findings: Iterable[PublishedFinding] | None = None
) -> tuple[SuggestedGroup, ...]:
    """What is under no theme yet, brought together by its words. She confirms, or not.

    `findings`: those to look at, all that are published when it is not given.
    """
    if findings is None:
        findings = published_findings(synthesis=synthesis)
    coded = set(synthesis.coded.values_list("finding_key", flat=True))
    themes = Theme.objects.filter(region=synthesis.region_id).select_related("issue")
    return group_findings(
        [each for each in findings if each.key not in coded],
        themes=[
            KnownTheme(
                pk=theme.pk,
                kind=theme.kind,
                label=theme.label,
                definition=theme.definition,
                issue=theme.issue.name if theme.issue else "",
            )
            for theme in themes
        ],
        issues=list(Issue.objects.values_list("name", flat=True)),
    )


def _same_label(region: Place, kind: str, label: str) -> Theme | None:
    """The same name but for accents and capitals is the same theme."""
    themes = Theme.objects.filter(region=region, kind=kind)
    return next((each for each in themes if fold(each.label) == fold(label)), None)


def _check_theme(kind: str, label: str, definition: str) -> None:
    if kind not in FindingKind.values:
        raise DomainError("Choisissez le genre du thème: force, défi ou piste d’action.")
    if not label or len(label) > LONGEST_LABEL:
        message = f"Nommez le thème en {LONGEST_LABEL} caractères au plus."
        raise DomainError(message, fields={"label": message})
    if len(definition) > LONGEST_DEFINITION:
        message = f"La définition a {LONGEST_DEFINITION} caractères au plus."
        raise DomainError(message, fields={"definition": message})
