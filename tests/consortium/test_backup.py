"""A backup put back is equal in rows, numbers and files, on SQLite as on PostgreSQL."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.search.models import IndexEntry

from accounts.models import Invitation, User
from cms.models import SiteDocument, SiteImage
from core.backups import files, tables
from tests import hostile_files
from tests.factories import AppraisalFactory, MembershipFactory, SeatFactory, UserFactory


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Storages of this test alone: a restore empties them."""
    for alias in ("default", "private"):
        options = settings.STORAGES[alias]["OPTIONS"] | {"location": tmp_path / alias}
        settings.STORAGES = settings.STORAGES | {
            alias: settings.STORAGES[alias] | {"OPTIONS": options}
        }


@pytest.fixture
def work():
    """A little of everything: people, a démarche, a meeting, files in both storages."""
    membership = MembershipFactory(appraisal=AppraisalFactory())
    SeatFactory()
    SiteImage(title="Été", file=ContentFile(hostile_files.picture(), name="été.jpg")).save()
    SiteDocument(title="PV", file=ContentFile(b"%PDF-1.7", name="procès verbal.pdf")).save()
    # The highest number given is higher than the highest row: it must not be given again.
    UserFactory(username="partie").delete()
    return membership


def everything() -> dict[str, list[str]]:
    return {
        model._meta.db_table: list(tables.rows_as_lines(model)) for model in tables.kept_models()
    }


def all_files() -> dict[str, bytes]:
    found = {}
    for alias in files.ALIASES:
        for name in files.stored_names(alias):
            with storages[alias].open(name) as file:
                found[f"{alias}/{name}"] = file.read()
    return found


def run(*arguments) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def test_restored_site_is_equal(work, tmp_path):
    before = everything(), tables.read_sequences(), all_files()
    assert len(before[0]["accounts_user"]) >= 1
    assert len(before[2]) == 2
    said = run("backup", str(tmp_path / "sauvegarde"))
    assert "2 fichiers" in said
    User.objects.all().delete()
    UserFactory(username="intruse")
    SiteDocument.objects.all().delete()
    storages["default"].save("original_images/intrus.jpg", ContentFile(b"x"))
    run("restore", str(tmp_path / "sauvegarde"), "--remplacer", "--sans-purge")
    assert (everything(), tables.read_sequences(), all_files()) == before


def test_next_numbers_go_on(work, tmp_path):
    run("backup", str(tmp_path / "sauvegarde"))
    next_one = UserFactory().pk
    run("restore", str(tmp_path / "sauvegarde"), "--remplacer")
    assert UserFactory().pk == next_one


def test_restore_refuses_a_site_with_people(work, tmp_path):
    run("backup", str(tmp_path / "sauvegarde"))
    before = everything()
    with pytest.raises(CommandError, match="--remplacer"):
        run("restore", str(tmp_path / "sauvegarde"))
    assert everything() == before


def test_damaged_backup_changes_nothing(work, tmp_path):
    folder = tmp_path / "sauvegarde"
    run("backup", str(folder))
    before = everything(), all_files()
    with (folder / "tables" / "accounts_user.jsonl").open("a") as file:
        file.write("[]\n")
    with pytest.raises(CommandError, match="abîmée: accounts_user"):
        run("restore", str(folder), "--remplacer")
    assert (everything(), all_files()) == before


def test_incomplete_backup_changes_nothing(work, tmp_path):
    folder = tmp_path / "sauvegarde"
    run("backup", str(folder))
    next((folder / "files" / "default" / "original_images").iterdir()).unlink()
    with pytest.raises(CommandError, match="incomplète"):
        run("restore", str(folder), "--remplacer")


def test_backup_of_another_version_is_refused(work, tmp_path):
    folder = tmp_path / "sauvegarde"
    run("backup", str(folder))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].append("accounts.9999_future")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match="autre version"):
        run("restore", str(folder), "--remplacer")


def test_backup_made_before_migrations_were_squashed_is_restored(work, tmp_path):
    folder = tmp_path / "sauvegarde"
    run("backup", str(folder))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].remove("appreciation.0001_squashed_0035_synthesis_pages")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    before = everything()
    run("restore", str(folder), "--remplacer")
    assert everything() == before
    manifest["migrations"].remove("appreciation.0034_group_tallies")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match="autre version"):
        run("restore", str(folder), "--remplacer")


