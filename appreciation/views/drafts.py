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
    may_write_above,
    stamp,
)
from appreciation.models import Appraisal, Draft, HelpRequest
from appreciation.permissions import (
    appraisal_for,
    coordinates,
    coordinates_a_region,
    meeting_for,
    synthesis_for,
)
from appreciation.views.guards import space_view
from core.errors import DomainError
from core.typography import fr_typo

PART = r"/espace/[\w/-]{1,200}"
ADDRESS = re.compile(rf"{PART}(?:>{PART}(?:~[a-z0-9-]{{1,40}})?)?", re.ASCII)
"""The page; where its form is sent if not there; which of several forms."""
OF_APPRAISAL = frozenset(
    {
        "space:adoption",
        "space:check_in",
        "space:consultations",
        "space:corrections",
        "space:gathering_new",
        "space:invitation_plan",
        "space:invitee",
        "space:invitees",
        "space:leave_team",
        "space:message",
        "space:outcome_edit",
        "space:outcome_new",
        "space:replace_lead",
        "space:report_section",
        "space:restitution",
        "space:review",
        "space:state",
        "space:step",
        "space:task",
        "space:team",
        "space:withdrawal",
    }
)
OF_MEETING = frozenset(
    {
        "space:agreed_rating",
        "space:deliberation_dimension",
        "space:dots",
        "space:finding_edit",
        "space:finding_new",
        "space:gathering_when",
        "space:meeting_minutes",
        "space:meeting_photo",
        "space:table",
    }
)
OF_ANYBODY = frozenset({"space:appraisal_create", "space:help_new"})
OF_COORDINATION = frozenset({"space:historical", "space:incidents", "space:interest"})
OF_REGION = frozenset({"space:syntheses"})
OF_SYNTHESIS = frozenset(
    {
        "space:synthesis_edit",
        "space:synthesis_story",
        "space:synthesis_text",
        "space:synthesis_theme",
    }
)
OF_HELP = frozenset({"space:frequent_question", "space:help_request"})


@space_view("GET", "HEAD", "POST", "DELETE")
def drafts(request: HttpRequest) -> HttpResponse:
    """Her drafts of the page `?adresse=`; or keep, or forget, the one of the form `?adresse=`."""
    address = request.GET.get("adresse", "")
    if request.method == "DELETE" and _has_one(request, address):
        forget_draft(owner=request.user, address=address)  # hers, even once she left the team
        return JsonResponse({})
    appraisal = _written_at(request, address)
    if request.method == "POST":
        return _keep(request, address, appraisal)
    if request.method == "DELETE":
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
    found = {_fetch(request, path) for path in address.partition("~")[0].split(">")}
    if len(found) > 1:
        raise Http404
    return found.pop()


def _has_one(request: HttpRequest, address: str) -> bool:
    return Draft.objects.filter(owner=request.user, address=address).exists()


def _fetch(request: HttpRequest, path: str) -> Appraisal | None:
    match = resolve(path)
    name, kwargs = match.view_name, match.kwargs
    if name in OF_APPRAISAL:
        return appraisal_for(request, kwargs["reference"], to_edit=True)
    if name in OF_MEETING:
        rehearsed = name == "space:table"
        return meeting_for(
            request, kwargs["reference"], to_edit=True, rehearsed=rehearsed
        ).appraisal
    if name in OF_SYNTHESIS:
        synthesis_for(request, kwargs["reference"])
        return None
    asked = HelpRequest.objects.visible_to(request.user)
    if (
        name in OF_ANYBODY
        or (name in OF_COORDINATION and coordinates(request.user))
        or (name in OF_REGION and coordinates_a_region(request.user))
        or may_write_above(name, request.user, kwargs)
        or (name in OF_HELP and asked.filter(pk=kwargs["pk"]).exists())
    ):
        return None
    raise Http404
