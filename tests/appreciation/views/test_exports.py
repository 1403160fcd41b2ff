"""The whole copy: for the asker alone, an hour by link, a day in all, whole or not at all."""

import csv
import datetime as dt
import io
import json
import re
import zipfile

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from appreciation.domain import exports
from appreciation.domain.exports import ask_for_export, make_exports, sign_link
from appreciation.domain.outcomes import OutcomeDraft, record_outcome
from appreciation.domain.publications import publish
from appreciation.interfaces.appraisal_archive import lost_words, write_archive
from appreciation.interfaces.documents.making import run_exports, write_job
from appreciation.models import (
    CheckIn,
    DiscussionTable,
    ExportJob,
    FacilitatorReview,
    Follower,
    LocalFact,
    MessageSent,
    OtherConsultation,
    PortraitFigure,
    RoomQuestion,
    RoomWord,
    TableRating,
)
from core.errors import DomainError
from core.purges import run_purges
from tests.factories import MembershipFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.invitees import InviteeFactory
from tests.factories.outcomes import ActionFactory
from tests.factories.register import PDF

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _private(private_files):
    """What the worker makes stays in a folder of the test."""


@pytest.fixture
def whole(lead):
    """A démarche with something of everything, hostile texts among them."""
    appraisal = adopted_appraisal(lead=lead, requested_by="=1+1 <script>alert(1)</script>")
    appraisal.contact_name = "Réjeanne Répondante"
    appraisal.contact_email, appraisal.contact_phone = "rejeanne@exemple.org", "819 555-0199"
    appraisal.save()
    ActionFactory(appraisal=appraisal, title="Covoiturage du jeudi")
    CheckIn.objects.create(appraisal=appraisal, months=3, due_on="2027-01-15", token="secret-3")
    draft = OutcomeDraft(
        kind="outcome",
        happened_on=dt.date(2026, 11, 10),
        words="Un marché a ouvert.",
        evidence=ContentFile(PDF, name="Preuve été.pdf"),
    )
    record_outcome(appraisal=appraisal, user=lead, draft=draft)
    FacilitatorReview.objects.create(appraisal=appraisal, advice="Prévoir du café.", hours="41.5")
    Follower.objects.create(
        appraisal=appraisal, email="abonnee@exemple.org", asked_at=timezone.now()
    )
    publish(appraisal=appraisal, level="summary", user=lead)
    return appraisal


@pytest.fixture
def archive(whole):
    file = io.BytesIO()
    write_archive(whole, file)
    return zipfile.ZipFile(file)


@pytest.fixture
def ready(whole, lead):
    ask_for_export(appraisal=whole, user=lead)
    run_exports(timezone.now())
    return ExportJob.objects.get()


def page(appraisal) -> str:
    return reverse("space:export", args=[appraisal.reference])


def link(job, signed=None) -> str:
    args = [job.appraisal.reference, signed or sign_link(job)]
    return reverse("space:export_file", args=args)


def taken(client, address) -> bool:
    """Whether the whole file came."""
    response = client.get(address)
    return response.status_code == 200 and b"".join(response).startswith(b"PK")


def kept_files() -> list[str]:
    try:
        return storages["private"].listdir("exports")[1]
    except FileNotFoundError:
        return []


def test_the_copy_reads_offline(archive):
    assert archive.testzip() is None
    names = set(archive.namelist())
    assert {"index.html", "rapport.html", "demarche.json", "tableaux/action.csv"} <= names
    for name in ("index.html", "rapport.html"):
        text = archive.read(name).decode()
        targets = re.findall(r'(?:href|src)="([^"#]+)"', text)
        assert [one for one in targets if one not in names] == []
        assert "<script" not in text
        assert 'lang="fr-CA"' in text
    index = archive.read("index.html").decode()
    for words in ("Covoiturage du jeudi", "Prévoir du café.", "Un marché a ouvert.", "41.5"):
        assert words in index
    assert "&lt;script&gt;" in index


