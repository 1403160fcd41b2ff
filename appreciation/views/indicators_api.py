"""Figures about places, for programs: of those whose portrait everyone may read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from appreciation.models import PlacePage
from cms.api import Coded, Paged, Paging, Problem, one_page
from reference.models import Indicator, IndicatorValue

router = Router(tags=["Chiffres"])


class IndicatorOut(Schema):
    code: str
    name: str
    description: str
    theme: str
    unit: str
    dimension: str | None = Field(description="La dimension d’appréciation que ce chiffre éclaire.")


class FigureSource(Schema):
    """`licence` is the publisher's own: it goes before the licence of the list."""

    name: str
    edition: str
    publisher: str
    licence: str
    url: str


class FigureOut(Schema):
    """`value` is null wherever its source gives none: `status` says why."""

    place: str = Field(description="La fin de l’adresse de son portrait.")
    period: str = Field(description="Une année, un mois, ou « 2016/2021 » pour un changement.")
    breakdown: Coded | None
    value: float | None
    status: Coded
    symbol: str
    is_computed: bool = Field(description="Fait la somme des municipalités.")
    source: FigureSource


class FigureList(Paged):
    indicator: IndicatorOut
    items: list[FigureOut]


class FigureQuery(Paging):
    lieu: str = Field("", description="La fin de l’adresse d’un lieu.")


@router.get(
    "/",
    response={200: list[IndicatorOut], 429: Problem},
    operation_id="list_indicators",
    summary="Ce qui est compté ou mesuré",
)
def indicators(request: HttpRequest) -> list[dict[str, Any]]:
    """Chaque indicateur, avec la phrase qui le rend clair."""
    used = Indicator.objects.filter(is_active=True).select_related("dimension")
    return [_indicator(each) for each in used]


@router.get(
    "/{code}/",
    response={200: FigureList, 404: Problem, 422: Problem, 429: Problem},
    operation_id="read_indicator",
    summary="Les chiffres d’un indicateur, lieu par lieu",
)
def indicator(request: HttpRequest, code: str, asked: Query[FigureQuery]) -> dict[str, Any]:
    """Pour les lieux dont le portrait est publié, avec la source et le statut de chaque chiffre."""
    found = get_object_or_404(Indicator.objects.select_related("dimension"), code=code)
    about, figures = one_page(request, _figures(found, asked.lieu), asked)
    items = [_figure(each) for each in figures]
    return about | {"indicator": _indicator(found), "items": items}


def _figures(about: Indicator, place: str) -> QuerySet[IndicatorValue]:
    public = PlacePage.objects.live().public()
    found = IndicatorValue.objects.filter(indicator=about, place__in=public.values("place"))
    if place:
        found = found.filter(place__slug=place)
    related = found.select_related("place", "breakdown", "source")
    return related.order_by("place__slug", "period", "breakdown__position", "pk")


def _indicator(about: Indicator) -> dict[str, Any]:
    said = ("code", "name", "description", "theme", "unit")
    dimension = about.dimension.code if about.dimension else None
    return {name: getattr(about, name) for name in said} | {"dimension": dimension}


def _figure(figure: IndicatorValue) -> dict[str, Any]:
    broken, source = figure.breakdown, figure.source
    return {
        "place": figure.place.slug,
        "period": figure.period,
        "breakdown": {"code": broken.code, "name": broken.label} if broken else None,
        "value": None if figure.value is None else float(figure.value),
        "status": {"code": figure.status, "name": figure.get_status_display()},
        "symbol": figure.symbol,
        "is_computed": figure.is_computed,
        "source": {
            name: getattr(source, name)
            for name in ("name", "edition", "publisher", "licence", "url")
        },
    }
