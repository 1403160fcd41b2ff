"""The public pages of the videos."""

import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page

from appreciation.models import VideoIndexPage, VideoPage
from cms.media import keep_track
from cms.models import SiteImage
from tests import hostile_files
from tests.factories.videos import (
    CAPTIONS,
    CHAPTERS,
    TRANSCRIPT,
    YOUTUBE,
    embedded,
    film,
    video,
    video_list,
)
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR
from tests.screens import Screen, asset_weight


@pytest.fixture
def videos() -> VideoIndexPage:
    return video_list()


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def texts(html: str) -> str:
    """What is read, without tags and with single spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def main_menu(client) -> str:
    html = read(client, "/la-demarche/")
    return html[html.index("<nav") : html.index("<main")]


def poster() -> SiteImage:
    image = SiteImage(
        title="Le cercle",
        description="Des chaises en rond.",
        credit="M. Roy",
        file=ContentFile(hostile_files.picture(size=(1200, 700)), name="cercle.jpg"),
    )
    image.save()
    return image


class TestMenu:
    def test_it_names_the_videos_once_one_is_published(self, client, videos):
        assert "Aucune vidéo" in read(client, "/videos/")
        assert "Vidéos" not in main_menu(client)
        page = video(videos, live=False)
        assert "Vidéos" not in main_menu(client)
        Page.objects.filter(pk=page.pk).update(live=True)
        assert 'href="/videos/"' in main_menu(client)

    def test_a_list_of_videos_holds_only_videos_and_is_alone(self, videos):
        assert VideoIndexPage.allowed_subpage_models() == [VideoPage]
        assert VideoPage.allowed_parent_page_models() == [VideoIndexPage]
        assert not VideoIndexPage.can_create_at(videos.get_parent())


class TestFilm:
    def test_it_plays_with_its_captions_from_here_only(self, client, videos):
        media = film(chapters=CHAPTERS)
        video(videos, media=media, poster=poster(), speakers="Élise Roy", phase="meeting")
        html = read(client, "/videos/accueillir/")
        (tag,) = re.findall(r"<video [^>]*>", html)
        assert " controls" in tag
        assert 'preload="none"' in tag
        assert "autoplay" not in tag
        assert re.search(r'poster="/media/images/cercle[^"]+\.webp"', tag)
        assert f'<source src="{media.url}" type="video/mp4">' in html
        captions, chapters = media.tracks.all()
        assert f'srclang="fr" label="Sous-titres (français)" src="{captions.url}" default>' in html
        assert f'label="Chapitres (français)" src="{chapters.url}">' in html
        assert client.get(captions.url).content.decode() == CAPTIONS
        assert "Durée 20 s" in texts(html)
        assert "Tenir la rencontre" in texts(html)
        assert "Élise Roy" in texts(html)
        assert 'alt="Des chaises en rond."' in html

    def test_chapters_and_sentences_lead_into_the_film_without_a_script(self, client, videos):
        media = film(chapters=CHAPTERS)
        video(videos, media=media)
        html = read(client, "/videos/accueillir/")
        assert re.findall(r'<a href="\?t=(\d+)#film" data-seconds="\1">', html) == [
            *("0", "10"),  # chapters
            *("0", "4", "12"),  # what is said
        ]
        assert 'id="film"' in html
        moved = read(client, "/videos/accueillir/?t=12")
        assert f'<source src="{media.url}#t=12" type="video/mp4">' in moved
        assert moved.count('data-seconds="10" aria-current="true"') == 1
        assert '<link rel="canonical" href="http://testserver/videos/accueillir/">' in moved

    @pytest.mark.parametrize("moment", ["x", "-5", "1e3", "99999999999", "٣", "%00", ""])
    def test_a_nonsense_moment_is_the_beginning(self, client, videos, moment):
        video(videos)
        response = client.get(f"/videos/accueillir/?t={moment}")
        assert response.status_code == (404 if moment == "%00" else 200)
        assert b"#t=" not in response.content

    def test_the_transcript_names_speakers_and_chapters(self, client, videos):
        video(videos, media=film(chapters=CHAPTERS))
        html = read(client, "/videos/accueillir/")
        said = texts(html[html.index('id="transcription"') :])
        assert (
            "Accueillir 0:00 Élise Les chaises sont en rond. Personne n’est devant. "
            "Lire le portrait 0:12 Paul On lit le portrait sans juger." in said
        )

    def test_what_captions_hold_is_text(self, client, videos):
        hostile = CAPTIONS.replace("Personne", "&lt;script&gt;alert(1)&lt;/script&gt; personne")
        video(videos, media=film(captions=hostile, chapters=CHAPTERS.replace("Lire", "&lt;b&gt;")))
        html = read(client, "/videos/accueillir/")
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; personne" in html
        assert "&lt;b&gt; le portrait" in html

    def test_what_can_be_taken_away_says_its_weight(self, client, videos):
        light = film(title="Léger", captions="")
        sound = film(title="Son", captions="", type="audio")
        light.file_size, sound.file_size = 1_400_000, 21_000
        light.save()
        sound.save()
        video(videos, light_media=light, audio_media=sound)
        said = texts(read(client, "/videos/accueillir/"))
        assert "Le film 88 octets Version légère 1,4 Mo Le son seul 21 ko" in said

    def test_files_that_are_gone_are_no_error(self, client, videos):
        media, picture = film(), poster()
        video(videos, media=media, poster=picture)
        media.file.storage.delete(media.file.name)
        picture.file.storage.delete(picture.file.name)
        html = read(client, "/videos/accueillir/")
        assert "poster=" not in html
        assert "Les chaises sont en rond." in html
        assert client.get(media.url).status_code == 404

    def test_a_draft_is_read_by_nobody(self, client, videos):
        video(videos, live=False)
        assert client.get("/videos/accueillir/").status_code == 404


class TestEmbed:
    def test_nothing_is_asked_of_another_site_before_a_click(self, client, videos):
        embedded(videos)
        response = client.get("/videos/accueillir/")
        html = response.content.decode()
        assert "<iframe" not in html
        assert "youtube-nocookie" not in html
        assert "frame-src" not in response["Content-Security-Policy"]
        assert "Rien ne lui a été demandé jusqu’ici" in texts(html)
        assert '<a class="button" href="?lecteur=oui#film"' in html
        assert f'<a href="{YOUTUBE}" rel="noreferrer">' in html

    def test_the_click_allows_one_frame_of_one_host_on_this_answer(self, client, videos):
        embedded(videos)
        response = client.get("/videos/accueillir/?lecteur=oui")
        assert (
            'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?' in response.content.decode()
        )
        policy = response["Content-Security-Policy"]
        assert "frame-src https://www.youtube-nocookie.com;" in f"{policy};"
        assert "default-src 'self';" in policy
        assert "script-src 'self';" in policy
        for other in ("/videos/", "/videos/accueillir/", "/videos/accueillir/?lecteur=non"):
            assert "youtube" not in client.get(other)["Content-Security-Policy"]

    def test_a_film_kept_here_opens_no_frame(self, client, videos):
        video(videos)
        response = client.get("/videos/accueillir/?lecteur=oui")
        assert "frame-src" not in response["Content-Security-Policy"]
        assert b"<iframe" not in response.content

    def test_the_pasted_transcript_is_read(self, client, videos):
        embedded(videos, pasted_transcript=f"{TRANSCRIPT} <b>", embed_seconds=370)
        html = read(client, "/videos/accueillir/")
        assert "<p>Paul\xa0: on lit le portrait. &lt;b&gt;</p>" in html
        assert "Durée 6 min 10 s" in texts(html)


class TestPlaylist:
    def test_videos_follow_the_phases_then_the_tree(self, client, videos):
        for slug, phase in (
            ("a", ""),
            ("b", "restitution"),
            ("c", "framing"),
            ("d", "restitution"),
        ):
            video(videos, title=f"Vidéo {slug}", slug=slug, phase=phase)
        listed = re.findall(r'<h3><a href="/videos/(\w)/"', read(client, "/videos/"))
        assert listed == ["c", "b", "d", "a"]
        html = texts(read(client, "/videos/d/"))
        assert "Vidéo suivante : Vidéo a" in html
        assert "Vidéo précédente : Vidéo b" in html
        assert "suivante" not in texts(read(client, "/videos/a/"))
        assert "précédente" not in texts(read(client, "/videos/c/"))

    def test_what_is_said_is_found_with_its_moment(self, client, videos):
        video(videos, title="Une", slug="une")
        embedded(videos, title="Deux", slug="deux")
        video(videos, title="Trois", slug="trois", live=False)
        html = read(client, "/videos/?q=portraits+jugé")
        assert "Rien ne répond" in html
        html = read(client, "/videos/?q=Portraits")
        assert re.findall(r'<h3><a href="([^"]+)"', html) == ["/videos/une/", "/videos/deux/"]
        assert '<a href="/videos/une/?t=12#film">0:12</a>' in html
        assert '<meta name="robots" content="noindex">' in html
        assert "1 vidéo où" in texts(read(client, "/videos/?q=personne"))

    def test_new_captions_are_found_and_the_old_are_not(self, client, videos):
        page = video(videos)
        keep_track(
            media=page.media,
            kind="captions",
            srclang="fr",
            content=CAPTIONS.replace("chaises", "tabourets"),
        )
        assert "/videos/accueillir/" in read(client, "/videos/?q=tabouret")
        assert "Rien ne répond" in read(client, "/videos/?q=chaises")

    @pytest.mark.parametrize("question", ["%00", "' OR 1=1 --", '"', "*", "a" * 5000, "🎬", " "])
    def test_any_question_has_an_answer(self, client, videos, question):
        video(videos)
        response = client.get("/videos/", {"q": question})
        assert response.status_code in (200, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_one_video_as_for_many(
    client, videos, count, django_assert_num_queries
):
    for number in range(count):
        fields = {"light_media": film(captions=""), "poster": poster()} if not number else {}
        media = film(chapters=CHAPTERS)
        video(videos, title=f"Vidéo {number}", slug=f"video-{number}", media=media, **fields)
    for address, queries in (("/videos/", 9), ("/videos/?q=chaises", 11), ("/videos/video-0/", 14)):
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_a_long_film_stays_light(client, videos):
    """An hour of speech: 900 captions."""
    cues = "\n".join(
        f"{n * 4 // 3600:02}:{n * 4 // 60 % 60:02}:{n * 4 % 60:02}.000 --> "
        f"{(n * 4 + 3) // 3600:02}:{(n * 4 + 3) // 60 % 60:02}:{(n * 4 + 3) % 60:02}.500\n"
        f"Phrase {n} dite à voix haute, avec {n * n % 97} mots de plus.\n"
        for n in range(900)
    )
    video(videos, media=film(captions=f"WEBVTT\n\n{cues}", duration=3600))
    typeface = asset_weight("/static/fonts/atkinson-hyperlegible-next.woff2")
    assert Screen(read(client, "/videos/accueillir/")).weight + typeface < 60_000


if HAS_SAMPLE_DATA:

    @pytest.mark.parametrize("name", ["wwa", "frenchsong"])
    def test_real_captions_make_a_page(client, videos, name):
        folder = SAMPLE_DATA_DIR / "sous-titres"
        captions = (folder / f"{name}_captions_fr.vtt").read_text(encoding="utf-8")
        chapters = (folder / f"{name}_chapters_fr.vtt").read_text(encoding="utf-8")
        video(videos, media=film(captions=captions, chapters=chapters))
        said = texts(read(client, "/videos/accueillir/"))
        assert "Introduction" in said
        assert {"wwa": "Narrateur Vous voulez ces gens.", "frenchsong": "J’ai faim"}[name] in said
