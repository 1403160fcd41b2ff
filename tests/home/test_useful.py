"""« Cette page vous a-t-elle été utile? »: counted by page and day, nothing kept of who answers."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.domain.usefulness import (
    answers_by_page,
    count_answer,
    erase_old_counts,
    next_old_count,
)
from home.models import StandardPage, UsefulCount
from tests.factories.starter_site import ensure_site_pages

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def page() -> StandardPage:
    ensure_site_pages()
    return StandardPage.objects.get(slug="vie-privee")


def say(client: Client, page: StandardPage, answer: str, **headers):
    return client.post(reverse("useful", args=[page.pk]), {"utile": answer}, headers=HERE | headers)


def test_each_answer_is_counted_and_no_cookie_is_set(client: Client, page: StandardPage):
    assert reverse("useful", args=[page.pk]) in client.get(page.url).content.decode()
    for answer in ("oui", "oui", "non"):
        response = say(client, page, answer)
        assert response["Location"] == reverse("useful_thanks", args=[page.pk])
        assert not response.cookies
    count = UsefulCount.objects.get()
    assert (count.page_id, count.day, count.yes, count.no) == (
        page.pk,
        timezone.localdate(),
        2,
        1,
    )
    thanks = client.get(reverse("useful_thanks", args=[page.pk]))
    assert "Votre réponse est comptée" in thanks.content.decode()


def test_nothing_else_is_counted(page: StandardPage):
    client = Client(enforce_csrf_checks=True)
    assert say(client, page, "peut-être")["Location"] == page.url
    assert say(client, page, "oui", Origin="https://ailleurs.example").status_code == 403
    page.unpublish()
    assert say(client, page, "oui").status_code == 404
    assert UsefulCount.objects.count() == 0


def test_a_flood_is_thanked_and_not_counted(client: Client, page: StandardPage):
    for _ in range(35):
        assert say(client, page, "non").status_code == 302
    assert UsefulCount.objects.get().no == 30


def test_editors_see_the_pages_that_helped_least_first(admin_client: Client, page: StandardPage):
    other = StandardPage.objects.get(slug="accessibilite")
    now = timezone.now()
    for each, useful in ((page, False), (page, False), (other, True), (other, False)):
        count_answer(page=each, is_useful=useful, now=now)
    count_answer(page=other, is_useful=False, now=now - dt.timedelta(days=400))
    rows = list(answers_by_page(today=timezone.localdate()))
    assert [(row["page_id"], row["all_yes"], row["all_no"]) for row in rows] == [
        (page.pk, 0, 2),
        (other.pk, 1, 1),
    ]
    shown = admin_client.get(reverse("useful_report")).content.decode()
    assert shown.index(page.title) < shown.index(other.title)


def test_old_numbers_go(page: StandardPage):
    now = timezone.now()
    count_answer(page=page, is_useful=True, now=now - dt.timedelta(days=740))
    count_answer(page=page, is_useful=True, now=now)
    assert next_old_count() < now
    assert erase_old_counts(now) == 1
    assert next_old_count() > now
    assert UsefulCount.objects.get().day == timezone.localdate(now)
