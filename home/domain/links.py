"""Each night: the links of live pages, inside and outside; those that lead nowhere are kept."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site

from core.last_good import PAGE_ADDRESS
from core.outside_links import outside_problem
from home.links import BrokenLink

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#][^"]*)"')
PAGE_LINK = re.compile(
    r'<a\b(?=[^>]*\blinktype="page")[^>]*?\bid="(\d+)"',
)
WEB = ("http://", "https://")
MOST_OUTSIDE = 150
"""A night's worth; the others wait for the next."""
PAUSE = 1.0
"""Seconds between two visits outside."""
SURE = ("page disparue", "site introuvable", "page du site retirée", "adresse refusée")
NIGHTS = 3
"""Other failures may be a site's bad night: shown once they last."""
PAGE_GONE = "page du site retirée"

Ask = Callable[[str], str]


def shown_links() -> models.QuerySet[BrokenLink]:
    """What an editor is told."""
    told = models.Q(reason__in=SURE) | models.Q(failures__gte=NIGHTS)
    return BrokenLink.objects.filter(told).select_related("page")


def check_links(now: datetime, ask: Ask = outside_problem, pause: float = PAUSE) -> int:
    """Check every live page; return how many links lead nowhere. May be run again."""
    today = timezone.localdate(now)
    outside: dict[str, str] = {}
    found = 0
    for page in Page.objects.live().specific().iterator(chunk_size=50):
        problems = {}
        for url in sorted(set(links_of(page))):
            reason = _problem(url, outside, ask, pause)
            if reason:
                problems[url[:500]] = reason
        _keep(page, problems, today)
        found += len(problems)
    BrokenLink.objects.exclude(page__live=True).delete()
    return found


def links_of(page: Page) -> Iterator[str]:
    """Addresses written in its texts, blocks and address fields; `page:12` for a chosen page."""
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if isinstance(field, models.URLField) and value:
            yield value
        elif isinstance(field, RichTextField):
            yield from _in_html(value or "")
        elif isinstance(field, StreamField):
            for text in _strings(json.loads(field.value_to_string(page))):
                yield from _in_html(text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _in_html(html: str) -> Iterator[str]:
    yield from (unescape(url) for url in HREF.findall(html))
    yield from (f"page:{pk}" for pk in PAGE_LINK.findall(html))


def _problem(url: str, outside: dict[str, str], ask: Ask, pause: float) -> str:
    if url.startswith("page:"):
        is_live = Page.objects.live().filter(pk=url.removeprefix("page:")).exists()
        return "" if is_live else PAGE_GONE
    if url.startswith("/") and not url.startswith("//"):
        return "" if _answers_here(urlsplit(url).path) else PAGE_GONE
    if not url.startswith(WEB) or not settings.CHECK_OUTSIDE_LINKS:
        return ""
    if url not in outside:
        if len(outside) >= MOST_OUTSIDE:
            return ""
        if outside:
            time.sleep(pause)
        outside[url] = ask(url)
    return outside[url]


def _answers_here(path: str) -> bool:
    """A live page of the tree, or an address of the program (what it holds is not asked)."""
    try:
        if resolve(path).view_name != PAGE_ADDRESS:
            return True
    except Resolver404:
        return False
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    request = HttpRequest()
    request.method, request.user = "GET", AnonymousUser()
    request.META |= {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    try:
        site.root_page.specific.route(request, [part for part in path.split("/") if part])
    except (Http404, ValidationError):
        return False
    return True


def _keep(page: Page, problems: dict[str, str], today) -> None:
    known = BrokenLink.objects.filter(page_id=page.pk)
    known.exclude(url__in=problems).delete()
    for url, reason in problems.items():
        row, is_new = BrokenLink.objects.get_or_create(
            page_id=page.pk, url=url, defaults={"reason": reason, "found_on": today}
        )
        if not is_new:
            BrokenLink.objects.filter(pk=row.pk).update(reason=reason, failures=F("failures") + 1)
