"""The public pages of the videos."""

import pytest
from wagtail.models import Page

from appreciation.models import VideoIndexPage, VideoPage
from home.domain.starter_pages import ensure_site_pages


@pytest.fixture
def videos() -> VideoIndexPage:
    ensure_site_pages()
    return VideoIndexPage.objects.get()


def main_menu(client) -> str:
    html = client.get("/la-demarche/").content.decode()
    return html[html.index("<nav") : html.index("<main")]


def test_the_menu_names_the_videos_once_one_is_published(client, videos):
    assert client.get("/videos/").status_code == 200
    assert "Vidéos" not in main_menu(client)
    page = videos.add_child(instance=VideoPage(title="Accueillir", slug="accueillir", live=False))
    assert "Vidéos" not in main_menu(client)
    Page.objects.filter(pk=page.pk).update(live=True)
    assert 'href="/videos/"' in main_menu(client)


def test_a_list_of_videos_holds_only_videos_and_is_alone(videos):
    assert VideoIndexPage.allowed_subpage_models() == [VideoPage]
    assert VideoPage.allowed_parent_page_models() == [VideoIndexPage]
    assert not VideoIndexPage.can_create_at(videos.get_parent())
