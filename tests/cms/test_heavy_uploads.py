"""Too heavy, empty, cut short: said in French, nothing half-written."""

import io
import re

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from cms.models import MediaFile
from consortium.wsgi import application
from core.whole_body import CutShortError, WholeBody, WholeBodyApplication
from tests import hostile_files

ADD = "/admin/media/video/add/"
TWO_GIGABYTES = 2 * 1024**3
BOUNDARY = "limite"


class Unread(io.BytesIO):
    """Two gigabytes that nobody should ask for."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("lu avant d’être pesé")


def post_body(token: str, film: bytes) -> bytes:
    parts = {"csrfmiddlewaretoken": token, "title": "Essai", "duration": "2"}
    text = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    head = 'Content-Disposition: form-data; name="file"; filename="film.mp4"'
    return (
        f"{text}--{BOUNDARY}\r\n{head}\r\nContent-Type: video/mp4\r\n\r\n".encode()
        + film
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )


def send_raw(client: Client, body, length: int) -> HttpResponse:
    """A request as gunicorn gives it: a length announced, and a body that may end before."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": ADD,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "HTTP_COOKIE": cookies,
        "HTTP_ORIGIN": "http://testserver",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": body,
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    whole = WholeBodyApplication(lambda environ, start_response: client.handler(environ))
    response = whole(environ, None)
    request_finished.disconnect(close_old_connections)  # as Django's own client does
    response.close()
    request_finished.connect(close_old_connections)
    return response


@pytest.fixture
def token(admin_client) -> str:
    """Of a form that she opened: the cookie is in her client, the field in the page."""
    admin_client.handler.enforce_csrf_checks = True
    html = admin_client.get(ADD).content.decode()
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html).group(1)


def stored_films() -> set[str]:
    folder = storages["default"]
    return set(folder.listdir("media")[1]) if folder.exists("media") else set()


@pytest.fixture
def already_there() -> set[str]:
    return stored_films()


def test_two_gigabytes_are_refused_unread_in_french(admin_client, token):
    response = send_raw(admin_client, Unread(), TWO_GIGABYTES)
    assert response.status_code == 413
    assert "C’est trop lourd" in response.content.decode()
    assert "Un fichier pèse 300 Mo au plus." in response.content.decode()


def test_a_film_over_the_limit_is_an_error_of_its_field(admin_client, settings, already_there):
    settings.MEDIA_MAX_UPLOAD_SIZE = 50
    file = SimpleUploadedFile("film.mp4", hostile_files.tiny_film())
    response = admin_client.post(ADD, {"title": "Essai", "file": file, "duration": "2"})
    assert "Ce fichier est trop lourd" in response.context["form"].errors["file"][0]
    assert stored_films() == already_there


def test_an_empty_film_is_an_error_of_its_field(admin_client):
    file = SimpleUploadedFile("film.mp4", b"")
    response = admin_client.post(ADD, {"title": "Essai", "file": file, "duration": "2"})
    assert "vide" in response.context["form"].errors["file"][0]
    assert not MediaFile.objects.exists()


def test_a_whole_film_arrives(admin_client, token):
    film = hostile_files.tiny_film() + b"\x00" * 3_000_000
    body = post_body(token, film)
    assert send_raw(admin_client, io.BytesIO(body), len(body)).status_code == 302
    assert MediaFile.objects.get().file_size == len(film)


@pytest.mark.parametrize("kept", [100, 3_000, 2_900_000])
def test_a_film_cut_short_is_not_kept_by_half(
    admin_client, token, already_there, settings, tmp_path, kept
):
    """The line is cut in the middle: no row, no file, no file waiting in a corner."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    body = post_body(token, hostile_files.tiny_film() + b"\x00" * 3_000_000)
    assert send_raw(admin_client, io.BytesIO(body[:kept]), len(body)).status_code == 403
    assert not MediaFile.objects.exists()
    assert stored_films() == already_there
    assert list(tmp_path.iterdir()) == []


class TestWholeBody:
    def test_it_gives_what_was_announced_and_no_more(self):
        body = WholeBody(io.BytesIO(b"un\ndeux\nsuivante"), 8)
        assert (body.readline(), body.read(2), body.read(), body.read(5)) == (
            b"un\n",
            b"de",
            b"ux\n",
            b"",
        )

    @pytest.mark.parametrize("method", ["read", "readline"])
    def test_an_early_end_is_an_error(self, method):
        body = WholeBody(io.BytesIO(b"abc"), 10)
        assert getattr(body, method)() == b"abc"
        with pytest.raises(CutShortError):
            getattr(body, method)()


def test_the_server_takes_bodies_whole():
    assert isinstance(application, WholeBodyApplication)


def test_the_limit_is_a_setting_and_the_scale_comes_first():
    assert settings.MEDIA_MAX_UPLOAD_SIZE == 300 * 1024 * 1024
    assert settings.FILE_UPLOAD_HANDLERS[0] == "core.uploads.WeighedUploadHandler"
