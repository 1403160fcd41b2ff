"""The whole address of a page where no request says by which name the site is known."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

UNNAMED_HOST = "localhost"
"""What a new site is called, until an administrator types its name."""


def whole_address(page: Page, request: HttpRequest | None = None) -> str | None:
    """What mails and files say: the site's own address (`BASE_URL`), then the page's.

    Unless an administrator typed another name for the site in the admin.
    """
    parts = page.get_url_parts(request=request)
    if parts is None or parts[2] is None:
        return None
    _site, root, path = parts
    is_named = urlsplit(root).hostname != UNNAMED_HOST
    return f"{root if is_named else settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
