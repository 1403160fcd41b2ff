"""What every answer of the public API has in common (R10): read only, for all, from anywhere.

Keys are code names, parameters those of the site's own addresses. An error is `Problem`, in French.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from ninja import Field, Schema
from ninja.errors import HttpError, ValidationError

from cms.caching import for_everyone
from core.open_data import LICENCE, LICENCE_URL
from core.slowdown import TooManyAskedError, slow_down

View = Callable[..., HttpResponse]
MOST_ASKED, WINDOW_SECONDS = 600, 10 * 60
MOST_ON_A_PAGE = 100
PROBLEMS = {
    404: ("Introuvable", "Rien n’est publié à cette adresse."),
    405: ("Lecture seule", "Cette adresse se lit (GET); rien ne s’y écrit."),
    410: ("Retirée", "Ce qui était ici a été retiré par les personnes qui l’avaient publié."),
    422: ("Demande mal formée", "Ce paramètre ne se comprend pas: "),
    429: (
        "Un instant, s’il vous plaît",
        "Plus de 600 demandes en 10 minutes: réessayez plus tard.",
    ),
}


class Problem(Schema):
    """`reference` names the request, for whoever writes to us about it."""

    error: str
    message: str
    reference: str


class Coded(Schema):
    """A value of a controlled list: its code never changes, its name may."""

    code: str
    name: str


class OpenLicence(Schema):
    name: str
    url: str


class Paging(Schema):
    page: int = Field(1, ge=1, le=1_000_000, description="Page voulue, à partir de 1.")
    par_page: int = Field(20, ge=1, le=MOST_ON_A_PAGE, description="Combien par page, 100 au plus.")


class Paged(Schema):
    """`next` and `previous` are whole addresses, null at both ends."""

    count: int
    page: int
    pages: int
    next: str | None
    previous: str | None
    licence: OpenLicence


def one_page(
    request: HttpRequest, found: Sequence[int] | QuerySet, paging: Paging
) -> tuple[dict[str, Any], list[Any]]:
    """What `Paged` says of it, and its part. A page beyond the last one is empty."""
    paginator = Paginator(found, paging.par_page)
    number, pages = paging.page, paginator.num_pages
    start = (number - 1) * paging.par_page
    part = list(found[start : start + paging.par_page]) if number <= pages else []
    return {
        "count": paginator.count,
        "page": number,
        "pages": pages,
        "next": _address(request, number + 1) if number < pages else None,
        "previous": _address(request, min(number - 1, pages)) if number > 1 else None,
        "licence": {"name": LICENCE, "url": LICENCE_URL},
    }, part


def open_answer(view: View) -> Callable[..., HttpResponseBase]:
    """GET only, so many times for one visitor, kept by any cache, readable from any other site."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        response = _answered(view, request, *args, **options)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        if response.status_code != 200:  # noqa: PLR2004  anything but an answer
            return response
        response["ETag"] = f'W/"{sha256(response.content).hexdigest()[:20]}"'
        conditional = get_conditional_response(request, response["ETag"], response=response)
        return for_everyone(conditional or response)

    return answer


def problem(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    title, message = PROBLEMS[status]
    reference = getattr(request, "reference", "")
    said = {"error": title, "message": f"{message}{detail}", "reference": reference}
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The parameters by their names: what was typed is not repeated."""
    names = {str(each["loc"][-1]) for each in error.errors}
    return problem(request, 422, ", ".join(sorted(names)))


def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code)


def _answered(view: View, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
    method = request.method
    if method == "OPTIONS":
        return HttpResponse(status=204, headers={"Access-Control-Allow-Methods": "GET"})
    if method not in ("GET", "HEAD"):
        return problem(request, 405)
    try:
        slow_down(request, "api", most=MOST_ASKED, seconds=WINDOW_SECONDS)
        request.method = "GET"  # whoever asks for the head alone is given the same one
        return view(request, *args, **options)
    except Http404:
        return problem(request, 404)
    except TooManyAskedError:
        response = problem(request, 429)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    finally:
        request.method = method


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
