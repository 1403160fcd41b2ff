"""The admin's lists and choosers: nothing that is typed breaks them, whatever the filter."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page

from cms.models import SiteImage
from tests import hostile_files
from tests.factories.starter_site import ensure_site_pages


@pytest.fixture
def list_of_pages():
    ensure_site_pages()
    return f"/admin/pages/{Page.objects.get(depth=2).pk}/"


def titles(response) -> set[str]:
    assert response.status_code == 200
    return {row.title for row in response.context["object_list"]}


@pytest.mark.parametrize("typed", ['"pratiques', 'pratiq"', '"pratiques"', '"'])
def test_a_quotation_mark_is_no_syntax(admin_client, list_of_pages, typed):
    expected = set() if typed == '"' else {"Pratiques"}
    assert titles(admin_client.get(list_of_pages, {"q": typed})) & {"Pratiques"} == expected


@pytest.mark.parametrize(("answer", "expected"), [("true", set()), ("false", {"Pratiques"})])
def test_pages_are_searched_within_a_filter(admin_client, list_of_pages, answer, expected):
    asked = {"q": "pratiques", "has_child_pages": answer}
    assert titles(admin_client.get(list_of_pages, asked)) & {"Pratiques"} == expected


def test_pictures_are_searched_within_a_label(admin_client):
    for title, label in [("Quai du village", "été"), ("Quai de la gare", "hiver")]:
        file = ContentFile(hostile_files.picture(), name="quai.jpg")
        SiteImage.objects.create(title=title, file=file).tags.add(label)
    response = admin_client.get("/admin/images/chooser/results/", {"q": "quai", "tag": "été"})
    assert response.status_code == 200
    assert "Quai du village" in response.text
    assert "Quai de la gare" not in response.text
