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
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client, testcases
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

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
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 720}
NARROW = {"width": 320, "height": 640}

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
def private_files(settings, tmp_path):
    """Private documents of this test in a folder of its own."""
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "core.storages.PrivateFolder", "OPTIONS": {"location": tmp_path}}
    }


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


VIOLATIONS = {"resultTypes": ["violations"]}
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that read colours: they cost most, and say the same at every width."""
ONLY_COLOURS = VIOLATIONS | {"runOnly": list(COLOURS)}
BUT_COLOURS = VIOLATIONS | {"rules": {rule: {"enabled": False} for rule in COLOURS}}


def axe_findings(page: Page, options: dict = VIOLATIONS) -> list[tuple[str, str, str]]:
    """Every axe finding (WCAG 2.0 to 2.2, A and AA, and best practices): rule, target, words."""
    # axe rests on the page’s timers: where scripts are off, a busy machine waits for ever.
    assert page.context.watched.runs_scripts, "axe veut une page avec JavaScript"
    # Half a megabyte: once a page, however often it is asked. Wagtail's editor has its own axe.
    if not page.evaluate("Boolean(window.axe?.isOurs)"):
        page.evaluate(f"{AXE_SCRIPT}\naxe.isOurs = true")
    return [
        (violation["id"], node["target"][0], node.get("failureSummary", "")[:160])
        for violation in page.evaluate(
            "options => axe.run(options).then(results => results.violations)", options
        )
        for node in violation["nodes"]
    ]


def axe_violations(page: Page, options: dict = VIOLATIONS) -> list[str]:
    return [f"{rule}: {target} {words}" for rule, target, words in axe_findings(page, options)]


def check_accessible(page: Page, *, but: str = "") -> None:
    """No axe finding in light, dark, at 320 px, with text at 200 %, in print; no side scroll.

    Light and 320 px (where menus differ) are asked everything; the dark and print, which change
    nothing but colours, their colours; 200 %, which changes none, all the rest. `but` names a
    rendering left out, where another test looks at it.
    """
    original = page.viewport_size
    page.emulate_media(reduced_motion="reduce")  # a colour half-way through is nobody's colour
    for name, prepare, restore, asked in RENDERINGS:
        if name == but:
            continue
        prepare(page)
        assert axe_violations(page, asked) == [], f"axe, {name}, {page.url}"
        if name in ("320 px", "200 %"):
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, f"défilement horizontal de {overflow} px, {name}, {page.url}"
        restore(page)
    page.set_viewport_size(original)


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    return check_accessible


def _no_change(page: Page) -> None:
    """The page as it is."""


RENDERINGS = (
    ("clair", _no_change, _no_change, VIOLATIONS),
    (
        "sombre",
        lambda page: page.emulate_media(color_scheme="dark"),
        lambda page: page.emulate_media(color_scheme="light"),
        ONLY_COLOURS,
    ),
    ("320 px", lambda page: page.set_viewport_size(NARROW), _no_change, VIOLATIONS),
    (
        "200 %",
        lambda page: (
            page.set_viewport_size(DESKTOP),
            page.evaluate("document.documentElement.style.fontSize = '200%'"),
        ),
        lambda page: page.evaluate("document.documentElement.style.fontSize = ''"),
        BUT_COLOURS,
    ),
    (
        "impression",
        lambda page: page.emulate_media(media="print"),
        # Not "screen": what the page prints afterwards would be its screen.
        lambda page: page.emulate_media(media="null"),
        ONLY_COLOURS,
    ),
)
