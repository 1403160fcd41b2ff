"""No spreadsheet costs more than ten seconds of processor and 300 MB (QUALITY.md §4 row 13).

Each is read by a process of its own, which the kernel stops beyond.
"""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from core.tabular import MAX_BYTES, MAX_COLUMNS, MAX_ROWS

pytestmark = pytest.mark.once  # a reader of its own, without a database
SITE = Path(__file__).resolve().parents[2] / "site"
READER = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_DATA, (300 * 1024 * 1024,) * 2)
from core.errors import DomainError
from core.tabular import read_table
try:
    table = read_table(sys.stdin.buffer.read())
    print(json.dumps([len(table.lines), len(table.headings)]))
except DomainError as refusal:
    print(json.dumps(str(refusal)))
"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
TOLD = '<c t="s"><v>0</v></c>'
ONE = f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'


def read(content: bytes) -> list[int] | str:
    """[lines, columns], or the refusal; fails when the process had to be stopped."""
    done = subprocess.run(
        [sys.executable, "-c", READER],
        input=content,
        capture_output=True,
        cwd=SITE,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-600:])
    return json.loads(done.stdout)


def members_of(rows: str, strings: str = "") -> dict[str, bytes]:
    """Of an honest workbook, with these rows and shared texts instead of its own."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write(0, 0, "a")
    with zipfile.ZipFile(buffer) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    texts = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return members | {SHEET: sheet.encode(), "xl/sharedStrings.xml": texts.encode()}


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    assert len(buffer.getvalue()) <= MAX_BYTES
    return buffer.getvalue()


def workbook(rows: str, strings: str = "") -> bytes:
    return zipped(members_of(rows, strings))


def headings() -> str:
    cells = (f'<c t="inlineStr"><is><t>c{n}</t></is></c>' for n in range(MAX_COLUMNS))
    return f"<row>{''.join(cells)}</row>"


def test_the_largest_workbook_that_is_taken():
    row = f"<row>{'<c><v>4</v></c>' * MAX_COLUMNS}</row>"
    assert read(workbook(headings() + row * MAX_ROWS)) == [MAX_ROWS, MAX_COLUMNS]


def test_the_largest_text_file_that_is_taken():
    heads = ";".join(f"c{n}" for n in range(MAX_COLUMNS))
    rows = (";".join("4" * MAX_COLUMNS) + "\n") * MAX_ROWS
    assert read(f"{heads}\n{rows}".encode()) == [MAX_ROWS, MAX_COLUMNS]


@pytest.mark.parametrize("blank", ["\n", ";\n", '"\n"\n'], ids=["empty", "separators", "quoted"])
def test_five_megabytes_of_nothing(blank):
    content = f"a;b\n1;2\n{blank * (MAX_BYTES // len(blank))}".encode()[:MAX_BYTES]
    assert read(content[: content.rindex(b"\n") + 1]) == [1, 2]


def test_one_long_text_told_a_million_times():
    """Each cell would be given its own copy: 32 kB × 1,000,000."""
    row = f"<row>{TOLD * MAX_COLUMNS}</row>"
    strings = f"<si><t>{'x' * 32_000}</t></si>"
    assert "dépasse 50 Mo" in read(workbook(headings() + row * MAX_ROWS, strings))


def test_a_part_named_in_capitals_is_looked_into_too():
    """The parser opens it all the same."""
    row = f"<row>{TOLD * MAX_COLUMNS}</row>"
    members = members_of(headings() + row * MAX_ROWS, f"<si><t>{'x' * 32_000}</t></si>")
    members["xl/sharedStrings.XML"] = members.pop("xl/sharedStrings.xml")
    assert "dépasse 50 Mo" in read(zipped(members))


def test_a_short_text_told_often_is_taken():
    row = f"<row>{TOLD * MAX_COLUMNS}</row>"
    assert read(workbook(headings() + row * 100, "<si><t>oui</t></si>")) == [100, MAX_COLUMNS]


FAR = "Plus de 100 colonnes"
BROKEN = "abîmé"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="XFD2"><v>1</v></c>', FAR),
        ('<c r="xfd2"><v>1</v></c>', FAR),
        ('<c spans="r=\'A1\'" r="XFD2"><v>1</v></c>', FAR),
        ('<c xmlns:x="y" x:r="A2" r="XFD2"><v>1</v></c>', FAR),
        ('<c spans=">" r="XFD2"><v>1</v></c>', FAR),
        ("<c><v>1</v></c>" * (MAX_COLUMNS + 1), FAR),
        ('<c spans="<" r="XFD2"><v>1</v></c>', BROKEN),
        ('<c r="A2" r="XFD2"><v>1</v></c>', BROKEN),
        ('<c r="$XFD$2"><v>1</v></c>', BROKEN),
        ("<c " * 3_000_000, BROKEN),
        ('<c t="s"><v>0<!-- -->1</v></c>', BROKEN),
        ('<c t="s"><v><![CDATA[0]]></v></c>', BROKEN),
    ],
    ids=[
        *("far", "lower case", "quoted", "prefixed", "bracket", "no address", "opened"),
        *("twice", "fixed", "never closed", "comment", "section"),
    ],
)
def test_what_hides_a_far_cell_or_never_ends_is_refused(cell, words):
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{cell}</row>'
    assert words in read(workbook(rows))


def test_a_part_that_two_readers_could_take_for_another_is_refused():
    twin = {"xl/Worksheets/sheet1.xml": ONE.encode()}
    assert BROKEN in read(zipped(members_of(headings()) | twin))


def test_shared_texts_in_two_parts_are_refused():
    """The first would be measured and the second read."""
    short = {"autre/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si/></sst>'.encode()}
    rows = headings() + f"<row>{TOLD}</row>"
    assert BROKEN in read(zipped(short | members_of(rows, "<si><t>oui</t></si>")))


def test_a_sheet_that_is_not_where_the_workbook_says_is_refused():
    members = members_of(headings())
    links = members["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"autre.dat")
    moved = {"xl/_rels/workbook.xml.rels": links, "xl/autre.dat": ONE.encode()}
    assert BROKEN in read(zipped(members | moved))
