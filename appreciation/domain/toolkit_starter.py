"""The toolkit that every site starts with: ours, a working version. Never written over."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from appreciation.enums import Phase
from appreciation.models import (
    FrequentQuestion,
    Tool,
    ToolFormat,
    ToolkitPage,
    ToolkitStepPage,
    ToolkitStepVariant,
)
from core.shipped_texts import read_shipped_texts

FOLDER = Path(__file__).resolve().parents[1] / "toolkit"
STEPS, TOOLS = FOLDER / "steps", FOLDER / "tools.toml"
OWNER = "Consortium en développement social"
LICENCE = "Texte du projet, sous la licence du logiciel (LiLiQ-P 1.1)"
FIRST_DAY = dt.date(2026, 11, 28)
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
    _add_missing_tools()
    return made + [_add_step(toolkit, content) for content in missing]


@cache
def step_contents() -> tuple[dict[str, Any], ...]:
    """What the shipped pages say, in the order of the phases, typography put right."""
    return tuple(read_shipped_texts(path) for path in sorted(STEPS.glob("*.toml")))


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


def _add_missing_tools() -> None:
    """Tools whose address is free. One that an editor unpublished is left so."""
    known = {tool.slug: tool for tool in Tool.objects.all()}
    contents = read_shipped_texts(TOOLS)["tools"]
    for position, content in enumerate(contents):
        if content["slug"] not in known:
            known[content["slug"]] = _add_tool(content, position, known)


def _add_tool(content: dict[str, Any], position: int, known: dict[str, Tool]) -> Tool:
    own = {name: value for name, value in content.items() if name not in ("made", "variant_of")}
    tool = Tool(
        position=position,
        owner=OWNER,
        licence=LICENCE,
        dated_on=FIRST_DAY,
        first_published_at=timezone.now(),
        variant_of=known.get(content.get("variant_of", "")),
        **own,
    )
    tool.formats = [
        ToolFormat(made=made, position=rank) for rank, made in enumerate(content.get("made", []))
    ]
    tool.save()
    return tool
