"""A film really plays: by keyboard, with its captions, from its chapters, and where one left it."""

import io
import re
import wave

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from consortium.demo.videos import create_videos
from tests.browser.sizes import PHONE
from tests.factories import UserFactory
from tests.factories.videos import embedded, film, video, video_list

FILM = "/videos/une-soiree-en-quatre-temps/"


@pytest.fixture
def videos(transactional_db):
    """On a live server: nothing is kept for the module."""
    parent = video_list()
    create_videos()
    return parent


def state(page: Page) -> dict:
    return page.evaluate(
        """() => { const film = document.getElementById("lecteur"); return {
            paused: film.paused, at: film.currentTime, error: film.error?.message ?? "",
            showing: [...film.textTracks].filter(t => t.mode === "showing").map(t => t.kind),
            said: [...film.textTracks].flatMap(
                t => t.kind === "captions" ? [...(t.activeCues ?? [])].map(c => c.text) : [])
        }; }"""
    )


def wait_until(page: Page, condition: str) -> None:
    page.wait_for_function(
        f'() => {{ const film = document.getElementById("lecteur"); return {condition}; }}'
    )


def jumped_to(seconds: int) -> str:
    """Not played until there: what was played last begins there."""
    return f"film.played.length && film.played.start(film.played.length - 1) >= {seconds}"


def test_a_visitor_watches_by_keyboard_and_comes_back(videos, page: Page, assert_accessible):
    page.goto("/trousse/tenir-la-rencontre/")
    page.get_by_role("link", name=re.compile("Voir la vidéo")).click()
    expect(page).to_have_url(re.compile(f"{FILM}$"))
    assert state(page)["paused"], "rien ne part tout seul"
    assert page.locator("#lecteur").evaluate("film => film.readyState") == 0, "rien n’est pris"
    assert state(page)["error"] == ""
    assert_accessible(page)

    player = page.locator("#lecteur")
    player.focus()
    page.keyboard.press("Space")
    wait_until(page, "!film.paused && film.currentTime > 1.6")
    now = state(page)
    assert now["showing"] == ["captions"]
    page.keyboard.press("Space")
    wait_until(page, "film.paused")
    assert "Les chaises sont en rond." in state(page)["said"][0]
    expect(page.locator(".chapters [aria-current]")).to_have_text(re.compile("Accueillir"))

    page.get_by_role("link", name=re.compile("Apprécier en silence")).first.focus()
    page.keyboard.press("Enter")
    wait_until(page, jumped_to(12))
    expect(player).to_be_focused()
    expect(page.locator(".chapters [aria-current]")).to_have_text(re.compile("Apprécier"))
    player.evaluate("film => film.pause()")
    wait_until(page, "film.paused")

    page.goto("/videos/")
    page.goto(FILM)
    resume = page.get_by_role("button", name=re.compile("Reprendre à 1[2-4]\\s?s"))
    expect(resume).to_be_visible()
    resume.focus()
    page.keyboard.press("Enter")
    wait_until(page, jumped_to(12))
    expect(resume).to_be_hidden()

    page.get_by_text("Lire tout ce qui est dit").click()
    page.locator(".transcript").get_by_role("link", name="Choisir un premier pas.").first.click()
    wait_until(page, jumped_to(18))


def test_without_a_script_a_chapter_opens_the_film_at_its_moment(videos, new_context):
    page = new_context(javascript=False, viewport=PHONE).new_page()
    page.goto(FILM)
    page.get_by_role("link", name=re.compile("Lire le portrait")).first.click()
    expect(page).to_have_url(re.compile(r"\?t=6#film$"))
    expect(page.locator("#lecteur source")).to_have_attribute("src", re.compile("#t=6$"))
    expect(page.get_by_role("button", name=re.compile("Reprendre"))).to_be_hidden()
    expect(page.locator(".chapters [aria-current]")).to_have_text(re.compile("Lire le portrait"))


def silence(seconds: int) -> bytes:
    output = io.BytesIO()
    with wave.open(output, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", "NONE"))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return output.getvalue()


def test_what_is_said_in_a_sound_is_written_below_it(videos, page: Page, assert_accessible):
    media = film(type="audio")
    media.file.save("son.wav", ContentFile(silence(20)))
    video(videos, title="Un son", slug="un-son", media=media)
    page.goto("/videos/un-son/")
    wait_until(page, "film.readyState >= 1")
    page.get_by_text("Lire tout ce qui est dit").click()
    page.get_by_role("link", name="On lit le portrait sans juger.").click()
    expect(page.locator(".film-said")).to_have_text("On lit le portrait sans juger.")
    page.locator("#lecteur").evaluate("film => film.pause()")
    assert_accessible(page)


def test_another_site_is_called_only_after_the_click(videos, new_context, assert_accessible):
    """What is outside is answered here: no test leaves the machine."""
    embedded(videos, title="Ailleurs", slug="ailleurs")
    context = new_context(viewport=PHONE)
    page = context.new_page()
    called: list[str] = []

    def answer(route) -> None:
        called.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<p>lecteur</p>")

    context.route(re.compile(r"youtube|vimeo|google"), answer)
    page.goto("/videos/ailleurs/")
    expect(page.get_by_text("Rien ne lui a été demandé jusqu’ici")).to_be_visible()
    assert_accessible(page)
    assert called == []
    page.get_by_role("link", name="Voir la vidéo sur YouTube").press("Enter")
    frame = page.frame_locator('iframe[title="Ailleurs, sur YouTube"]')
    expect(frame.get_by_text("lecteur")).to_be_visible()
    assert [url.split("?")[0] for url in called] == [
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    ]
    asked = [p for p in context.watched.problems if "youtube-nocookie" in p]
    assert context.watched.problems == asked != []
    context.watched.problems.clear()
    page.get_by_role("link", name="Fermer son lecteur").click()
    expect(page.get_by_text("Rien ne lui a été demandé jusqu’ici")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)


def test_an_editor_is_told_a_file_is_too_heavy_before_it_travels(
    videos, new_context, sign_in, settings
):
    settings.MEDIA_MAX_UPLOAD_SIZE = 1024**2
    context = new_context()
    sign_in(context, UserFactory(is_superuser=True, is_staff=True))
    page = context.new_page()
    page.goto("/admin/media/video/add/")
    heavy = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x" * (1024**2 + 1)}
    page.set_input_files("#id_file", heavy)
    expect(page.get_by_role("alert")).to_have_text(
        "Ce fichier est trop lourd (2 Mo): 1 Mo au plus. Il n’a pas été envoyé."
    )
    assert page.input_value("#id_file") == ""
    page.set_input_files("#id_file", heavy | {"buffer": b"x"})
    expect(page.get_by_role("alert")).to_have_count(0)
