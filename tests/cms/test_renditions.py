"""Pictures are made at publication and never while a page is read."""

from pathlib import Path

import pytest
from wagtail.models import Page

from cms.models import Rendition
from cms.renditions import SPECS, make_renditions, picture_of
from home.models import StandardPage
from tests.factories.pictures import site_image
from tests.factories.starter_site import ensure_site_pages


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ensure_site_pages()


def page_with(*images) -> StandardPage:
    body = []
    for image in images:
        image.contextual_alt_text, image.decorative = "Un quai", False
        body.append(("picture", {"image": image, "caption": "Le quai"}))
    page = StandardPage(title="Album", slug="album", body=body)
    return Page.objects.get(slug="accueil").add_child(instance=page)


def test_publishing_makes_every_size_once():
    image = site_image()
    page = page_with(image)
    assert Rendition.objects.count() == 0
    page.save_revision().publish()
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(SPECS)
    page.save_revision().publish()
    assert image.renditions.count() == len(SPECS)


def test_a_read_page_shows_stored_sizes_with_their_dimensions(client):
    image = site_image()
    page_with(image).save_revision().publish()
    text = client.get("/album/").text
    assert 'type="image/webp"' in text
    assert " 480w, " in text
    assert " 960w" in text
    assert 'width="960" height="640" alt="Un quai"' in text


@pytest.mark.parametrize("number", [1, 3])
def test_reading_makes_nothing_and_asks_the_same_queries(client, number, django_assert_num_queries):
    page_with(*(site_image() for _ in range(number)))
    client.get("/album/")
    with django_assert_num_queries(10):
        text = client.get("/album/").text
    assert text.count('alt="Un quai"') == number
    assert Rendition.objects.count() == 0
    assert "original_images" in text


def test_a_small_picture_is_not_enlarged():
    image = site_image(width=400, height=300)
    make_renditions(image)
    shown = picture_of(image)
    assert (shown.width, shown.height) == (400, 300)
    assert shown.sources.count("400w") == 1


def test_a_lost_file_stops_no_publication(caplog):
    image = site_image()
    Path(image.file.path).unlink()
    page = page_with(image)
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert "ses formats n’ont pu être faits" in caplog.text
