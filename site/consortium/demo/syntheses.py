"""Two fictitious syntheses of the demonstration's démarches: one published, one under way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from appreciation.domain.synthesis.coding import code_findings, save_theme
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.publishing import publish_edition
from appreciation.domain.synthesis.reading import published_findings
from appreciation.domain.synthesis.selection import choose_sources, edit_synthesis, start_synthesis
from appreciation.domain.synthesis.texts import save_story, save_text
from appreciation.models import Publication, Synthesis
from reference.models import Issue, Place

CONTENT = Path(__file__).with_name("syntheses.toml")


def create_syntheses(region: Place, coordinator: User) -> None:
    """By the coordinator's own gestures: choose, classify, write, freeze, publish."""
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    published = _start(content["published"], region, coordinator)
    for facts in content["themes"]:
        _classify(published, facts, coordinator)
    _write(published, content["published"], coordinator)
    edition = freeze(synthesis=published, user=coordinator)
    publish_edition(edition=edition, user=coordinator)
    _start(content["draft"], region, coordinator)


def _start(facts: Mapping[str, Any], region: Place, coordinator: User) -> Synthesis:
    synthesis = start_synthesis(
        user=coordinator, region=region, title=facts["title"], year=timezone.localdate().year
    )
    shown: Mapping[str, str] = facts["sources"]
    editions = Publication.objects.out().filter(place__name__in=shown)
    return choose_sources(
        synthesis=synthesis,
        user=coordinator,
        appraisals={each.appraisal_id: shown[each.entry["place"]] for each in editions},
    )


def _classify(synthesis: Synthesis, facts: Mapping[str, Any], coordinator: User) -> None:
    theme = save_theme(
        region=synthesis.region,
        user=coordinator,
        kind=facts["kind"],
        label=facts["label"],
        definition=facts["definition"],
        issue=Issue.objects.filter(code=facts["issue"]).first(),
    )
    keys = [
        each.key
        for each in published_findings(synthesis=synthesis)
        if each.kind == theme.kind and any(words in each.text for words in facts["words"])
    ]
    code_findings(synthesis=synthesis, user=coordinator, theme=theme, keys=keys)


def _write(synthesis: Synthesis, facts: Mapping[str, Any], coordinator: User) -> None:
    edit_synthesis(
        synthesis=synthesis,
        user=coordinator,
        title=synthesis.title,
        headline=facts["headline"],
        year=synthesis.year,
        version=synthesis.version,
    )
    save_text(
        synthesis=synthesis,
        user=coordinator,
        key=facts["text_of"],
        text=facts["text"].strip(),
        version=0,
    )
    save_story(
        source=synthesis.sources.get(appraisal__place__name=facts["story_of"]),
        user=coordinator,
        text=facts["story"].strip(),
        version=1,
    )
