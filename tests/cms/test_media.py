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


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}])
def test_head_sends_no_body(client, name, headers):
    """A range means nothing to HEAD (RFC 9110 §14.2)."""
    response = client.head(f"/media/{name}", headers=headers)
    assert response.status_code == 200
    assert response["Content-Length"] == "2560"
    assert response["Accept-Ranges"] == "bytes"
    assert body(response) == b""


def test_a_film_is_gone_on_with_only_while_it_is_the_same(client, name):
    whole = get(client, name)
    for proof in (whole["ETag"], whole["Last-Modified"]):
        assert get(client, name, **{"Range": "bytes=5-9", "If-Range": proof}).status_code == 206
    for doubt in ('"autre"', "W/" + whole["ETag"], "Mon, 01 Jan 2024 00:00:00 GMT", "x"):
        response = get(client, name, **{"Range": "bytes=5-9", "If-Range": doubt})
        assert response.status_code == 200
        assert body(response) == CONTENT
    impossible = get(client, name, **{"Range": "bytes=9999-", "If-Range": '"autre"'})
    assert impossible.status_code == 200


def test_what_a_browser_holds_is_not_sent_again(client, name):
    whole = get(client, name)
    for headers in (
        {"If-None-Match": whole["ETag"]},
        {"If-Modified-Since": whole["Last-Modified"]},
    ):
        response = get(client, name, **headers)
        assert (response.status_code, response["ETag"]) == (304, whole["ETag"])
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert get(client, name, **{"If-None-Match": '"autre"'}).status_code == 200


def test_another_content_under_the_same_name_has_another_imprint(client, name):
    before = get(client, name)["ETag"]
    storages["default"].delete(name)
    assert storages["default"].save(name, ContentFile(CONTENT + b"x")) == name
    assert get(client, name)["ETag"] != before


def test_a_folder_is_no_file(client, name):
    assert client.get("/media/media").status_code == 404


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


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [("0", "9" * 5000, (0, 9)), ("", "9" * 5000, (0, 9)), ("2", "9" * 19, (2, 9))],
)
def test_a_number_of_thousands_of_digits_is_past_the_end(first, last, part):
    assert parse_range(f"bytes={first}-{last}", 10) == part


@pytest.mark.parametrize("asked", ["9" * 5000 + "-", "9" * 5000 + "-" + "9" * 6000])
def test_nothing_begins_at_a_number_of_thousands_of_digits(asked):
    with pytest.raises(RangeNotSatisfiableError):
        parse_range(f"bytes={asked}", 10)
