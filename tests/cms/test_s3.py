"""Public media and private documents in two buckets of a real S3 server that checks signatures."""

import io
from urllib.error import HTTPError
from urllib.request import urlopen

import environ
import pytest
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.models import SiteDocument, SiteImage
from consortium.settings.storages import storages_from_env
from tests import hostile_files
from tests.services_s3 import MEDIA, PRIVATE, running_s3

pytestmark = pytest.mark.s3

PDF = b"%PDF-1.7 essai"
FILM = bytes(range(256)) * 4096  # 1 MB


@pytest.fixture(scope="module")
def server():
    with running_s3() as running:
        yield running


@pytest.fixture(autouse=True)
def buckets(server, settings, monkeypatch, tmp_path):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = storages_from_env(
        environ.Env(), media_root=tmp_path / "a", private_root=tmp_path / "b"
    )
    return storages


def names(server, bucket) -> set[str]:
    listed = server.client().list_objects_v2(Bucket=bucket)
    return {entry["Key"] for entry in listed.get("Contents", [])}


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_server_checks_signatures(server):
    with pytest.raises(ClientError, match=r"Signature|Denied|Forbidden"):
        server.client(secret="un-autre-secret").list_objects_v2(Bucket=MEDIA)


def test_image_is_uploaded_rendered_and_served_by_us(admin_client, client, server):
    file = SimpleUploadedFile("été à Vik.jpg", hostile_files.picture(size=(200, 100)))
    admin_client.post("/admin/images/add/", {"title": "Été", "file": file})
    image = SiteImage.objects.get()
    assert image.file.name in names(server, MEDIA)
    rendition = image.get_rendition("width-50")
    assert rendition.url.startswith("/media/images/")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert body(response)[:2] == b"\xff\xd8"


def test_accents_and_spaces_in_names_survive(client):
    name = storages["default"].save("media/Été à l’île – nº 1.mp4", ContentFile(b"abc"))
    response = client.get(storages["default"].url(name))
    assert body(response) == b"abc"


def test_part_of_a_film(client):
    name = storages["default"].save("media/film.mp4", ContentFile(FILM))
    response = client.get(f"/media/{name}", headers={"Range": "bytes=1000-1999"})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes 1000-1999/{len(FILM)}"
    assert body(response) == FILM[1000:2000]
    whole = client.get(f"/media/{name}")
    assert body(whole) == FILM


def test_a_film_is_wound_as_from_the_disk(client):
    name = storages["default"].save("media/film.mp4", ContentFile(FILM))
    whole = client.head(f"/media/{name}")
    assert (whole["Content-Length"], whole["Accept-Ranges"]) == (str(len(FILM)), "bytes")
    assert body(whole) == b""

    def ask(**headers):
        return client.get(
            f"/media/{name}", headers={k.replace("_", "-"): headers[k] for k in headers}
        )

    last = ask(Range="bytes=-7", If_Range=whole["ETag"])
    assert (last.status_code, body(last)) == (206, FILM[-7:])
    assert ask(Range="bytes=0-1", If_Range=whole["Last-Modified"]).status_code == 206
    changed = ask(Range="bytes=0-1", If_Range='"autre"')
    assert (changed.status_code, body(changed)) == (200, FILM)
    several = ask(Range="bytes=0-1,4-5")
    assert (several.status_code, body(several)) == (200, FILM)
    outside = ask(Range=f"bytes={len(FILM)}-")
    assert (outside.status_code, outside["Content-Range"]) == (416, f"bytes */{len(FILM)}")
    assert ask(If_None_Match=whole["ETag"]).status_code == 304


def test_large_upload_in_several_parts(client):
    content = FILM * 9
    name = storages["default"].save("media/long.mp4", ContentFile(content))
    response = client.get(f"/media/{name}", headers={"Range": "bytes=-10"})
    assert body(response) == content[-10:]


def test_missing_media_is_not_found(client):
    assert client.get("/media/media/rien.mp4").status_code == 404


@pytest.fixture
def document(stranger):
    document = SiteDocument(
        title="Procès-verbal",
        uploaded_by_user=stranger,
        file=ContentFile(PDF, name="procès verbal.pdf"),
    )
    document.save()
    return document