def test_its_tables_and_json_say_the_same(archive):
    text = archive.read("tableaux/action.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["action"] for row in rows] == ["Covoiturage du jeudi"]
    content = json.loads(archive.read("demarche.json"))
    assert content["tables"]["action"][0]["title"] == "Covoiturage du jeudi"
    assert content["tables"]["outcome"][0]["happened_on"] == "2026-11-10"
    assert content["publications"][0]["level"] == "summary"
    assert "'=1+1 " in archive.read("tableaux/appraisal.csv").decode()


def test_documents_are_in_it_whole(archive):
    (name,) = [name for name in archive.namelist() if name.startswith("documents/")]
    assert re.fullmatch(r"documents/\d+-retombee-[a-z0-9-]+\.pdf", name)
    assert archive.read(name) == PDF


def lose_file(appraisal) -> str:
    """The evidence of its outcome leaves the storage behind the site's back; its title."""
    document = appraisal.outcomes.get().evidence_document
    document.file.storage.delete(document.file.name)
    return document.title


def test_a_file_that_is_lost_is_named_and_all_the_rest_is_in_it(client, lead, whole):
    title = lose_file(whole)
    ask_for_export(appraisal=whole, user=lead)
    run_exports(timezone.now())
    job = ExportJob.objects.get()
    assert job.state == "ready"
    assert job.words == (
        "Un fichier manque dans cette copie, car le serveur ne le retrouve plus: "
        f"{title}. Dites-le à l’administration du site."
    )
    with exports.open_export(job) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if name.startswith("documents/")]
        index = archive.read("index.html").decode()
        assert f"<li>Fichier manquant&nbsp;: {title}</li>" in index
        assert "Le serveur ne retrouve plus ce fichier." in index
        assert "Covoiturage du jeudi" in index
        assert {"rapport.html", "tableaux/outcome.csv"} <= set(archive.namelist())
        content = json.loads(archive.read("demarche.json"))
        assert content["lost_files"] == [title]
        assert content["tables"]["outcome"][0]["happened_on"] == "2026-11-10"
    client.force_login(lead)
    text = client.get(page(whole)).text
    assert "Cette copie n’est pas entière." in text
    assert title in text
    assert taken(client, link(job))


def test_several_lost_files_are_counted_on_screen_and_named_in_the_copy():
    assert lost_words(()) == ""
    assert lost_words(("Preuve", "Portrait")).startswith("2 fichiers manquent dans cette copie")
    assert len(lost_words(("t" * 500,))) <= 300
    assert "plus: Le lac. Dites-le" in lost_words(("Le lac.",))


def test_a_copy_that_lacks_nothing_says_nothing_of_it(client, lead, whole, archive, ready):
    assert "Fichier manquant" not in archive.read("index.html").decode()
    assert json.loads(archive.read("demarche.json"))["lost_files"] == []
    client.force_login(lead)
    assert ready.words == ""
    assert "n’est pas entière" not in client.get(page(whole)).text


def test_what_hangs_on_it_from_afar_is_in_it(whole):
    """Portrait, consultations, lessons, tables, words: read back, each whole."""
    PortraitFigure.objects.create(
        appraisal=whole, label="Habitants", value="moins de 5", year=2021, source="Recensement"
    )
    LocalFact.objects.create(appraisal=whole, kind="school", words="École ouverte")
    OtherConsultation.objects.create(
        appraisal=whole, title="Politique familiale", organizer="La ville", month="2026-05-01"
    )
    whole.lessons = "Commencer par le souper."
    whole.save()
    meeting = whole.meetings.get()
    item = meeting.instrument.instrument_dimensions.first().items.first()
    table = DiscussionTable.objects.create(meeting=meeting, number=4)
    TableRating.objects.create(table=table, item=item, level=2, note="Le quai")
    question = RoomQuestion.objects.create(meeting=meeting, text="Un mot?")
    RoomWord.objects.create(question=question, text="La brume", key="canari-cle", state="shown")
    tables = tables_read(whole)
    assert [row["value"] for row in tables["portraitfigure"]] == ["moins de 5"]
    assert [row["source"] for row in tables["portraitfigure"]] == ["Recensement"]
    assert [row["words"] for row in tables["localfact"]] == ["École ouverte"]
    assert [row["organizer"] for row in tables["otherconsultation"]] == ["La ville"]
    assert [row["lessons"] for row in tables["appraisal"]] == ["Commencer par le souper."]
    assert [row["note"] for row in tables["tablerating"]] == ["Le quai"]
    assert [row["text"] for row in tables["roomword"]] == ["La brume"]
    assert "canari-cle" not in json.dumps(tables)


