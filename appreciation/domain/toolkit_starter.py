"""The toolkit that every site starts with: ours, a working version. Never written over."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from appreciation.enums import Phase
from appreciation.models import (
    FrequentQuestion,
    ToolkitPage,
    ToolkitStepPage,
    ToolkitStepVariant,
)
from core.typography import fr_typo

STEPS = Path(__file__).resolve().parents[1] / "toolkit" / "steps"
INTRODUCTION = (
    "<p>Huit étapes, une rencontre au milieu. Chacune dit quoi faire, quoi dire et quoi apporter, "
    "pour une personne qui n’a jamais mené de démarche.</p>"
)


@transaction.atomic
def ensure_toolkit(home: Page) -> list[Page]:
    """Create what is missing of the toolkit under `home`; return the pages created.

    A page that exists is left alone, published or not. Questions come with the page of their
    phase, once: those that an editor deletes do not come back.
    """
    made: list[Page] = []
    toolkit = ToolkitPage.objects.first()
    if toolkit is None:
        toolkit = home.add_child(instance=_toolkit_page())
        made.append(toolkit)
    known = set(ToolkitStepPage.objects.values_list("phase", flat=True))
    missing = [content for content in step_contents() if content["phase"] not in known]
    return made + [_add_step(toolkit, content) for content in missing]


@cache
def step_contents() -> tuple[dict[str, Any], ...]:
    """What the shipped pages say, in the order of the phases, typography put right."""
    return tuple(_put_right(_read(path)) for path in sorted(STEPS.glob("*.toml")))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _put_right(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _put_right(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_put_right(one) for one in value]
    return fr_typo(value.strip()) if isinstance(value, str) else value


def _toolkit_page() -> ToolkitPage:
    return ToolkitPage(
        title="Trousse",
        slug="trousse",
        seo_title="Se servir de la trousse",
        search_description="Quoi faire, quoi dire et quoi apporter, étape par étape.",
        show_in_menus=True,
        introduction=INTRODUCTION,
    )


def _add_step(toolkit: ToolkitPage, content: dict[str, Any]) -> Page:
    phase = Phase(content["phase"])
    texts = ("goal", "duration", "people", "to_print", "who", "body", "worked_example", "pitfalls")
    page = ToolkitStepPage(
        title=phase.label,
        slug=content["slug"],
        phase=phase,
        search_description=content["goal"][:160],
        **{name: content[name] for name in texts},
    )
    page.variants = [
        ToolkitStepVariant(position=position, **variant)
        for position, variant in enumerate(content.get("variants", []))
    ]
    toolkit.add_child(instance=page)
    FrequentQuestion.objects.bulk_create(
        FrequentQuestion(phase=phase, is_published=True, position=position, **asked)
        for position, asked in enumerate(content.get("questions", []))
    )
    return page
