"""The stylesheets of a page, travelling as one: a single request stands before the first paint.

Each screen goes on naming its own sheets; `{% joined_styles %}` puts one address in their place,
which carries their names and an imprint of their text. No build: the join is made from the static
files as they are served, once per process, and browsers keep it for good.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

PREFIX = "/styles/"
SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*?/css/([a-z_]+)(?:\.[0-9a-f]{12})?\.css">')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANKS = re.compile(r"\s+")
NEIGHBOUR = re.compile(r'url\("?\.\./([^")]+)"?\)')
MOST = 8
ONE_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Sheet:
    names: tuple[str, ...]
    content: bytes
    compressed: bytes
    imprint: str

    @property
    def address(self) -> str:
        return f"{PREFIX}{self.imprint}/{'-'.join(self.names)}.css"


def joined(names: tuple[str, ...]) -> Sheet:
    """These sheets one after the other, in the order in which they override each other."""
    return _join(names) if settings.DEBUG else kept(names)


def _join(names: tuple[str, ...]) -> Sheet:
    text = "\n".join(_lightened(_source(name)) for name in names)
    content = NEIGHBOUR.sub(rf'url("{settings.STATIC_URL}\1")', text).encode()
    return Sheet(
        names=names,
        content=content,
        compressed=gzip.compress(content, 9, mtime=0),
        imprint=sha256(content).hexdigest()[:12],
    )


kept = lru_cache(maxsize=64)(_join)


def _source(name: str) -> str:
    """The file as it is served: a collected one already names its neighbours by their imprints."""
    path = f"css/{name}.css"
    found = finders.find(path) if settings.DEBUG or _serves_sources() else None
    if found is None:
        stored = getattr(staticfiles_storage, "stored_name", str)(path)
        found = staticfiles_storage.path(stored)
    return Path(found).read_text()


def _serves_sources() -> bool:
    return getattr(settings, "WHITENOISE_USE_FINDERS", False)


def _lightened(text: str) -> str:
    return BLANKS.sub(" ", COMMENT.sub("", text)).strip()


@require_safe
def joined_styles(request: HttpRequest, imprint: str, names: str) -> HttpResponse:
    """A page of before a new version asks by an old imprint: it is given what there is now."""
    asked = tuple(names.split("-"))
    try:
        sheet = joined(asked) if len(asked) <= MOST else None
    except (OSError, ValueError):
        sheet = None
    if sheet is None:
        raise Http404
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        sheet.compressed if is_compressed else sheet.content, content_type="text/css; charset=utf-8"
    )
    if is_compressed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    if imprint == sheet.imprint:
        patch_cache_control(response, public=True, max_age=ONE_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=0)
    return response
