"""Every screen that the demonstration links to, read by a visitor, a participant, each role.

No broken link or fragment, no server error, valid HTML (Nu), one `h1`, the page's language, text
pages of at most 60 kB once compressed with their styles and scripts.
"""

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.factories.demonstration import load_demo
from tests.nu_html import html_problems
from tests.screens import ENOUGH, FEW, STARTS, crawl, types_of_pages

LARGEST = 60_000


@pytest.fixture(scope="module")
def demonstration(kept_for_the_module):
    load_demo()


@pytest.mark.parametrize("who", STARTS)
@pytest.mark.timeout(600)  # Java reads some hundred pages
def test_every_screen_is_whole_valid_and_light(demonstration, who):
    client = Client()
    if who != "visitor":
        client.force_login(
            User.objects.get(email=who), backend="django.contrib.auth.backends.ModelBackend"
        )
    # A visitor reads every page of the tree; who is signed in, some of each type.
    alike = types_of_pages() if who != "visitor" else None
    # The words of a page are the same whatever the engine: one reads them all, and in Java.
    reads_all = connection.vendor == "sqlite"
    enough = ENOUGH if reads_all else FEW
    screens, problems = crawl(client, STARTS[who], enough=enough, alike=alike)
    assert problems == []
    assert len(screens) > 10
    assert [address for address, screen in screens.items() if screen.links.headings != 1] == []
    assert {address: s.weight for address, s in screens.items() if s.weight > LARGEST} == {}
    if reads_all:
        assert html_problems({address: each.html for address, each in screens.items()}) == []
