"""Pictures in the sizes that pages show, made when a page is published, never while it is read."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.models import Page

logger = logging.getLogger("consortium.renditions")

SMALL, LARGE = "width-480|format-webp", "width-960|format-webp"
FALLBACK = "width-960|format-jpeg"
"""For browsers that do not read WebP, and for other sites (Open Graph)."""
SPECS = (SMALL, LARGE, FALLBACK)


@dataclass(frozen=True)
class Picture:
    """What `<picture>` needs. `sources` are ready for `srcset`; "" when none was made yet."""

    url: str
    width: int
    height: int
    sources: str = ""


def picture_of(image: AbstractImage) -> Picture:
    """The stored sizes of a picture; its own file while they are not there. Makes nothing."""
    stored = {
        one.filter_spec: one
        for one in image.renditions.all()
        if one.focal_point_key == ""  # our sizes crop nothing
    }
    fallback = stored.get(FALLBACK)
    modern = [stored[spec] for spec in (SMALL, LARGE) if spec in stored]
    shown = fallback or (modern[-1] if modern else None)
    if shown is None:
        return Picture(url=image.file.url, width=image.width, height=image.height)
    return Picture(
        url=shown.url,
        width=shown.width,
        height=shown.height,
        sources=", ".join(f"{one.url} {width}w" for width, one in _by_width(modern).items()),
    )


def _by_width(renditions: Iterable[AbstractRendition]) -> dict[int, AbstractRendition]:
    """A small picture is never enlarged: two sizes of it may be one."""
    return {one.width: one for one in renditions}


def make_renditions(image: AbstractImage) -> None:
    """Make the sizes that are missing. A file that cannot be read is logged, never fatal."""
    try:
        image.get_renditions(*SPECS)
    except (SourceImageIOError, OSError):
        logger.exception("Image %s: ses formats n’ont pu être faits", image.pk)


def make_renditions_of_page(instance: Page, **kwargs) -> None:
    """Every picture that the page shows: its own fields, its rows, its blocks."""
    specific = instance.specific
    pks = {pk for pk in _image_pks(specific) if pk}
    for image in get_image_model().objects.filter(pk__in=pks):
        make_renditions(image)


def _image_pks(shown: models.Model) -> Iterator[int | str | None]:
    for field in shown._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            if issubclass(_model(field.related_model), AbstractImage):
                yield getattr(shown, field.attname)
        elif hasattr(field, "extract_references"):
            value = field.value_from_object(shown)
            for model, pk, _model_path, _content_path in field.extract_references(value):
                if issubclass(model, AbstractImage):
                    yield pk
    for relation in get_all_child_relations(type(shown)):
        for row in getattr(shown, relation.get_accessor_name()).all():
            yield from _image_pks(row)


def _model(model: type[models.Model] | str) -> type[models.Model]:
    return apps.get_model(model) if isinstance(model, str) else model
