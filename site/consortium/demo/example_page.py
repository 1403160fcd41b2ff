"""An ordinary page with one block of each kind: what an editor may expect of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from appreciation.models import AppraisalPage, VideoPage
from cms.models import SiteDocument
from consortium.demo.pictures import DemoPictures
from home.domain.organisation_pages import stream_of
from home.models import ResourcePage, StandardPage
from pratiques.models import PracticePage

PARENT = "developpement-social"
"""Below an ordinary page: the footer names those of the home page, all of them true."""
CONTENT = Path(__file__).with_name("example_page.toml")


def create_example_page(pictures: DemoPictures) -> StandardPage:
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    blocks = _resolved(content.pop("blocks"), pictures)
    page = StandardPage(**content, body=stream_of(blocks))
    return StandardPage.objects.get(slug=PARENT).add_child(instance=page)


def _resolved(value: Any, pictures: DemoPictures) -> Any:
    """Every « @… » replaced by the key of what it names, at any depth."""
    if isinstance(value, dict):
        return {key: _resolved(one, pictures) for key, one in value.items()}
    if isinstance(value, list):
        return [_resolved(one, pictures) for one in value]
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    kind, _, rest = value[1:].partition(":")
    if kind == "picture":
        scene, _, words = rest.partition(":")
        image = pictures.image(scene, words)
        return {"image": image.pk, "alt_text": words, "decorative": False}
    return _found(kind, rest).pk


def _found(kind: str, title: str) -> Any:
    if kind == "practice":
        return PracticePage.objects.live().get(title=title)
    if kind == "document":
        return SiteDocument.objects.filter(is_private=False).earliest("pk")
    model = {"video": VideoPage, "appraisal": AppraisalPage, "resource": ResourcePage}[kind]
    return model.objects.live().earliest("pk")
