"""« Version adoptée »: the committee's own file, private unless shared and published in full."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from appreciation.interfaces.appraisal_archive import write_archive
from appreciation.models import AdoptedVersion
from core.word import WordDocument
from tests.factories import MembershipFactory
from tests.factories.adopted import adopted_appraisal

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def word_file() -> bytes:
    word = WordDocument(title="Rapport")
    word.title("Rapport adopté")
    return word.to_bytes()


@pytest.fixture
def adopted(lead):
    return adopted_appraisal(lead=lead)


@pytest.fixture
def url(adopted):
    return reverse("space:adopted_version", args=[adopted.reference])


@pytest.fixture
def team(client, lead):
    client.force_login(lead)
    return client


def joined(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(("name", "content"), [("Rapport.PDF", PDF), ("r.docx", word_file())])
def test_the_team_joins_it_and_reads_it_beside_the_report(team, adopted, url, name, content):
    response = team.post(url, {"file": joined(name, content)}, follow=True)

    version = adopted.adopted_versions.get()
    assert version.document.is_private
    assert not version.is_shared
    assert version.document.url in response.text
    assert b"".join(team.get(version.document.url)) == content
    assert (
        version.document.url in team.get(reverse("space:documents", args=[adopted.reference])).text
    )
    assert url in team.get(reverse("space:report", args=[adopted.reference])).text


def test_nobody_else_reads_it(team, adopted, url, client, neighbour):
    team.post(url, {"file": joined("r.pdf", PDF)})
    address = adopted.adopted_versions.get().document.url
    client.logout()
    assert client.get(address).status_code == 404
    client.force_login(neighbour)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("r.pdf", PDF.replace(b"%%EOF", b""), "Ce PDF est incomplet ou abîmé"),
        ("r.pdf", b"<html>", "Joignez un PDF ou un document Word (.docx)."),
        ("r.exe", PDF, "Joignez un PDF ou un document Word (.docx)."),
        ("r.docx", PDF, "Ce n’est pas un document Word .docx"),
        ("r.docx", word_file()[:2000], "Ce fichier Word est abîmé"),
        ("r.docx", b"\xd0\xcf\x11\xe0vieux", "C’est un ancien fichier .doc"),
        ("r.pdf", b"", "Ce fichier est vide"),
        ("r.pdf", b"%PDF-" + b"x" * (15 * 1024 * 1024), "Ce fichier dépasse 15 Mo"),
    ],
)
def test_another_kind_or_a_broken_file_is_refused_in_words(
    team, adopted, url, name, content, sentence
):
    response = team.post(url, {"file": joined(name, content)})

    assert sentence in "".join(response.context["form"].errors["file"])
    assert not adopted.adopted_versions.exists()


def test_it_waits_for_the_adoption(team, adopted, url):
    adopted.adopted_on, adopted.adopted_by = None, ""
    adopted.save()
    assert "Inscrivez d’abord qui a adopté le rapport" in team.get(url).text
    response = team.post(url, {"file": joined("r.pdf", PDF)})
    assert "Inscrivez d’abord" in response.text
    assert not AdoptedVersion.objects.exists()


def test_the_same_file_twice_is_one_and_another_keeps_the_former(team, adopted, url):
    team.post(url, {"file": joined("r.pdf", PDF)})
    team.post(url, {"file": joined("r.pdf", PDF), "is_shared": "on"})
    (only,) = adopted.adopted_versions.all()
    assert only.is_shared
    team.post(url, {"file": joined("r.docx", word_file())})
    newest, former = adopted.adopted_versions.all()
    assert former == only
    assert former.document.file.storage.exists(former.document.file.name)
    text = team.get(url).text
    assert text.index(newest.document.url) < text.index(former.document.url)


def test_sharing_is_chosen_again_without_a_file_but_never_before_one(team, adopted, url):
    response = team.post(url, {"is_shared": "on"})
    assert response.context["form"].errors == {"file": ["Choisissez le fichier à joindre."]}
    team.post(url, {"file": joined("r.pdf", PDF)})
    team.post(url, {"is_shared": "on"})
    assert adopted.adopted_versions.get().is_shared


def test_shared_it_is_read_by_everyone_with_the_full_edition_until_withdrawn(
    team, adopted, url, lead, client
):
    team.post(url, {"file": joined("r.pdf", PDF), "is_shared": "on"})
    edition = publish(appraisal=adopted, level=PublicationLevel.FULL, user=lead)
    address = adopted.adopted_versions.get().document.url
    client.logout()
    assert address in client.get(f"/demarches/{edition.slug}/").text
    assert b"".join(client.get(address)) == PDF
    withdraw(appraisal=adopted, user=lead, reason="Une erreur de nom.")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("why", ["not shared", "summary", "embargo"])
def test_it_stays_inside_when_it_is_not_shared_or_the_level_or_the_day_does_not_let_it(
    team, adopted, url, lead, client, why
):
    team.post(
        url, {"file": joined("r.pdf", PDF), **({} if why == "not shared" else {"is_shared": "on"})}
    )
    edition = publish(
        appraisal=adopted,
        level=PublicationLevel.SUMMARY if why == "summary" else PublicationLevel.FULL,
        embargo_until=timezone.now() + timezone.timedelta(days=3) if why == "embargo" else None,
        user=lead,
    )
    assert edition.document is None
    client.logout()
    assert client.get(adopted.adopted_versions.get().document.url).status_code == 404


def test_every_version_is_in_the_whole_copy(team, adopted, url):
    team.post(url, {"file": joined("r.pdf", PDF)})
    team.post(url, {"file": joined("r.docx", word_file())})
    buffer = io.BytesIO()
    write_archive(adopted, buffer)
    with zipfile.ZipFile(buffer) as archive:
        kept = [name for name in archive.namelist() if name.startswith("documents/")]
    assert sorted(name.rpartition(".")[2] for name in kept) == ["docx", "pdf"]


def test_an_observer_reads_without_the_form(client, adopted, url, stranger):
    MembershipFactory(appraisal=adopted, user=stranger, role="observer")
    client.force_login(stranger)
    assert '<form class="form' not in client.get(url).text


def test_versions_are_listed_in_one_query(team, adopted, url):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            team.get(url)
        return len(queries)

    team.post(url, {"file": joined("r.pdf", PDF)})
    team.get(url)
    one = asked()
    for number in range(2):
        team.post(url, {"file": joined("r.pdf", PDF + b"%" * number + b"%%EOF")})
    team.get(url)
    assert adopted.adopted_versions.count() == 3
    assert asked() == one
