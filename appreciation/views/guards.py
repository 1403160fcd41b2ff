"""What every screen of the space asks first: signed in, allowed to see it, a verb it knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.models import User
from appreciation.permissions import (
    appraisal_for,
    coordinates,
    coordinates_a_region,
    coordinates_everything,
    may_try_entry,
    meeting_for,
    meeting_for_entry,
    rehearsal_for,
    synthesis_for,
    was_secretary,
)
from core.typography import fr_typo

READING = ("GET", "HEAD")
KEPT = "kept_text"
SAVED = "saved"
"""Tag of a message: what was sent is stored, and the browser drops its own draft."""
LONGEST_KEPT = 100_000
HIDDEN = ("csrfmiddlewaretoken", "intent", "version", "code", "form_key")
SHORTEST_WORDS = 2
ENTRY_IS_OVER = "Votre accès est terminé. Rien n’est perdu: ce que vous avez tapé est à l’écran."


def space_view(*methods: str) -> Callable:
    """A screen of the space that belongs to no démarche: signed in, never cached."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return decorate


def coordination_view(*methods: str) -> Callable:
    """A screen of whoever coordinates a place, or administers the site; 404 for the others."""
    return _reserved(coordinates, methods)


def region_view(*methods: str) -> Callable:
    """A screen of whoever coordinates a whole region; 404 for the others."""
    return _reserved(coordinates_a_region, methods)


def synthesis_view(*methods: str) -> Callable:
    """A screen of one synthesis: `reference` becomes it, or 404 whatever the verb."""
    return _guarded(synthesis_for, methods, to_edit=False)


def whole_site_view(*methods: str) -> Callable:
    """A screen that goes through all démarches: for who may see them all; 404 for the others."""
    return _reserved(coordinates_everything, methods)


def _reserved(is_allowed: Callable[[User], bool], methods: tuple[str, ...]) -> Callable:

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not is_allowed(request.user):
                raise Http404
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return decorate


def appraisal_view(*methods: str, to_edit: bool = False) -> Callable:
    """A screen of one démarche. `reference` becomes the démarche, or 404 whatever the verb.

    Reading asks for the right to see (to change, with `to_edit`), any other verb for the right to
    change; only then is a verb that the screen does not know answered by 405.
    """
    return _guarded(appraisal_for, methods, to_edit=to_edit)


def meeting_view(*methods: str, to_edit: bool = False, rehearsed: bool = False) -> Callable:
    """The same for a screen of one meeting: `reference` becomes the meeting.

    `rehearsed`: the screen also serves a rehearsal, for whoever made it.
    """
    return _guarded(partial(meeting_for, rehearsed=rehearsed), methods, to_edit=to_edit)


def rehearsal_view(*methods: str) -> Callable:
    """A screen of a rehearsal, for whoever made it."""
    return _guarded(rehearsal_for, methods, to_edit=True)


def _guarded(fetch: Callable[..., Any], methods: tuple[str, ...], *, to_edit: bool) -> Callable:

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, reference: str, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            must_edit = to_edit or request.method not in READING
            try:
                noun = fetch(request, reference, to_edit=must_edit)
            except Http404:
                if not typed_words(request):
                    raise
                return _access_ended(request)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, noun, **kwargs)

        return never_cache(guarded)

    return decorate


def entry_view(*methods: str) -> Callable:
    """A screen where paper and hands are typed: the team, or the secretary of that evening.

    `reference` becomes the meeting and the actor, or 404 whatever the verb. Whoever may no longer
    type (session or pass over) is told so, and what she was sending is kept until she is back.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, reference: str, **kwargs) -> HttpResponse:
            if not may_try_entry(request):
                return _entry_is_over(request)
            meeting, actor = meeting_for_entry(request, reference)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, meeting, actor, **kwargs)

        return never_cache(guarded)

    return decorate


def typed_words(request: HttpRequest) -> list[str]:
    """What somebody wrote in the page that she sends, without what the page hides there."""
    if request.method != "POST" or wants_json(request):
        return []
    sent = [values for name, values in request.POST.lists() if name not in HIDDEN]
    return [value for values in sent for value in values if len(value.strip()) > SHORTEST_WORDS]


def _access_ended(request: HttpRequest) -> HttpResponse:
    """Her access ended while she wrote, or there never was any: the same words for both."""
    context = {"typed": typed_words(request)}
    return render(request, "space/access_ended.html", context, status=404)


def wants_json(request: HttpRequest) -> bool:
    """A script that sends one row at a time, not somebody who looks at pages."""
    return request.accepts("application/json") and not request.accepts("text/html")


def _entry_is_over(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"refusal": fr_typo(ENTRY_IS_OVER)}, status=401)
    if not was_secretary(request):
        return to_sign_in(request)
    if request.method == "POST":
        keep_text(request)
    return render(request, "entry/evening_over.html", status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, then come back here; what was being sent is kept meanwhile."""
    if request.method == "POST":
        keep_text(request)
    return redirect_to_login(request.get_full_path())


def keep_text(request: HttpRequest) -> None:
    """The session expired while she wrote: keep the text (not the files) until she is back."""
    kept = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if kept and sum(len(value) for values in kept.values() for value in values) <= LONGEST_KEPT:
        request.session[KEPT] = {"path": request.path, "fields": kept}


def kept_text(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, given back once; None when nothing was."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    words = "Votre texte est encore là. Relisez-le, puis enregistrez."
    messages.info(request, words, extra_tags="kept")
    return fields


def typed_text(request: HttpRequest) -> QueryDict | None:
    """What was typed: just sent, or kept while she signed in again."""
    return request.POST if request.method == "POST" else kept_text(request)
