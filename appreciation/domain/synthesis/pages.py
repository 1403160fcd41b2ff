"""The public shell of a synthesis: made by the rules, live while one of its editions is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from appreciation.models import Synthesis, SynthesisEdition
from cms.search.upkeep import follow_page
from core.last_good import forget_copies

if TYPE_CHECKING:
    from appreciation.models import SynthesisPage


@transaction.atomic
def ensure_synthesis_page(synthesis: Synthesis) -> SynthesisPage | None:
    """Make the page follow what is out: to call once an edition was published or withdrawn.

    The first edition makes it, under « Synthèses », at an address that never changes. None while
    nothing was ever out, or where the site has no such list.
    """
    from appreciation.models import SynthesisPage

    out = SynthesisEdition.objects.out().filter(synthesis=synthesis).light().first()
    page = SynthesisPage.objects.filter(synthesis=synthesis).first()
    if page is None:
        page = _make(synthesis) if out else None
    if page is None:
        return None
    page.live = out is not None
    if out is not None:
        page.title = page.draft_title = synthesis.title
        page.search_description = synthesis.headline[:255]
        page.last_published_at = out.published_at or timezone.now()
        page.first_published_at = page.first_published_at or page.last_published_at
    page.save()
    follow_page(page)
    forget_copies()
    return page


def _make(synthesis: Synthesis) -> SynthesisPage | None:
    from appreciation.models import SynthesisIndexPage, SynthesisPage

    index = SynthesisIndexPage.objects.first()
    if index is None:
        return None
    page = SynthesisPage(title=synthesis.title, slug=_free_slug(index, synthesis))
    page.synthesis = synthesis
    return index.add_child(instance=page)


def _free_slug(index, synthesis: Synthesis) -> str:
    """« mauricie-2026 »; a second synthesis of the same year gets a number."""
    wanted = slugify(f"{synthesis.region.name} {synthesis.year}")
    taken = set(index.get_children().values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
