"""The picture of a shared page: drawn at publication, drawn again when its words change."""

import io

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from home.domain.share_images import share_image
from home.models import StandardPage
from tests.factories.starter_site import ensure_site_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> StandardPage:
    ensure_site_pages()
    return StandardPage.objects.get(slug="vie-privee")


def test_a_page_names_its_picture_and_gives_it(client: Client, page: StandardPage):
    address = reverse("sharing", args=[page.pk])
    html = client.get(page.url).content.decode()
    assert f'<meta property="og:image" content="http://testserver{address}">' in html
    assert html.count('property="og:title"') == 1
    picture = Image.open(io.BytesIO(client.get(address).content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_it_is_drawn_at_publication_and_again_once_the_title_changes(
    page: StandardPage, django_capture_on_commit_callbacks
):
    before = share_image(page)
    page.title = "Un titre beaucoup plus long, que la région a choisi & <changé> " * 4
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    page.refresh_from_db()
    names = [name for name in default_storage.listdir("partage")[1] if name[:-21] == str(page.pk)]
    assert names == [share_image(page).removeprefix("partage/")]
    assert names != [before.removeprefix("partage/")]


def test_a_page_that_left_has_no_picture(client: Client, page: StandardPage):
    page.unpublish()
    assert client.get(reverse("sharing", args=[page.pk])).status_code == 404
