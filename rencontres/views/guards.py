"""A screen of one event, for the coordination of its region: signed in, then 404 for the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache

from appreciation.views.guards import to_sign_in
from rencontres.permissions import event_for

View = Callable[..., HttpResponseBase]


def event_view(*methods: str) -> Callable[[View], View]:
    """`pk` becomes the event, or 404 whatever the verb."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            event = event_for(request, pk)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, event, **kwargs)

        return never_cache(guarded)

    return decorate
