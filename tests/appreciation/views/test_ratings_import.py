import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from appreciation.domain.counts import count_differences
from appreciation.models import Meeting, MeetingLog, Rating, Seat
from tests.factories import ItemFactory, MeetingFactory, SeatFactory, SectorFactory
from tests.sample_data import FIXTURES

SHEETS = (FIXTURES / "feuilles_douze.csv").read_bytes()


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def url(meeting):
    return reverse("space:ratings_import", args=[meeting.reference])


@pytest.fixture
def client(client, lead):
    client.force_login(lead)
    return client


def send(client, url, content, name="feuilles.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(url, {"file": file, "round_number": "1"})


def workbook(*rows, merge="", formula="", far=""):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if merge:
            sheet.merge_range(merge, "1")
        if formula:
            sheet.write_formula(formula, "=1+1")
        if far:
            sheet.write(far, "x")
    return buffer.getvalue()


def test_a_file_is_shown_before_anything_is_kept(client, url):
    page = send(client, url, SHEETS)
    assert page.status_code == 200
    assert len(page.context["preview"]["outcome"].entered) == 12
    assert Seat.objects.count() == 0
    response = client.post(url, {"confirmer": page.context["preview"]["carried"]})
    assert response.status_code == 302
    assert Seat.objects.count() == 12
    assert Rating.objects.count() == 34
    log = MeetingLog.objects.get(action="Feuilles importées")
    assert log.detail.startswith("12, feuilles.csv, sha256 ")
    assert len(log.detail.split()[-1]) == 64


def test_importing_twice_changes_nothing(client, url):
    for expected in ("12 feuilles importées.", "Rien à changer"):
        page = send(client, url, SHEETS)
        carried = page.context["preview"]["carried"]
        assert expected in client.post(url, {"confirmer": carried}, follow=True).content.decode()
    assert MeetingLog.objects.filter(action="Feuilles importées").count() == 1


def test_a_preview_is_signed_and_only_for_its_meeting(client, url, appraisal):
    other = MeetingFactory(appraisal=appraisal, open=True)
    carried = send(client, url, SHEETS).context["preview"]["carried"]
    elsewhere = reverse("space:ratings_import", args=[other.reference])
    for address, text in ((elsewhere, carried), (url, carried[:-2] + "xx"), (url, "")):
        page = client.post(address, {"confirmer": text}, follow=True)
        assert "Renvoyez le fichier." in page.content.decode()
    assert Seat.objects.count() == 0


def test_an_excel_file_with_numbers_and_words(client, url):
    content = workbook(
        ["Feuille", "Secteur", "Q1", "q2"], [1, "", 4, "nsp"], [2.0, None, 3.0, "refus"]
    )
    page = send(client, url, content, "feuilles.xlsx")
    client.post(url, {"confirmer": page.context["preview"]["carried"]})
    assert list(Rating.objects.values_list("answer", flat=True)) == [4, -1, 3, -2]


@pytest.mark.parametrize(
    "content",
    [
        b"feuille,q1,q2\n1,4,NSP\n",
        b"feuille;q1;q2\r1;4;NSP\r",
        b"feuille\tq1\tq2\r\n1\t4,0\tNSP\r\n",
        "\N{ZERO WIDTH NO-BREAK SPACE}feuille;q1;q2\n1;4;NSP\n".encode(),
        "feuille;q1;q2\n1;4;NSP\n".encode("utf-16"),
    ],
    ids=["virgules", "vieux Mac", "tabulations et 4,0", "BOM", "UTF-16"],
)
def test_every_honest_text_file_is_read(client, url, content):
    page = send(client, url, content)
    client.post(url, {"confirmer": page.context["preview"]["carried"]})
    assert list(Rating.objects.values_list("answer", flat=True)) == [4, -1]


def zip_bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    return buffer.getvalue()


BAD_FILES = {
    "mauvaises colonnes": (
        lambda: b"numero;q1\n1;4\n",
        "Ligne 1\N{NO-BREAK SPACE}: il manque la colonne",
    ),
    "colonne inconnue": (lambda: b"feuille;q1;q99\n1;4;2\n", "q99"),
    "fusion": (lambda: workbook(["feuille", "q1"], ["1", "4"], merge="A2:B2"), "fusionnées"),
    "formule": (
        lambda: workbook(["feuille", "q1"], ["1", "4"], formula="B2"),
        "B2 contient une formule",
    ),
    "100 000 lignes": (lambda: b"feuille;q1\n" + b"1;4\n" * 100_000, "Plus de 10"),
    "encodage abîmé": ("feuille;q1\n1;4\n2;Ã©\n".encode, "accents"),
    "décimale": (lambda: b"feuille;q1\n1;2,5\n", "Ligne 2, colonne q1"),
    "pas un tableur": (lambda: b"%PDF-1.7 ...", "PDF"),
    "image": (lambda: b"\x89PNG\r\n", "image"),
    "vide": (lambda: b"", "vide"),
    "binaire": (lambda: b"\x00\x01\x02", "pas un tableau"),
    "bombe": (zip_bomb, "50\N{NO-BREAK SPACE}Mo"),
    "cellule lointaine": (
        lambda: workbook(["feuille", "q1"], ["1", "4"], far="XFD1048576"),
        "Plus de",
    ),
    "deux fois la feuille": (lambda: b"feuille;q1\n1;4\n1;3\n", "déjà à la ligne 2"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(client, url, name):
    make, message = BAD_FILES[name]
    page = send(client, url, make(), "fichier.xlsx")
    assert page.status_code == 422
    text = page.content.decode().replace(" Mo", "\N{NO-BREAK SPACE}Mo")
    assert message in text
    assert "Rien n’a été enregistré" in text or "Une chose à corriger" in text
    assert Seat.objects.count() == 0


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"feuille;{HOSTILE}\n1;4\n", "f.csv"),
        (f"feuille;q1\n1;{HOSTILE}\n", "f.csv"),
        (f"feuille;q1\n{HOSTILE};4\n", "f.csv"),
        ("feuille;q1\n1;4\n", f"{HOSTILE.replace('/', '')}.csv"),
    ],
    ids=["column", "answer", "sheet", "file name"],
)
def test_a_refusal_repeats_a_script_as_text(client, url, content, name):
    """QUALITY.md §4 row 16: import errors."""
    page = send(client, url, content.encode(), name).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_more_answers_than_a_hall_can_give_are_refused_before_the_database(
    client, url, django_assert_max_num_queries
):
    rows = b"".join(b"%d;4;4;4;4;4;4\n" % number for number in range(1, 10_001))
    meeting = Meeting.objects.get()
    dimension = meeting.instrument.instrument_dimensions.first()
    for number in range(4, 7):
        ItemFactory(instrument_dimension=dimension, code=f"q{number}")
    with django_assert_max_num_queries(14):
        page = send(client, url, b"feuille;q1;q2;q3;q4;q5;q6\n" + rows)
    assert page.status_code == 422
    assert "Plus de 50000 réponses d’un coup" in page.content.decode()


