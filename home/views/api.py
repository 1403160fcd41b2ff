"""The public API: its parts, its description for programs, and its page for people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from appreciation.views.api import router as appraisals
from appreciation.views.indicators_api import router as indicators
from appreciation.views.instruments_api import router as instruments
from cms.api import malformed, problem, refused
from cms.caching import for_everyone
from home.interfaces.api_reading import operations_of
from home.views.vocabularies_api import router as vocabularies
from pratiques.views.api import router as practices

PREFIX = "/api/v1/"


class PublicAPI(NinjaAPI):
    """Described in French only: what docstrings say is for us, and titles repeat the keys."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        found = super().get_openapi_schema(**options)
        for each in found["components"]["schemas"].values():
            each.pop("description", None)
        _without_titles(found["components"])
        _without_titles(found["paths"])
        return found


def _without_titles(part: Any) -> None:
    for each in part.values() if isinstance(part, dict) else part:
        if isinstance(each, dict):
            if isinstance(each.get("title"), str):
                del each["title"]
            _without_titles(each)
        elif isinstance(each, list):
            _without_titles(each)


api = PublicAPI(
    title="Pratiques et démarches de la région",
    version="1.0",
    description=(
        "Lecture seule, sans compte ni clé. Réponses en JSON, clés en anglais, mots en français."
    ),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("practices", practices)
api.add_router("appraisals", appraisals)
api.add_router("instruments", instruments)
api.add_router("indicators", indicators)
api.add_router("", vocabularies)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, 404)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return malformed(request, error)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refused(request, error)


def schema() -> dict[str, Any]:
    """The OpenAPI description: `docs/openapi.json` is a copy of it, which a test compares."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """The addresses, read from the description: nothing is asked of any other site."""
    context = {"operations": operations_of(schema())}
    return for_everyone(render(request, "home/api.html", context))
