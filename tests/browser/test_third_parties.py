"""Nobody else is called: from a public page, a page of the space, a phone, nor from the admin."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from wagtail.models import Page as WagtailPage

from cms.models import SiteDocument, SiteImage
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory, UserFactory

PUBLIC = ["/comptes/connexion/", "/comptes/inscription/", "/r/"]
ADMIN = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/media/",
    "/admin/users/",
    "/admin/reports/site-history/",
    "/admin/account/",
]


@pytest.fixture
def administrator():
    return UserFactory(username="admin", is_superuser=True, is_staff=True)


def hosts_called(page: Page, path: str) -> set[str]:
    """Every host that the browser turns to while it opens `path`, whatever becomes of it."""
    called: list[str] = []

    def note(request) -> None:
        called.append(request.url)

    page.on("request", note)
    response = page.goto(path, wait_until="networkidle")
    page.remove_listener("request", note)
    assert response is not None
    assert response.status == 200, path
    return {urlsplit(url).netloc for url in called if not url.startswith(("data:", "blob:"))}


def assert_only_ourselves(context: BrowserContext, paths: list[str], live_server) -> None:
    page = context.new_page()
    ourselves = {urlsplit(live_server.url).netloc}
    assert {path: hosts_called(page, path) for path in paths} == dict.fromkeys(paths, ourselves)


def test_public_pages_call_nobody(new_context, live_server):
    assert_only_ourselves(new_context(), PUBLIC, live_server)


def test_space_calls_nobody(new_context, live_server, sign_in):
    user = UserFactory(username="elise")
    appraisal = AppraisalFactory(at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=user, role="lead")
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    context = new_context()
    sign_in(context, user)
    paths = [
        "/espace/",
        reverse("space:appraisal", args=[appraisal.reference]),
        reverse("space:team", args=[appraisal.reference]),
        reverse("space:console", args=[meeting.reference]),
        reverse("space:results", args=[meeting.reference]),
        "/comptes/",
        "/comptes/securite/",
    ]
    # A console and a wall stay in touch with the server: no idle network there, only a load.
    page = context.new_page()
    ourselves = {urlsplit(live_server.url).netloc}
    found = {}
    for path in paths:
        called: list[str] = []
        page.on("request", lambda request, called=called: called.append(request.url))
        assert page.goto(path, wait_until="load").status == 200, path
        found[path] = {urlsplit(url).netloc for url in called if url.startswith("http")}
    assert found == dict.fromkeys(paths, ourselves)


def test_admin_calls_nobody_and_its_policy_lets_it_work(
    new_context, live_server, sign_in, administrator
):
    """The editor's e-mail imprint and the version check would leave Québec (QUALITY.md §2)."""
    context = new_context()
    sign_in(context, administrator)
    root = WagtailPage.objects.filter(depth=1).get()
    paths = [*ADMIN, f"/admin/pages/{root.pk}/", f"/admin/users/edit/{administrator.pk}/"]
    assert SiteImage.objects.count() == SiteDocument.objects.count() == 0
    assert_only_ourselves(context, paths, live_server)