def test_a_file_over_five_megabytes_is_refused(client, url):
    page = send(client, url, b"feuille;q1\n" + b" " * (5 * 1024 * 1024))
    assert page.status_code == 422
    assert "5 Mo" in page.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_sheet_typed_otherwise_refuses_the_file(client, url):
    carried = send(client, url, b"feuille;q1\n1;4\n").context["preview"]["carried"]
    client.post(url, {"confirmer": carried})
    page = send(client, url, b"feuille;q1\n1;3\n2;2\n")
    assert "la feuille 1 est déjà saisie autrement (q1" in page.content.decode()
    assert Seat.objects.count() == 1


def test_a_finished_entry_takes_no_file(client, meeting, url):
    finish(meeting)
    assert "La saisie est terminée" in client.get(url).content.decode()
    assert "La saisie est terminée" in send(client, url, SHEETS).content.decode()
    assert Seat.objects.count() == 0


def finish(meeting):
    meeting.rounds.update(state="closed", closed_at=meeting.opened_at)
    meeting.state = "entry_done"
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()


def test_the_template_has_one_column_per_question_and_a_codebook(client, meeting):
    SectorFactory(name="Santé")
    meeting.asks_sector = True
    meeting.save()
    address = reverse("space:ratings_template", args=[meeting.reference])
    book = load_workbook(io.BytesIO(client.get(address).content))
    sheet, codes = book["Feuilles"], book["Codes"]
    assert [cell.value for cell in sheet[1]] == ["feuille", "secteur", "q1", "q2", "q3"]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["C2:C501"] == '"1,2,3,4,NSP,REFUS"'
    assert rules["B2:B501"] == '"Santé"'
    assert [row[0].value for row in codes] == ["colonne", "feuille", "secteur", "q1", "q2", "q3"]
    assert codes["C4"].value.startswith("1 = À peine amorcé; 2 = En chemin")
    text = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode("utf-8-sig")
    assert text == "feuille;secteur;q1;q2;q3\r\n"


