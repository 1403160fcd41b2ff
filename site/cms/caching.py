"""How long a shared cache may keep what everyone reads."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.cache import patch_cache_control

SHARED_SECONDS = 60
"""A withdrawn démarche leaves the shared caches within a minute."""


def for_everyone(response: HttpResponseBase) -> HttpResponseBase:
    """The same for all: a shared cache keeps it a minute, a browser asks again each time.

    An answer for which the session was read is made private afterwards, whatever is said here
    (`PrivateAnswersMiddleware`).
    """
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
    return response
