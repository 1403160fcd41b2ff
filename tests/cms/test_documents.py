"""Private by default, served only to who may read, always as an attachment."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse

from cms import document_access
from cms.models import SiteDocument

PDF = b"%PDF-1.7 essai"


@pytest.fixture
def document():
    document = SiteDocument(title="Procès-verbal", file=ContentFile(PDF, name="procès verbal.pdf"))
    document.save()
    return document


@pytest.fixture
def _published(document):
    document.is_private = False
    document.save()


@pytest.fixture
def rules(monkeypatch):
    monkeypatch.setattr(document_access, "_rules", [])


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_private_document_lies_in_the_private_storage(document):
    assert document.file.storage is storages["private"]
    assert storages["private"].exists(document.file.name)
    assert not storages["default"].exists(document.file.name)


def test_private_file_has_no_address(document):
    with pytest.raises(NotImplementedError):
        document.file.url  # noqa: B018


@pytest.mark.parametrize("method", ["get", "head"])
def test_stranger_and_anonymous_find_nothing(client, document, stranger, method):
    assert getattr(client, method)(document.url).status_code == 404
    client.force_login(stranger)
    assert getattr(client, method)(document.url).status_code == 404


def test_knowing_the_imprint_opens_nothing(client, document):
    etag = f'"{document.get_file_hash()}"'
    assert client.get(document.url, headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_documents_are_only_read(client, document, method):
    assert getattr(client, method)(document.url).status_code == 405


def test_who_sent_it_reads_it(client, document, stranger):
    document.uploaded_by_user = stranger
    document.save()
    client.force_login(stranger)
    response = client.get(document.url)
    assert body(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_a_registered_rule_opens_it(client, document, stranger, neighbour, rules):
    document_access.register_rule(lambda user, asked: user == stranger and asked == document)
    client.force_login(neighbour)
    assert client.get(document.url).status_code == 404
    client.force_login(stranger)
    assert body(client.get(document.url)) == PDF


def test_administrator_reads_it(admin_client, document):
    assert body(admin_client.get(document.url)) == PDF


def test_wrong_file_name_finds_nothing(admin_client, document):
    assert admin_client.get(f"/documents/{document.pk}/autre.pdf").status_code == 404


@pytest.mark.usefixtures("_published")
def test_publishing_moves_the_file(client, document, django_capture_on_commit_callbacks):
    assert document.file.storage is storages["default"]
    assert storages["default"].exists(document.file.name)
    response = client.get(document.url)
    assert body(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_old_copy_goes_with_the_commit(document, django_capture_on_commit_callbacks):
    old = document.file.name
    document.is_private = False
    with django_capture_on_commit_callbacks(execute=True):
        document.save()
    assert not storages["private"].exists(old)
    document.is_private = True
    public = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        document.save(update_fields=["is_private"])
    assert not storages["default"].exists(public)
    again = SiteDocument.objects.get(pk=document.pk)
    with again.file.open() as file:
        assert file.read() == PDF


def test_deleted_in_the_admin_its_file_goes_too(
    admin_client, document, django_capture_on_commit_callbacks
):
    name = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert response.status_code == 302
    assert not storages["private"].exists(name)


@pytest.mark.usefixtures("_published")
def test_published_document_has_no_second_door(client, document):
    assert client.get(f"/media/{document.file.name}").status_code == 404
