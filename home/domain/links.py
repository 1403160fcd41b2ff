"""Each night: the links of live pages, inside and outside; those that lead nowhere are kept."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import unescape
from math import ceil
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
LONGEST = 500
"""Signs of an address that are kept."""
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
    links = {
        page.pk: sorted(set(links_of(page)))
        for page in Page.objects.live().specific().iterator(chunk_size=50)
    }
    outside = {url for urls in links.values() for url in urls if url.startswith(WEB)}
    if not settings.CHECK_OUTSIDE_LINKS:
        outside = set()
    answers = _ask_outside(_of_tonight(outside, today), ask, pause)
    found = 0
    for page in Page.objects.live().values_list("pk", flat=True):
        urls = links.get(page, [])
        told = [(url[:LONGEST], _problem(url, answers)) for url in urls]
        problems = {url: reason for url, reason in told if reason}
        waiting = [url[:LONGEST] for url in urls if url in outside and url not in answers]
        _keep(page, problems, waiting, today)
        found += len(problems)
    BrokenLink.objects.exclude(page__live=True).delete()
    return found


def _of_tonight(outside: set[str], today: date) -> list[str]:
    """Those that did not answer last time, half of the night at most; then the others in turn."""
    every = sorted(outside)
    failing = set(BrokenLink.objects.values_list("url", flat=True))
    again = [url for url in every if url[:LONGEST] in failing][: MOST_OUTSIDE // 2]
    nights = max(1, ceil(len(every) / (MOST_OUTSIDE - len(again))))
    return list(dict.fromkeys([*again, *every[today.toordinal() % nights :: nights]]))


def _ask_outside(urls: list[str], ask: Ask, pause: float) -> dict[str, str]:
    answers: dict[str, str] = {}
    for url in urls:
        if answers:
            time.sleep(pause)
        answers[url] = ask(url)
    return answers


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


def _problem(url: str, answers: dict[str, str]) -> str:
    if url.startswith("page:"):
        is_live = Page.objects.live().filter(pk=url.removeprefix("page:")).exists()
        return "" if is_live else PAGE_GONE
    if url.startswith("/") and not url.startswith("//"):
        return "" if _answers_here(urlsplit(url).path) else PAGE_GONE
    return answers.get(url, "")


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


def _keep(page: int, problems: dict[str, str], waiting: list[str], today: date) -> None:
    """What waits for its night stays as it was found."""
    known = BrokenLink.objects.filter(page_id=page)
    known.exclude(url__in=[*problems, *waiting]).delete()
    for url, reason in problems.items():
        row, is_new = BrokenLink.objects.get_or_create(
            page_id=page, url=url, defaults={"reason": reason, "found_on": today}
        )
        if not is_new:
            BrokenLink.objects.filter(pk=row.pk).update(reason=reason, failures=F("failures") + 1)