def test_another_demarche_that_does_it_again_is_not_in_it(whole, neighbour):
    other = MembershipFactory(user=neighbour).appraisal
    other.previous, other.contact_name = whole, "Canari Voisin"
    other.save()
    (row,) = tables_read(whole)["appraisal"]
    assert row["reference"] == whole.reference
    assert "Canari Voisin" not in json.dumps(tables_read(whole))


def test_nobody_invited_is_named_by_what_was_sent_to_her(whole):
    invitee = InviteeFactory(appraisal=whole, name="Canari Invitée")
    MessageSent.objects.create(invitee=invitee, kind="reminder")
    assert "Canari Invitée" not in json.dumps(tables_read(whole))


def tables_read(appraisal) -> dict:
    file = io.BytesIO()
    write_archive(appraisal, file)
    return json.loads(zipfile.ZipFile(file).read("demarche.json"))["tables"]


def test_nobody_s_address_nor_any_key_is_in_it(archive):
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in ("rejeanne@exemple.org", "819 555-0199", "abonnee@exemple.org", "secret-3"):
        assert secret.encode() not in everything
    assert "Réjeanne Répondante".encode() in everything
    tables = json.loads(archive.read("demarche.json"))["tables"]
    assert not {"rating", "seat", "follower", "exportjob", "draft", "membership"} & set(tables)


def test_asked_made_and_taken(client, lead, whole):
    client.force_login(lead)
    assert "Préparer la copie" in client.get(page(whole)).text
    client.post(page(whole))
    client.post(page(whole))
    assert ExportJob.objects.count() == 1
    assert "En préparation." in client.get(page(whole)).text
    run_exports(timezone.now())
    text = client.get(page(whole)).text
    assert "<b>Prêt</b>" in text
    address = re.search(r'href="(/espace/[^"]+/copie/[^"]+/)"', text).group(1)
    response = client.get(address)
    assert response["Content-Disposition"] == (
        f'attachment; filename="demarche-{whole.reference}.zip"'
    )
    assert "no-store" in response["Cache-Control"]
    assert "index.html" in zipfile.ZipFile(io.BytesIO(b"".join(response))).namelist()


def test_the_link_is_for_the_asker_for_an_hour(client, lead, whole, ready):
    other = MembershipFactory(appraisal=whole, role="co_facilitator").user
    client.force_login(other)
    assert client.get(link(ready)).status_code == 410
    client.force_login(lead)
    signed = sign_link(ready)
    assert taken(client, link(ready, signed))
    assert client.get(link(ready, signed[:-1] + "x")).status_code == 410
    assert client.get(link(ready, "n-importe-quoi")).status_code == 410
    with time_machine.travel(timezone.now() + HOUR + dt.timedelta(seconds=2)):
        assert client.get(link(ready, signed)).status_code == 410
        assert taken(client, link(ready))


def test_the_right_is_checked_at_each_get(client, lead, whole, ready):
    client.force_login(lead)
    address = link(ready)
    whole.memberships.filter(user=lead).update(role="observer")
    assert client.get(address).status_code == 404
    whole.memberships.filter(user=lead).delete()
    assert client.get(address).status_code == 404


