"""« Partir d’un modèle »: an ordinary page whose blocks are already there, as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from core.errors import DomainError
from home.domain.organisation_pages import starter_texts, stream_of
from home.models import StandardPage


@dataclass(frozen=True)
class StarterModel:
    key: str
    title: str
    description: str
    blocks: list[dict[str, Any]]


def starter_models() -> list[StarterModel]:
    return [StarterModel(**model) for model in starter_texts("models")["models"]]


@transaction.atomic
def start_page(*, parent: Page, key: str, user) -> StandardPage:
    """A draft under `parent`, which nobody reads until it is published."""
    model = next((one for one in starter_models() if one.key == key), None)
    if model is None:
        raise DomainError("Ce modèle n’existe plus: choisissez-en un autre.")
    page = StandardPage(
        title=model.title,
        slug=_free_slug(parent, slugify(model.title)),
        live=False,
        has_unpublished_changes=True,
        owner=user,
        body=stream_of(model.blocks),
    )
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page


def _free_slug(parent: Page, wanted: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
