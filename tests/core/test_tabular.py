"""Other people's spreadsheets: read exactly, or refused in words that name the line."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from core.errors import DomainError
from core.imports import missing_columns, read_content, read_mapping
from core.tabular import MAX_ROWS, Line, parse_number, parse_whole, read_table
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR


def workbook(rows, *, sheets=("Feuille1",), merge=None, formula=None) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name in sheets:
        sheet = book.add_worksheet(name)
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
        if merge:
            sheet.merge_range(merge, "fusion")
        if formula:
            sheet.write_formula(*formula)
    book.close()
    return buffer.getvalue()


def rezipped(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The same workbook with some members replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, body in changes.items():
            new.writestr(name, body)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_its_encoding_ends_and_separator(encoding, end, separator):
    text = end.join([separator.join(row) for row in (("Lieu", "Énoncé"), ("Hérouxville", "3"))])
    table = read_table(text.encode(encoding))
    assert table.headings == ("Lieu", "Énoncé")
    assert table.lines == (Line(2, ("Hérouxville", "3")),)
    assert table.value(table.lines[0], "ENONCE") == "3"
    assert table.value(table.lines[0], "absente") == ""


def test_line_numbers_are_those_of_the_spreadsheet():
    table = read_table(b'a;b\n\n1;"deux\nlignes"\n;\n3;4\n')
    assert table.lines == (Line(3, ("1", "deux\nlignes")), Line(6, ("3", "4")))


def test_xlsx_cells_come_as_people_type_them():
    content = workbook([["code", "part", "oui"], [35005, 0.25, True], [], ["'=a", 3.0, "x "]])
    table = read_table(content)
    assert table.headings == ("code", "part", "oui")
    assert table.lines == (
        Line(2, ("35005", "0.25", "oui")),
        Line(4, ("=a", "3", "x")),
    )


def test_xlsx_reads_the_sheet_asked_for():
    content = workbook([["a"], ["1"]], sheets=("Aide", "Données"))
    assert read_table(content, sheet="Données").headings == ("a",)
    with pytest.raises(DomainError, match="pas de feuille « Autre »"):
        read_table(content, sheet="Autre")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b" \n \n", "vide"),
        (b"%PDF-1.7 x", "C’est un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien fichier Excel"),
        (b"\x89PNG\r\n", "image"),
        (b"<html><table><tr><td>1</td></tr></table>", "page web"),
        (b"a;b\n1;\x00\x01", "pas un tableau"),
        (b"a;b\n\x81\x8d;2", "Encodage inconnu"),
        ("Lieu;Énoncé\n".encode().decode("cp1252").encode(), "accents de ce fichier sont abîmés"),
        (b'a;b\n1;"sans fin\n2;3\n', "Ligne 2: un guillemet"),
        (b"a;b\n1;" + b"x" * 200_000, "Ligne 2"),
        (b"a;b\n1;2\n3\n", "Ligne 3: 1 cellules pour 2 colonnes"),
        (b"a;b\n1;2;3\n", "Ligne 2: 3 cellules pour 2 colonnes"),
        (b"a;;b\n1;2;3\n", "la colonne B n’a pas de titre"),
        (b"Lieu;LIEU \n1;2\n", "« lieu » sert 2 fois"),
        (b"a;b\n1;#N/A\n", "Ligne 2, « b »: le tableur y montre une erreur"),
        (";".join(f"c{n}" for n in range(101)).encode(), "Plus de 100 colonnes"),
        (b"a\n" + b"1\n" * (MAX_ROWS + 1), "Plus de 10000 lignes"),
        (b"a\n" + b"1\n" * 100_000, "Plus de 10000 lignes"),
        (b"x" * (5 * 1024 * 1024 + 1), "dépasse 5 Mo"),
        (b"PK\x03\x04 pas un zip", "abîmé"),
    ],
)
def test_what_is_not_a_clean_table_is_refused(content, words):
    with pytest.raises(DomainError) as refusal:
        read_table(content)
    assert words in str(refusal.value)


def test_ten_thousand_lines_are_accepted():
    assert len(read_table(b"a\n" + b"1\n" * MAX_ROWS).lines) == MAX_ROWS


def test_formulas_are_refused_with_their_cell():
    content = workbook([["a", "b"], ["1", "2"]], formula=(1, 1, "=1+2", "", 3))
    with pytest.raises(DomainError, match="La cellule B2 contient une formule"):
        read_table(content)


def test_a_csv_formula_stays_text():
    assert read_table(b"a;b\n=1+2;@x\n").lines[0].cells == ("=1+2", "@x")


def test_merged_cells_are_refused_with_their_area():
    content = workbook([["a", "b"], ["1", "2"]], merge="A3:B4")
    with pytest.raises(DomainError, match="A3:B4 sont fusionnées"):
        read_table(content)


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("lisez-moi.txt", "bonjour")
    with pytest.raises(DomainError, match=r"pas un tableau \.xlsx"):
        read_table(buffer.getvalue())


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    content = rezipped(workbook([["a"]]), {"xl/media/zero.bin": b"\0" * (51 * 1024 * 1024)})
    assert len(content) < 5 * 1024 * 1024
    with pytest.raises(DomainError, match="dépasse 50 Mo"):
        read_table(content)


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<?xml version="1.0" encoding="UTF-7"?><x/>',
        "<x/>".encode("utf-16"),
    ],
)
def test_entities_and_odd_encodings_are_refused(xml):
    content = rezipped(workbook([["a"]]), {"xl/sharedStrings.xml": xml})
    with pytest.raises(DomainError, match="entités XML"):
        read_table(content)


@pytest.mark.parametrize(
    ("address", "words"), [("A1048576", "Plus de 10000 lignes"), ("XFD1", "Plus de 100 colonnes")]
)
def test_one_value_in_a_far_cell_is_refused(address, words):
    row = address.lstrip("AXFD")
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData></worksheet>'
    )
    content = rezipped(workbook([["a"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})
    with pytest.raises(DomainError, match=words):
        read_table(content)


def test_a_damaged_member_is_refused():
    content = bytearray(workbook([["a", "b"], ["1", "2"]]))
    start = content.find(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 8] = b"\xff" * 8
    with pytest.raises(DomainError, match=r"abîmé|protégé"):
        read_table(bytes(content))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", "3"),
        ("0,5", "0.5"),
        (",5", "0.5"),
        ("1 234,5", "1234.5"),
        ("1\N{NO-BREAK SPACE}234", "1234"),
        ("-2.25", "-2.25"),
    ],
)
def test_numbers_with_commas_and_spaces(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1.234,5", "1,2,3", "trois", "NaN", "1e5", "٣x"])
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(DomainError, match="n’est pas un nombre"):
        parse_number(text)


def test_whole_numbers_refuse_a_fraction():
    assert parse_whole("12,0") == 12
    with pytest.raises(DomainError, match="entier"):
        parse_whole("12,5")


def test_missing_columns_name_what_was_found():
    table = read_table(b"Feuille;Secteur\n1;x\n")
    assert missing_columns(table, ["feuille", "Âge"]) == [
        "Il manque la colonne « Âge ». Colonnes trouvées: « Feuille », « Secteur »."
    ]


def test_a_missing_file_and_a_broken_mapping_are_refused(tmp_path):
    with pytest.raises(DomainError, match="Fichier illisible"):
        read_content(tmp_path / "absent.csv")
    with pytest.raises(DomainError, match="Fichier illisible"):
        read_content(tmp_path)
    mapping = tmp_path / "m.toml"
    mapping.write_text("a = ", encoding="utf-8")
    with pytest.raises(DomainError, match="ce TOML ne se lit pas"):
        read_mapping(mapping)


if HAS_SAMPLE_DATA:

    @pytest.mark.parametrize(
        ("name", "rows", "first"),
        [
            ("municipalites/repertoire_mun_mauricie_2025.csv", 49, "37210"),
            ("municipalites/repertoire_mun_quebec_2025_leger.csv", 1285, "46005"),
            ("indicateurs/mauricie_98-10-0002-02_format_statcan.csv", 48, "Batiscan"),
            ("exports-enquete/mauricie_statcan_windows1252_crlf.csv", 48, "Batiscan"),
        ],
    )
    def test_real_files_are_read(name, rows, first):
        table = read_table((SAMPLE_DATA_DIR / name).read_bytes())
        assert len(table.lines) == rows
        assert table.lines[0].cells[0] == first

    def test_a_google_export_that_asks_the_same_twice_is_refused():
        path = SAMPLE_DATA_DIR / "exports-enquete/google_forms_r_community_2019_es.xlsx"
        with pytest.raises(DomainError, match="sert 2 fois"):
            read_table(path.read_bytes())

    def test_the_two_encodings_of_the_census_table_read_alike():
        one, other = (
            read_table((SAMPLE_DATA_DIR / name).read_bytes())
            for name in (
                "indicateurs/mauricie_98-10-0002-02_format_statcan.csv",
                "exports-enquete/mauricie_statcan_windows1252_crlf.csv",
            )
        )
        assert one == other

    def test_the_limesurvey_export_is_too_wide():
        path = SAMPLE_DATA_DIR / "exports-enquete/limesurvey_tests_unitaires_67.csv"
        with pytest.raises(DomainError, match="Plus de 100 colonnes"):
            read_table(path.read_bytes())
