"""The register for programs: entries that everyone may read, and nothing of the others."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router
from ninja.errors import HttpError

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.queries import register
from appreciation.domain.queries.register_browsing import RegisterFilters, browse, editions_of
from appreciation.interfaces.api_entries import (
    AppraisalEntry,
    AppraisalList,
    RegisterQuery,
    entry_of,
)
from appreciation.models import RegisterPage
from cms.api import Problem, one_page

router = Router(tags=["Démarches"])


@router.get(
    "/",
    response={200: AppraisalList, 422: Problem, 429: Problem},
    operation_id="list_appraisals",
    summary="Les démarches du registre",
)
def appraisals(request: HttpRequest, asked: Query[RegisterQuery]) -> dict[str, Any]:
    """Les démarches publiées à un niveau public, avec les choix de la page /demarches/."""
    about, ids = one_page(request, browse(RegisterFilters.from_query(request.GET)).ids, asked)
    about_all = _about_all(request)
    items = [entry_of(each, **about_all) for each in editions_of(ids, and_their_files=True)]
    return about | {"items": items}


@router.get(
    "/{slug}/",
    response={200: AppraisalEntry, 404: Problem, 410: Problem, 429: Problem},
    operation_id="read_appraisal",
    summary="Une démarche du registre",
)
def appraisal(request: HttpRequest, slug: str) -> dict[str, Any]:
    """La notice d’une démarche publiée. Retirée, elle répond 410."""
    edition = register.edition_at(slug, None)
    if edition is register.Absence.NEVER:
        raise Http404
    if edition is register.Absence.GONE:
        raise HttpError(410, "")
    return entry_of(edition, **_about_all(request))


def _about_all(request: HttpRequest) -> dict[str, Any]:
    page = RegisterPage.objects.live().first()
    return {
        "address": page.address(request) if page else "",
        "api_address": request.build_absolute_uri(reverse("api:appraisals")),
        "outside_k": discretion_rules().outside_k,
    }
