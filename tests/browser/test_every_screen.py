"""axe on every screen that the demonstration links to, in light, 320 px, 200 % and print.

In the dark each screen is looked at by its own test.
"""

from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from itertools import takewhile

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.factories.demonstration import load_demo
from tests.screens import FEW, STARTS, Screen, crawl, kind_of, types_of_pages

BY_THE_DOZEN = {"PracticePage", "NewsPage", "ResourcePage", "TerritoryPage", "IssuePage"}
ENOUGH = 3


@pytest.fixture
def demonstration():
    load_demo()


def one_of_each(addresses: Iterable[str]) -> dict[str, str]:
    """One address of each view; of a type of page that readers meet by the dozen, a few."""
    types = types_of_pages()
    chosen: dict[str, str] = {}
    taken: Counter[str | None] = Counter()
    for address in addresses:
        kind = kind_of(address)
        if kind in chosen or taken[types.get(kind)] >= ENOUGH:
            continue
        chosen[kind] = address
        taken[types.get(kind)] += types.get(kind) in BY_THE_DOZEN
    return chosen


def client_of(who: str) -> Client:
    client = Client()
    if who != "visitor":
        user = User.objects.get(email=who)
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def screens_of(who: str) -> dict[str, Screen]:
    """Every page of the tree for a visitor; for who is signed in, whose header differs, a few."""
    alike = types_of_pages() if who != "visitor" else None
    return crawl(client_of(who), STARTS[who], enough=FEW, alike=alike)[0]


@pytest.mark.timeout(600)  # some seventy screens for one person
@pytest.mark.parametrize(("who", "at_least"), [*zip(STARTS, (10, 40, 5), strict=True)])
def test_every_screen_is_accessible(
    demonstration, new_context, sign_in, assert_accessible, who, at_least
):
    """Each view once: what somebody before her in the list may open is looked at with that one."""
    before = [client_of(other) for other in takewhile(lambda other: other != who, STARTS)]
    context = new_context()
    if who != "visitor":
        sign_in(context, User.objects.get(email=who))
    page, looked_at = context.new_page(), 0
    for address in one_of_each(screens_of(who)).values():
        if not any(other.get(address).status_code == HTTPStatus.OK for other in before):
            looked_at += 1
            page.goto(address)
            assert_accessible(page, but="sombre")
    assert looked_at >= at_least