def test_private_document_is_reached_by_no_anonymous_way(client, server, document):
    assert document.file.name in names(server, PRIVATE)
    assert document.file.name not in names(server, MEDIA)
    assert client.get(document.url).status_code == 404
    assert client.get(f"/media/{document.file.name}").status_code == 404
    with pytest.raises(HTTPError) as refusal:
        urlopen(  # noqa: S310  our own loopback address
            f"{server.url}/{PRIVATE}/{document.file.name.split('/')[0]}/", timeout=10
        )
    assert refusal.value.code in (403, 404)
    refusal.value.close()
    with pytest.raises(NotImplementedError):
        document.file.url  # noqa: B018


def test_private_document_is_downloaded_by_who_sent_it(client, document, stranger):
    client.force_login(stranger)
    response = client.get(document.url)
    assert body(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"


def test_publishing_moves_the_file_to_the_other_bucket(
    client, server, document, django_capture_on_commit_callbacks
):
    old = document.file.name
    document.is_private = False
    with django_capture_on_commit_callbacks(execute=True):
        document.save()
    assert old not in names(server, PRIVATE)
    assert document.file.name in names(server, MEDIA)
    assert body(client.get(document.url)) == PDF


def test_what_is_deleted_in_the_admin_leaves_the_buckets(
    admin_client, server, document, django_capture_on_commit_callbacks
):
    image = SiteImage(title="Quai", file=ContentFile(hostile_files.picture(), name="quai.jpg"))
    image.save()
    stored = [document.file.name, image.file.name, image.get_rendition("width-30").file.name]
    assert {*stored} <= names(server, PRIVATE) | names(server, MEDIA)
    for address in (
        reverse("wagtaildocs:delete", args=[document.pk]),
        reverse("wagtailimages:delete", args=[image.pk]),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            assert admin_client.post(address).status_code == 302
    assert not {*stored} & (names(server, PRIVATE) | names(server, MEDIA))


def test_storage_away_is_a_form_error_and_a_degraded_site(
    admin_client, client, settings, monkeypatch, tmp_path
):
    monkeypatch.setenv("S3_ENDPOINT_URL", "http://127.0.0.1:1")
    settings.STORAGES = storages_from_env(
        environ.Env(), media_root=tmp_path / "a", private_root=tmp_path / "b"
    )
    file = SimpleUploadedFile("a.jpg", hostile_files.picture())
    response = admin_client.post("/admin/images/add/", {"title": "Essai", "file": file})
    assert response.status_code == 200
    assert "ne répond pas" in response.context["form"].errors["file"][0]
    assert client.get("/media/media/a.jpg").status_code == 503
    checks = client.get("/sante/").json()["checks"]
    assert checks["storage"] == checks["private_storage"] == "failed"
    assert checks["database"] == "ok"


def test_document_read_back_is_what_was_sent(document):
    with storages["private"].open(document.file.name) as file:
        assert io.BytesIO(file.read()).getvalue() == PDF


def test_backup_and_restore_go_through_the_buckets(server, document, tmp_path):
    storages["default"].save("media/film.mp4", ContentFile(FILM))
    before = {bucket: names(server, bucket) for bucket in (MEDIA, PRIVATE)}
    call_command("backup", str(tmp_path / "sauvegarde"))
    storages["private"].delete(document.file.name)
    storages["default"].save("media/intrus.mp4", ContentFile(b"x"))
    call_command("restore", str(tmp_path / "sauvegarde"), "--remplacer", "--sans-purge")
    assert {bucket: names(server, bucket) for bucket in (MEDIA, PRIVATE)} == before
    with storages["private"].open(document.file.name) as file:
        assert file.read() == PDF


def test_backup_with_the_storage_away_is_refused_in_words(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("S3_ENDPOINT_URL", "http://127.0.0.1:1")
    settings.STORAGES = storages_from_env(
        environ.Env(), media_root=tmp_path / "a", private_root=tmp_path / "b"
    )
    with pytest.raises(CommandError, match="pas pu être écrite"):
        call_command("backup", str(tmp_path / "sauvegarde"))
    assert not (tmp_path / "sauvegarde").exists()
