"""Only known hosts, and never a question to them."""

import pytest

from appreciation.domain.embeds import embed_of
from core.errors import DomainError

pytestmark = pytest.mark.once

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?"
VIMEO = "https://player.vimeo.com/video/76979871?dnt=1&texttrack=fr"


@pytest.mark.parametrize(
    "netloc",
    [
        "moi@www.youtube.com",
        "banque.ca:secret@youtube.com",
        "youtube.com:443",
        "youtube.com:",
        "@youtube.com",
    ],
)
def test_an_address_with_a_name_or_a_port_is_refused(netloc):
    with pytest.raises(DomainError, match="YouTube ou de Vimeo"):
        embed_of(f"https://{netloc}/watch?v=dQw4w9WgXcQ")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "http://youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=42s",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ/",
        " https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ ",
    ],
)
def test_a_film_of_youtube_is_asked_at_its_discreet_address(url):
    embed = embed_of(url)
    assert embed.player_url.startswith(YOUTUBE)
    assert "cc_load_policy=1" in embed.player_url
    assert embed.player_origin == "https://www.youtube-nocookie.com"
    assert embed.page_url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("url", "player", "page"),
    [
        ("https://vimeo.com/76979871", VIMEO, "https://vimeo.com/76979871"),
        ("https://www.vimeo.com/76979871/", VIMEO, "https://vimeo.com/76979871"),
        ("https://vimeo.com/channels/staff/76979871", VIMEO, "https://vimeo.com/76979871"),
        (
            "https://vimeo.com/76979871/0a1b2c3d4e",
            f"{VIMEO}&h=0a1b2c3d4e",
            "https://vimeo.com/76979871/0a1b2c3d4e",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=0a1b2c3d4e",
            f"{VIMEO}&h=0a1b2c3d4e",
            "https://vimeo.com/76979871/0a1b2c3d4e",
        ),
    ],
)
def test_a_film_of_vimeo_is_asked_not_to_track(url, player, page):
    embed = embed_of(url)
    assert (embed.host, embed.player_url, embed.page_url) == ("Vimeo", player, page)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dQw4w9WgXcQ",
        "https://exemple.org/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.exemple.org/watch?v=dQw4w9WgXcQ",
        "https://exemple.org/?https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be@exemple.org/dQw4w9WgXcQ",
        "https://www.youtube.com/@chaine",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/watch?v=trop-court",
        'https://www.youtube.com/watch?v="><script>',
        "https://vimeo.com/",
        "https://vimeo.com/manage/videos",
        "https://vimeo.com/76979871?h=<script>",
        "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
        "ftp://youtu.be/dQw4w9WgXcQ",
        "https://[",
        "https://dailymotion.com/video/x8abc",
    ],
)
def test_anything_else_is_refused_in_french(url):
    with pytest.raises(DomainError, match="YouTube ou de Vimeo"):
        embed_of(url)