def test_a_link_of_another_demarche_opens_nothing(client, lead, whole, ready):
    other = MembershipFactory(user=lead).appraisal
    client.force_login(lead)
    address = reverse("space:export_file", args=[other.reference, sign_link(ready)])
    assert client.get(address).status_code == 410


def test_the_file_is_gone_after_a_day(client, lead, ready, django_capture_on_commit_callbacks):
    assert len(kept_files()) == 1
    with time_machine.travel(ready.asked_at + 24 * HOUR + HOUR):
        client.force_login(lead)
        assert client.get(link(ready)).status_code == 410
        with django_capture_on_commit_callbacks(execute=True):
            list(run_purges(timezone.now()))
        assert kept_files() == []
        assert not ExportJob.objects.exists()
        assert "Préparer la copie" in client.get(page(ready.appraisal)).text


def test_a_purge_only_tried_leaves_the_file_too(ready):
    """A rollback gives the row back, never what was deleted from the disk."""
    later = ready.asked_at + 25 * HOUR
    said = {one.label: one.erased for one in run_purges(later, dry_run=True)}
    assert said["Copies et documents de démarches"] == 1
    assert ExportJob.objects.count() == len(kept_files()) == 1


def test_two_workers_make_it_once(whole, lead):
    ask_for_export(appraisal=whole, user=lead)
    now = timezone.now()
    made = []

    def build(job, file, tell):
        made.append(job.appraisal)
        make_exports(now, build)  # another worker looks meanwhile
        file.write(b"PK")

    make_exports(now, build)
    assert made == [whole]
    assert ExportJob.objects.get().state == "ready"
    assert len(kept_files()) == 1


def test_a_worker_killed_leaves_no_half_file_and_another_starts_again(whole, lead):
    ask_for_export(appraisal=whole, user=lead)
    now = timezone.now()

    class Killed(BaseException):
        pass

    def killed(job, file, tell):
        file.write(b"PK half")
        raise Killed

    with pytest.raises(Killed):
        make_exports(now, killed)
    job = ExportJob.objects.get()
    assert (job.state, job.file_name, kept_files()) == ("running", "", [])
    run_exports(now + dt.timedelta(minutes=4))
    assert ExportJob.objects.get().state == "running"
    run_exports(now + dt.timedelta(minutes=6))
    assert ExportJob.objects.get().state == "ready"
    assert len(kept_files()) == 1


def test_a_worker_thought_dead_that_ends_late_changes_nothing(whole, lead):
    ask_for_export(appraisal=whole, user=lead)
    now = timezone.now()

    def slow(job, file, tell):
        make_exports(now + dt.timedelta(minutes=6), write_job)
        file.write(b"late")

    make_exports(now, slow)
    job = ExportJob.objects.get()
    assert (job.state, job.attempts) == ("ready", 2)
    assert kept_files() == [job.file_name.removeprefix("exports/")]


def test_three_failures_then_the_person_tries_again(client, whole, lead):
    ask_for_export(appraisal=whole, user=lead)

    def broken(job, file, tell):
        raise OSError("canari")

    states = []
    for _ in range(4):
        make_exports(timezone.now(), broken)
        job = ExportJob.objects.get()
        states.append((job.state, job.attempts))
    assert states == [("waiting", 1), ("waiting", 2), ("failed", 3), ("failed", 3)]
    client.force_login(lead)
    assert "Réessayer" in client.get(page(whole)).text
    client.post(page(whole))
    run_exports(timezone.now())
    assert exports.latest_export(whole, lead).state == "ready"


def test_whoever_left_meanwhile_gets_nothing(whole, lead):
    ask_for_export(appraisal=whole, user=lead)
    whole.memberships.filter(user=lead).delete()
    run_exports(timezone.now())
    assert ExportJob.objects.get().state == "failed"
    assert kept_files() == []
    with pytest.raises(DomainError, match="Seule l’équipe"):
        ask_for_export(appraisal=whole, user=lead)
