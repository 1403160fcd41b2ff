"""« Partir d’une fiche d’exemple »: a draft already told, whose every text is to be replaced."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.crypto import get_random_string

from core.shipped_texts import read_shipped_texts
from pratiques.models import PracticeMoment, PracticePage, PracticePartner, PracticeResult

if TYPE_CHECKING:
    from accounts.models import User
    from pratiques.models import CataloguePage

FILE = Path(__file__).resolve().parents[1] / "starter" / "sheet.toml"
ROWS = {"moments": PracticeMoment, "results": PracticeResult, "partners": PracticePartner}


@transaction.atomic
def start_from_example(*, catalogue: CataloguePage, user: User) -> PracticePage:
    """A draft of hers that cannot be published before each of its texts is hers too."""
    told = _example()
    fields = {name: value for name, value in told.items() if name not in ROWS}
    sheet = PracticePage(
        **fields,
        slug=f"fiche-{get_random_string(8).lower()}",
        live=False,
        has_unpublished_changes=True,
        owner=user,
    )
    for name, model in ROWS.items():
        setattr(sheet, name, [model(**row) for row in told[name]])
    catalogue.add_child(instance=sheet)
    sheet.save_revision(user=user, log_action="wagtail.create")
    return sheet


@cache
def _example() -> dict[str, Any]:
    return read_shipped_texts(FILE)
