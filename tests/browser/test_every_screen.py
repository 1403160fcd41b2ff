"""axe on every screen that the demonstration links to, in light, 320 px, 200 % and print.

In the dark each screen is looked at by its own test.
"""

from collections.abc import Iterable

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from consortium.demo.loader import load_demo
from tests.screens import STARTS, crawl, kind_of


@pytest.fixture
def demonstration():
    load_demo()


def one_of_each(addresses: Iterable[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for address in addresses:
        chosen.setdefault(kind_of(address), address)
    return chosen


def test_every_screen_is_accessible(demonstration, new_context, sign_in, assert_accessible):
    looked_at: set[str] = set()
    for who, starts in STARTS.items():
        client, context = Client(), new_context()
        if who != "visitor":
            user = User.objects.get(email=who)
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            sign_in(context, user)
        page = context.new_page()
        for view, address in one_of_each(crawl(client, starts)[0]).items():
            if view not in looked_at:
                looked_at.add(view)
                page.goto(address)
                assert_accessible(page, but="sombre")
        context.close()
    assert len(looked_at) > 40
