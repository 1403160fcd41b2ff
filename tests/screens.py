"""The screens that a site links to, found as a visitor finds them: by following links."""

import gzip
import re
from collections import Counter, deque
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from django.utils.functional import cached_property
from wagtail.models import Page

from core.joined_styles import joined

STARTS = {
    "visitor": ["/", "/r/", "/comptes/connexion/", "/sitemap.xml"],
    "animation@exemple.org": ["/espace/", "/comptes/"],
    "coordination@exemple.org": ["/espace/", "/demarches/"],
}
NOT_FOLLOWED = re.compile(r"^/(admin|django-admin|media|documents|static|styles)/|deconnexion")
"""The admin is Wagtail's own; files are not pages; leaving is not a screen."""


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: set[str] = set()
        self.assets: set[str] = set()
        self.headings = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(found["id"])
        self.headings += tag == "h1"
        if tag == "a" and found.get("href") is not None:
            self.hrefs.append(found["href"])
        if tag == "link" and found.get("rel") == "stylesheet":
            self.assets.add(found["href"])
        if tag == "script" and found.get("src"):
            self.assets.add(found["src"])


class Screen:
    def __init__(self, html: str) -> None:
        self.html = html

    @cached_property
    def links(self) -> Links:
        return Links(self.html)

    @cached_property
    def weight(self) -> int:
        return len(gzip.compress(self.html.encode(), 6)) + sum(map(asset_weight, self.links.assets))


@cache
def asset_weight(url: str) -> int:
    """On the wire: a typeface is compressed already."""
    if url.startswith("/styles/"):
        names = PurePosixPath(url).stem.split("-")
        return len(joined(tuple(names)).compressed)
    content = Path(finders.find(urlsplit(url).path.removeprefix("/static/"))).read_bytes()
    return len(content if url.endswith(".woff2") else gzip.compress(content, 6))


ENOUGH = 5
"""Addresses opened of one view. Another must only be known."""
FEW = 3
"""For whoever only wants to meet every view."""
CROSSROADS = {"space:appraisal", "space:step", "participant:report"}
"""They lead elsewhere as the démarche goes on: as many are opened as there are phases, and more."""
OF_A_CROSSROADS = 10


def kind_of(address: str) -> str:
    """The view that answers; a page of the tree, whose view is one for all, stands for itself."""
    path = address.partition("?")[0]
    view = resolve(path).view_name
    return path if view == "wagtail_serve" else view


def types_of_pages() -> dict[str, str]:
    """`{address: type}` of the tree's pages."""
    return {page.get_url(): page.specific_class.__name__ for page in Page.objects.live()}


def crawl(
    client: Client,
    starts: list[str],
    *,
    enough: int = ENOUGH,
    alike: Mapping[str, str] | None = None,
) -> tuple[dict[str, Screen], list[str]]:
    """`{address: screen}` of what can be reached, and what is broken on the way.

    `enough`: of one view. `alike`: address → what it is one of, for pages counted like a view's.
    """
    screens: dict[str, Screen] = {}
    problems: list[str] = []
    queue = deque((start, "") for start in starts)
    seen: set[str] = set()
    opened: Counter[str] = Counter()
    while queue:
        address, origin = queue.popleft()
        if address in seen or NOT_FOLLOWED.search(address):
            continue
        seen.add(address)
        kind = kind_of(address)
        kind = (alike or {}).get(kind, kind)
        opened[kind] += 1
        if opened[kind] > (OF_A_CROSSROADS if kind in CROSSROADS else enough):
            continue
        response = client.get(address, follow=True)
        if response.status_code != 200:
            problems.append(f"{response.status_code} {address} (de {origin})")
            continue
        if not response["Content-Type"].startswith("text/html"):
            b"".join(response)  # a file that nobody reads stays open
            continue
        screen = screens[address] = Screen(response.content.decode())
        base = response.redirect_chain[-1][0] if response.redirect_chain else address
        for href in screen.links.hrefs:
            target, fragment = urldefrag(urljoin(base, href))
            if fragment and target in ("", base) and fragment not in screen.links.ids:
                problems.append(f"#{fragment} manque sur {address}")
            if urlsplit(target).scheme in ("", "http") and urlsplit(target).netloc in (
                "",
                "testserver",
            ):
                queue.append((target.removeprefix("http://testserver"), address))
    return screens, problems