def test_the_filled_template_comes_back_in(client, meeting, url):
    address = reverse("space:ratings_template", args=[meeting.reference])
    book = load_workbook(io.BytesIO(client.get(address).content))
    book["Feuilles"].append([1, None, 4, "NSP", None])
    buffer = io.BytesIO()
    book.save(buffer)
    page = send(client, url, buffer.getvalue(), "gabarit.xlsx")
    assert page.context["preview"]["outcome"].entered == (1,)


def test_the_export_waits_for_the_end_of_entry_and_three_people(client, meeting, url):
    address = reverse("space:ratings_export", args=[meeting.reference])
    assert (
        "Déclarez d’abord la saisie terminée" in client.get(address, follow=True).content.decode()
    )
    finish(meeting)
    assert "trop peu de réponses" in client.get(address, follow=True).content.decode()


def test_the_export_has_answers_only_in_a_random_order(client, meeting, url):
    carried = send(client, url, SHEETS).context["preview"]["carried"]
    client.post(url, {"confirmer": carried})
    phone = SeatFactory(meeting=meeting)
    first = Rating.objects.first()
    Rating.objects.create(seat=phone, item=first.item, round=first.round, answer=1)
    finish(meeting)
    address = reverse("space:ratings_export", args=[meeting.reference])
    orders = set()
    for _ in range(5):
        response = client.get(address)
        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0] == "q1;q2;q3"
        assert sorted(lines[1:]) == sorted(
            [line.split(";", 2)[2] for line in SHEETS.decode().splitlines()[1:]] + ["1;;"]
        )
        orders.add(tuple(lines))
    assert len(orders) > 1
    assert "no-store" in response["Cache-Control"]
    content = client.get(address, {"format": "xlsx"}).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0] == ("q1", "q2", "q3")
    assert len(rows) == 14
    values = {value or None for row in rows[1:] for value in row}
    assert values == {1, 2, 3, 4, "NSP", "REFUS", None}


@pytest.mark.parametrize("name", ["ratings_import", "ratings_template", "ratings_export"])
def test_others_find_nothing(client, meeting, appraisal, neighbour, stranger, name):
    address = reverse(f"space:{name}", args=[meeting.reference])
    appraisal.memberships.create(user=stranger, role="observer")
    for user in (neighbour, stranger):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)
    client.logout()
    assert client.get(address).url.startswith("/comptes/")


def test_the_command_imports_says_what_changed_and_refuses_with_an_error(meeting, tmp_path, capsys):
    good, bad = tmp_path / "feuilles.csv", tmp_path / "mauvais.csv"
    good.write_bytes(SHEETS)
    bad.write_bytes(b"feuille;q1\n1;9\n20;8\n")
    call_command("import_ratings", good, meeting=meeting.reference, dry_run=True)
    assert Seat.objects.count() == 0
    call_command("import_ratings", good, meeting=meeting.reference)
    assert count_differences(meeting) == {}
    call_command("import_ratings", good, meeting=meeting.reference)
    out = capsys.readouterr().out
    assert "12 créés" in out
    assert "Rien à changer (12 déjà à jour)." in out
    with pytest.raises(CommandError) as refused:
        call_command("import_ratings", bad, meeting=meeting.reference)
    assert "Ligne 2, colonne q1: « 9 »" in str(refused.value)
    assert "Ligne 3, colonne q1: « 8 »" in str(refused.value)
    with pytest.raises(CommandError, match="Aucune rencontre"):
        call_command("import_ratings", good, meeting="R-0")


def test_the_command_reopens_a_finished_entry_only_when_asked(meeting, tmp_path):
    path = tmp_path / "feuilles.csv"
    path.write_bytes(SHEETS)
    finish(meeting)
    with pytest.raises(CommandError, match="La saisie est terminée"):
        call_command("import_ratings", path, meeting=meeting.reference)
    call_command("import_ratings", path, meeting=meeting.reference, reopen=True)
    meeting.refresh_from_db()
    assert (meeting.state, Seat.objects.count()) == ("closed", 12)


def test_the_command_takes_a_mapping(meeting, tmp_path):
    path, mapping = tmp_path / "autre.csv", tmp_path / "autre.toml"
    path.write_bytes(b"A,B\n4,9\n3,2\n")
    mapping.write_text('feuille = "rang"\n[questions]\nA = "q1"\nB = "q2"\n[reponses]\n9 = "NSP"\n')
    call_command("import_ratings", path, meeting=meeting.reference, mapping=mapping)
    assert list(Rating.objects.values_list("answer", flat=True)) == [4, -1, 3, 2]
