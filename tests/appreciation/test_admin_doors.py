"""Every address of the admin × whoever has no business there (QUALITY.md §4 row 10).

Pages, previews, revisions, histories, choosers, images, documents, exports and autosave all live
there: a facilitator, of this démarche or of another, is shown none of them.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from appreciation.domain.publications import publish
from appreciation.models import AppraisalPage
from tests.appreciation.views.conftest import client_of
from tests.factories.adopted import adopted_appraisal

VERBS = ("GET", "POST")
OPEN_TO_ALL = {"admin/login/", "admin/logout/", "admin/password_reset/", "admin/sprite/"}
OPEN_TO_ALL |= {"admin/jsi18n/"}
"""Doors that lead to our own sign-in, the drawings of the icons, the words of the scripts."""
PART = re.compile(r"<(?:(\w+):)?\w+>")
GROUP = re.compile(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)")


def addresses(patterns=None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from addresses(pattern.url_patterns, address)


def filled(address: str, pk: int) -> str:
    """The address with a page that exists wherever it asks for something."""
    address = GROUP.sub(str(pk), address).rstrip("$")
    return PART.sub(lambda part: _value(part.group(1), pk), address)


def _value(kind: str | None, pk: int) -> str:
    return "0" * 8 + "-0000-4000-8000-" + "0" * 12 if kind == "uuid" else str(pk)


@pytest.fixture
def page(lead) -> AppraisalPage:
    publish(appraisal=adopted_appraisal(lead=lead), level="region", user=lead)
    return AppraisalPage.objects.get()


def doors(page) -> list[str]:
    found = {a for a in addresses() if a.startswith("admin/")} - OPEN_TO_ALL
    return sorted({filled(address, page.pk) for address in found})


def entered(client: Client, address: str) -> dict[str, int]:
    """Verbs that were answered otherwise than by a refusal or the way to sign in."""
    answers = {}
    for verb in VERBS:
        response = client.generic(verb, f"/{address}")
        if response.status_code not in (302, 403, 404, 405):
            answers[verb] = response.status_code
    return answers


def test_who_leads_a_demarche_finds_no_other_way_in_by_the_admin(page, lead):
    found, client = doors(page), client_of(lead)
    assert len(found) > 100
    assert f"admin/pages/{page.pk}/view_draft/" in found
    assert {a: answers for a in found if (answers := entered(client, a))} == {}
