"""A real browser: Debian's Chromium driven by Playwright, against pytest-django's live server.

Every page opened here is also watched: a console error, a CSP report, a dialog nobody asked for or
a request to another host fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client, testcases
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.axe import check_accessible
from tests.browser.sizes import DESKTOP

# Playwright's loop runs in the test's thread: Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PROGRAMS = ("chromium-headless-shell", "chromium")
"""The same engine without Chrome's windows: a person costs it a third of the processor."""
NOT_WANTED = [
    # Chromium’s own pages for its address bar: a process more for each person, 0.7 s of processor.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # Those that Playwright turns off, for its list gives way to this one.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
]
# Django's live server would answer /media/ itself, never a part of a file: a film could not be
# wound. Our own view answers, as anywhere else.
testcases._MediaFilesHandler._should_handle = lambda handler, path: False

CHROMIUM_FLAGS = [
    f"--disable-features={','.join(NOT_WANTED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 30_000
"""Milliseconds: a busy machine is slow, a right page is not wrong for it.

What comes by itself is asked for every ten seconds, where there is no script.
"""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Last, for a worker that has done the others takes half of them from its neighbour."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, PROGRAMS))
    executable = next(filter(None, found), None)
    assert executable, f"Chromium est introuvable: installez le paquet Debian « {PROGRAMS[0]} »."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """What went wrong behind the scenes of one browser context."""

    allowed_host: str
    runs_scripts: bool = True
    problems: list[str] = field(default_factory=list)
    expected_statuses: set[int] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        page.on("dialog", self._on_dialog)
        page.on("pageerror", lambda error: self.problems.append(f"JavaScript: {error}"))
        page.on("console", self._on_console)
        page.on("request", self._on_request)

    def _on_console(self, message) -> None:
        if message.type != "error":
            return
        if any(f"status of {status}" in message.text for status in self.expected_statuses):
            return
        if "net::ERR_INTERNET_DISCONNECTED" in message.text:
            return
        self.problems.append(f"console: {message.text}")

    def _on_dialog(self, dialog) -> None:
        self.problems.append(f"dialogue: {dialog.message}")
        dialog.dismiss()

    def _on_request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws") and parts.netloc != self.allowed_host:
            self.problems.append(f"requête vers un tiers: {request.url}")


@pytest.fixture
def new_context(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """`new_context(javascript=False, viewport=PHONE, …)`: a person with a device of her own.

    `context.watched.expected_statuses.add(409)` allows a refusal that the test provokes.
    """
    contexts: list[BrowserContext] = []

    def open_context(*, javascript: bool = True, viewport=None, **options) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport=viewport or DESKTOP,
            locale="fr-CA",
            timezone_id="America/Toronto",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.watched = Watched(urlsplit(live_server.url).netloc, runs_scripts=javascript)
        context.on("page", context.watched.watch)
        contexts.append(context)
        return context

    yield open_context
    problems = [problem for context in contexts for problem in context.watched.problems]
    for context in contexts:
        context.close()
    assert problems == []


NOTE_WHEN_WAGTAIL_WATCHES = """
addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.watched = "";
});
"""


def open_form(page: Page, url: str) -> None:
    """Open a form of Wagtail, and wait until it compares what is typed: a preview follows then."""
    page.add_init_script(NOTE_WHEN_WAGTAIL_WATCHES)
    page.goto(url)
    page.locator("html[data-watched]").wait_for()


LEFT_BY_ITSELF = ("net::ERR_ABORTED", "interrupted by another navigation")


def take_to(page: Page, address: str) -> None:
    """`goto`, for a phone that follows the room: it may leave by itself at the same instant."""
    try:
        page.goto(address)
    except Error as error:
        if not any(said in error.message for said in LEFT_BY_ITSELF):
            raise
        page.wait_for_load_state()
        page.goto(address)


FARTHEST = 80


def tab_to(page: Page, place: str | Locator) -> None:
    """With the Tab key alone, as somebody without a mouse; what has the focus is in sight.

    Once the page that has it is there: a key struck while the last Enter still brings that page
    would be lost with the old one.
    """
    target = page.locator(place).first if isinstance(place, str) else place
    target.wait_for(state="attached")
    page.wait_for_load_state()
    for _ in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"hors d’atteinte en {FARTHEST} touches: {place}")


@pytest.fixture
def page(new_context) -> Page:
    """A desktop page of a visitor who has not signed in."""
    return new_context().new_page()


@pytest.fixture
def sign_in(live_server) -> Callable[[BrowserContext, object], None]:
    """`sign_in(context, user)`: put a signed-in session in the context's cookies."""

    def put_session(context: BrowserContext, user) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )

    return put_session


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    return check_accessible
