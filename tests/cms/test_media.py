"""Public files, whole or in part, from the disk."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.byte_ranges import RangeNotSatisfiableError, parse_range

CONTENT = bytes(range(256)) * 10


@pytest.fixture
def name():
    return storages["default"].save("media/été à Vik.mp4", ContentFile(CONTENT))


def get(client, name, **headers):
    return client.get(f"/media/{name}", headers=headers)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_whole_file(client, name):
    response = get(client, name)
    assert body(response) == CONTENT
    assert response["Content-Length"] == "2560"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("asked", "expected", "header"),
    [
        ("bytes=0-9", CONTENT[:10], "bytes 0-9/2560"),
        ("bytes=2500-", CONTENT[2500:], "bytes 2500-2559/2560"),
        ("bytes=-5", CONTENT[-5:], "bytes 2555-2559/2560"),
        ("bytes=2559-9999", CONTENT[-1:], "bytes 2559-2559/2560"),
    ],
)
def test_part_of_a_file(client, name, asked, expected, header):
    response = get(client, name, Range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == header
    assert body(response) == expected


@pytest.mark.parametrize("asked", ["bytes=2560-", "bytes=9999-10000", "bytes=-0"])
def test_part_outside_the_file(client, name, asked):
    response = get(client, name, Range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */2560"


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "lignes=0-1", "bytes=0-1,4-5", "x"])
def test_nonsense_gets_the_whole_file(client, name, asked):
    response = get(client, name, Range=asked)
    assert response.status_code == 200
    assert body(response) == CONTENT


def test_head_sends_no_body(client, name):
    response = client.head(f"/media/{name}")
    assert response["Content-Length"] == "2560"
    assert body(response) == b""


@pytest.mark.parametrize(
    "path", ["rien.jpg", "../base.py", "media/../../base.py", "media/", "%2e%2e/base.py"]
)
def test_nothing_outside_is_reached(client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_media_are_only_read(client, name, method):
    assert getattr(client, method)(f"/media/{name}").status_code == 405


def test_anything_that_is_not_shown_is_an_attachment(client):
    name = storages["default"].save("media/page.html", ContentFile(b"<script>alert(1)</script>"))
    response = get(client, name)
    assert response["Content-Disposition"].startswith("attachment")


def test_parse_range_of_an_empty_file():
    assert parse_range("", 0) is None
    with pytest.raises(RangeNotSatisfiableError):
        parse_range("bytes=0-", 0)
