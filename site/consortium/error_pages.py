"""Error pages in French: what happened, a reference number, a way on.

They are rendered without context processors, so that none needs the database.
"""

from __future__ import annotations

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from core.uploads import heaviest_upload

logger = logging.getLogger("consortium.errors")

RETRY_AFTER_SECONDS = 10

TEXTS: dict[int, tuple[str, str]] = {
    400: (
        "Cette demande n’a pas pu être comprise",
        "Revenez à la page précédente et essayez de nouveau.",
    ),
    403: (
        "Cette page ne vous est pas ouverte",
        "Si vous pensez y avoir droit, entrez avec le bon compte ou appelez votre coordination.",
    ),
    404: (
        "Cette page n’existe pas",
        "L’adresse a peut-être changé, ou elle contient une faute de frappe.",
    ),
    405: ("Cette page ne s’utilise pas ainsi", "Revenez à la page précédente."),
    410: (
        "Cette page a été retirée",
        "Elle a existé, puis elle a été retirée par les personnes qui l’avaient publiée.",
    ),
    413: (
        "C’est trop lourd",
        "Ce que vous avez envoyé dépasse la taille permise. Envoyez un fichier plus petit,"
        " ou en plusieurs fois.",
    ),
    429: (
        "Un instant, s’il vous plaît",
        "Il y a eu trop d’essais de suite. Attendez quelques minutes, puis essayez de nouveau.",
    ),
    500: (
        "Quelque chose n’a pas fonctionné de notre côté",
        "Ce n’est pas votre faute. Essayez de nouveau dans une minute; si cela se répète,"
        " donnez-nous le numéro ci-dessous.",
    ),
    503: (
        "Le site reprend son souffle",
        "Il revient dans quelques instants. Ce qui a été reçu est gardé; ce que vous venez"
        " d’envoyer est à envoyer de nouveau.",
    ),
}
CSRF_TEXT = (
    "Cette page est restée ouverte trop longtemps",
    "Par sécurité, votre envoi n’a pas été pris. Revenez à la page précédente, rechargez-la et"
    " envoyez de nouveau.",
)


def _wants_json(request: HttpRequest) -> bool:
    return (
        "application/json" in request.headers.get("Accept", "")
        or request.content_type == "application/json"
        or request.path_info.startswith("/api/")
    )


def error_response(
    request: HttpRequest, status: int, texts: tuple[str, str] | None = None
) -> HttpResponse:
    """The page (or JSON) of one status. Needs neither session nor database."""
    title, sentence = texts or TEXTS[status]
    reference = getattr(request, "reference", "")
    if _wants_json(request):
        return JsonResponse(
            {"error": title, "message": sentence, "reference": reference}, status=status
        )
    context = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "reference": reference,
        "can_retry": status in (500, 503),
        "is_lost": status in (404, 410),
    }
    return HttpResponse(render_to_string("errors/error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):  # met before any view, by the CSRF check
        return too_large(request)
    return error_response(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_response(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_response(request, 404)


def too_large(request: HttpRequest) -> HttpResponse:
    title, sentence = TEXTS[413]
    limit = f"Un fichier pèse {heaviest_upload() // 1024**2} Mo au plus."
    return error_response(request, 413, (title, f"{sentence} {limit}"))


def too_many(request: HttpRequest) -> HttpResponse:
    response = error_response(request, 429)
    response["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_response(request, 403, CSRF_TEXT)


def database_is_away(exception: BaseException | None) -> bool:
    """Whether this error comes from a database that is down, locked or out of connections."""
    while exception is not None:
        if isinstance(exception, OperationalError | InterfaceError):
            return True
        exception = exception.__cause__
    return False


def service_unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    logger.error(
        "Base de données absente: %s", type(exception).__name__, extra={"request": request}
    )
    response = error_response(request, 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the failure of a middleware or template was the database's."""
    exception = sys.exc_info()[1]
    if database_is_away(exception):
        return service_unavailable(request, exception)
    return error_response(request, 500)
