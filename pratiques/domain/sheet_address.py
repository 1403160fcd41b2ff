"""Where a sheet that began as the example is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug

from pratiques.domain.completeness import EXAMPLE

if TYPE_CHECKING:
    from pratiques.models import PracticePage

EXAMPLE_ADDRESS = "fiche-[a-z0-9]{8}"
LONGEST_ADDRESS = 200


def address_of(sheet: PracticePage, *, title: str, typed: str) -> str:
    """Where a sheet is read: the example's own address gives way to its title's.

    Once it is live, the address that people know stays.
    """
    is_example = re.fullmatch(EXAMPLE_ADDRESS, typed) and EXAMPLE not in title
    if not is_example or (sheet.live and sheet.slug == typed):
        return typed
    wanted = slugify(title.replace("œ", "oe"))[:LONGEST_ADDRESS].strip("-") or typed
    return find_available_slug(sheet.get_parent(), wanted, ignore_page_id=sheet.pk)