def test_not_a_backup_is_refused(tmp_path):
    with pytest.raises(CommandError, match="ne contient pas de sauvegarde"):
        run("restore", str(tmp_path))


def test_backup_never_writes_over_another(work, tmp_path):
    run("backup", str(tmp_path / "sauvegarde"))
    with pytest.raises(CommandError, match="pas un dossier vide"):
        run("backup", str(tmp_path / "sauvegarde"))


def test_interrupted_backup_does_not_look_whole(work, tmp_path, monkeypatch):
    def full(alias, folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "copy_out", full)
    with pytest.raises(CommandError, match="pas pu être écrite"):
        run("backup", str(tmp_path / "sauvegarde"))
    assert not (tmp_path / "sauvegarde").exists()


def test_backup_holds_no_session(admin_client, work, tmp_path):
    run("backup", str(tmp_path / "sauvegarde"))
    written = {path.stem for path in (tmp_path / "sauvegarde" / "tables").iterdir()}
    assert "django_session" not in written
    assert "accounts_user" in written


def test_what_is_due_is_erased_again_after_a_restore(work, tmp_path):
    Invitation.objects.create(
        email="noe@exemple.org", token_hash="x", expires_at=timezone.now() - timedelta(days=31)
    )
    run("backup", str(tmp_path / "sauvegarde"))
    assert "Invitations finies: 1" in run("purge_personal_data")
    said = run("restore", str(tmp_path / "sauvegarde"), "--remplacer")
    assert "Invitations finies: 1" in said
    assert not Invitation.objects.exists()


def test_restore_that_fails_half_way_leaves_rows_and_files_as_they_were(
    work, tmp_path, monkeypatch
):
    """A disk that fills up between two files: the site is what it was before the try."""
    folder = tmp_path / "sauvegarde"
    run("backup", str(folder))
    [image] = SiteImage.objects.all()
    storages["default"].delete(image.file.name)
    storages["default"].save(image.file.name, ContentFile(b"autre contenu"))
    storages["default"].save("original_images/neuve.jpg", ContentFile(b"x"))
    UserFactory(username="arrivee-depuis")
    SiteDocument.objects.all().delete()
    for name in list(files.stored_names("private")):
        storages["private"].delete(name)
    before = everything(), all_files()
    save = type(storages["private"]).save

    def full(self, name, content, *args, **kwargs):
        if name.startswith("documents-prives/"):
            raise OSError(28, "No space left on device")
        return save(self, name, content, *args, **kwargs)

    monkeypatch.setattr(type(storages["private"]), "save", full)
    with pytest.raises(CommandError, match="Rien n’a été remis en place"):
        run("restore", str(folder), "--remplacer")
    assert (everything(), all_files()) == before


def test_file_whose_content_changed_is_put_back(work, tmp_path):
    run("backup", str(tmp_path / "sauvegarde"))
    before = all_files()
    [image] = SiteImage.objects.all()
    storages["default"].delete(image.file.name)
    storages["default"].save(image.file.name, ContentFile(b"autre contenu"))
    run("restore", str(tmp_path / "sauvegarde"), "--remplacer")
    assert all_files() == before


def test_private_documents_stay_private_after_a_restore(work, tmp_path, client):
    run("backup", str(tmp_path / "sauvegarde"))
    SiteDocument.objects.all().delete()
    run("restore", str(tmp_path / "sauvegarde"), "--remplacer")
    document = SiteDocument.objects.get()
    assert set(files.stored_names("private")) == {document.file.name}
    assert client.get(document.url).status_code == 404


def test_search_index_is_made_again(work, tmp_path):
    def is_indexed(model) -> bool:
        return IndexEntry.objects.filter(content_type__model=model._meta.model_name).exists()

    run("backup", str(tmp_path / "sauvegarde"))
    SiteImage.objects.all().delete()
    assert not is_indexed(SiteImage)
    run("restore", str(tmp_path / "sauvegarde"), "--remplacer")
    assert is_indexed(SiteImage)
    assert is_indexed(SiteDocument)
