"""Addresses of pages: whole where no request names the site, and never one that leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import resolve

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

UNNAMED_HOST = "localhost"
"""What a new site is called, until an administrator types its name."""
VIEW_OF_PAGES = "wagtail_serve"
ADDRESS_TAKEN = "Cette adresse mène déjà à un autre écran du site: changez-en un mot."


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


def leads_elsewhere(parent: Page, slug: str) -> bool:
    """Whether the site answers by itself there, so that nobody would ever read the page.

    The page has no place in the tree yet when it is added: its parent says where it goes.
    """
    parts = parent.get_url_parts()
    if not slug or parts is None or parts[2] is None:
        return False
    return resolve(f"{parts[2]}{slug}/").view_name != VIEW_OF_PAGES
