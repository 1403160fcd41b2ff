"""What is typed and not saved, asked and kept by the form's own script. Nobody else reads it."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve

from appreciation.domain.drafts import (
    NewerDraftError,
    drafts_of_page,
    forget_draft,
    keep_draft,
    stamp,
)
from appreciation.models import Appraisal
from appreciation.permissions import appraisal_for, meeting_for
from appreciation.views.guards import space_view
from core.errors import DomainError
from core.typography import fr_typo

PART = r"/espace/[\w/-]{1,200}"
ADDRESS = re.compile(rf"{PART}(?:>{PART})?", re.ASCII)
OF_APPRAISAL = frozenset(
    {
        "space:step",
        "space:report_section",
        "space:outcome_new",
        "space:outcome_edit",
        "space:review",
    }
)
OF_MEETING = frozenset(
    {
        "space:agreed_rating",
        "space:deliberation_dimension",
        "space:finding_new",
        "space:finding_edit",
        "space:meeting_minutes",
    }
)


@space_view("GET", "HEAD", "POST", "DELETE")
def drafts(request: HttpRequest) -> HttpResponse:
    """Her drafts of the page `?adresse=`; or keep, or forget, the one of the form `?adresse=`."""
    address = request.GET.get("adresse", "")
    appraisal = _written_at(request, address)
    if request.method == "POST":
        return _keep(request, address, appraisal)
    if request.method == "DELETE":
        forget_draft(owner=request.user, address=address)
        return JsonResponse({})
    found = {
        draft.address: {
            "fields": draft.fields,
            "version": draft.version,
            "saved_at": stamp(draft),
        }
        for draft in drafts_of_page(owner=request.user, page=address)
    }
    return JsonResponse({"drafts": found})


def _keep(request: HttpRequest, address: str, appraisal: Appraisal | None) -> HttpResponse:
    sent = _sent(request)
    try:
        draft = keep_draft(
            owner=request.user,
            address=address,
            appraisal=appraisal,
            fields=sent.get("fields"),
            version=sent.get("version"),
            known=sent.get("known"),
        )
    except DomainError as error:
        is_newer = isinstance(error, NewerDraftError)
        status = HTTPStatus.CONFLICT if is_newer else HTTPStatus.UNPROCESSABLE_ENTITY
        return JsonResponse({"refusal": fr_typo(str(error))}, status=status)
    return JsonResponse({"saved_at": stamp(draft)})


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def _written_at(request: HttpRequest, address: str) -> Appraisal | None:
    """The démarche of this form, asked of the form's own guards; None for one not yet opened.

    Http404 unless this person may change it now, from the page and to where the form is sent.
    """
    if not ADDRESS.fullmatch(address):
        raise Http404
    found = {_fetch(request, path) for path in address.split(">")}
    if len(found) > 1:
        raise Http404
    return found.pop()


def _fetch(request: HttpRequest, path: str) -> Appraisal | None:
    match = resolve(path)
    if match.view_name == "space:appraisal_create":
        return None
    if match.view_name in OF_APPRAISAL:
        return appraisal_for(request, match.kwargs["reference"], to_edit=True)
    if match.view_name in OF_MEETING:
        return meeting_for(request, match.kwargs["reference"], to_edit=True).appraisal
    raise Http404
