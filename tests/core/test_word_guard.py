"""What is not let in as a Word document, by its content and never by its name."""

import io
import zipfile
from functools import cache

import docx
import pytest

from core.errors import DomainError
from core.word_guard import LARGEST_FILE, inspect_word

pytestmark = pytest.mark.once

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"


def plain() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def changed(*changes: tuple[str, str, str], **added: bytes) -> bytes:
    """A plain document where, part by part, one text stands for another; `added` are new parts."""
    return repacked(plain(), changes, added)


def repacked(content, changes=(), added=None, method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            part = old.read(name)
            for where, before, after in changes:
                if where == name:
                    assert before.encode() in part
                    part = part.replace(before.encode(), after.encode(), 1)
            new.writestr(name, part)
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return buffer.getvalue()


def linked(kind: str, target: str = "autre.bin", mode: str = "", base: str = RELATION) -> bytes:
    mode = f' TargetMode="{mode}"' if mode else ""
    link = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}"{mode}/>'
    return changed((RELS, "</Relationships>", f"{link}</Relationships>"))


def with_body(xml: str) -> bytes:
    return changed((MAIN, "<w:sectPr", f"{xml}<w:sectPr"))


def typed(after: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed((TYPES, kind, after))


def field(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    return with_body(f"<w:p>{begin}{runs}{end}</w:p>")


@cache
def bomb(size: int = 60) -> bytes:
    return repacked(
        plain(), added={"word/media/image1.xml": b"<a>" + b" " * (size << 20) + b"</a>"}
    )


def many_members() -> bytes:
    return repacked(plain(), added={f"word/media/{n}.png": b"" for n in range(600)})


def lying_bomb() -> bytes:
    """Its header announces ten bytes where 40 MB come out."""
    buffer = io.BytesIO(plain())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/x.xml", b" " * (40 << 20))
        archive.getinfo("word/x.xml").file_size = 10
    return buffer.getvalue()


def vba() -> bytes:
    return repacked(plain(), added={"word/vbaProject.bin": b"\xd0\xcf"})


REFUSED = {
    "vide": (lambda: b"", "pas un document Word"),
    "texte": (lambda: b"Bonjour", "pas un document Word"),
    "pdf": (lambda: b"%PDF-1.7", "pas un document Word"),
    "doc": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "ancien fichier .doc"),
    "zip": (lambda: _zip({"a.txt": b"a"}), "pas un document Word"),
    "xlsx": (lambda: _zip({"xl/workbook.xml": b"<a/>", TYPES: b"<a/>"}), "pas un document Word"),
    "coupé": (lambda: plain()[:9000], "abîmé"),
    "xml faux": (lambda: changed((MAIN, "</w:body>", "")), "abîmé"),
    "lourd": (lambda: b"PK\x03\x04" + b"\0" * LARGEST_FILE, "trop lourd: 5 Mo au plus"),
    "bombe": (bomb, "dépasse 20 Mo"),
    "bombe petite": (lambda: bomb(3), "dépasse 20 Mo"),
    "bombe qui ment": (lying_bomb, "abîmé|dépasse 20 Mo"),
    "membres": (many_members, "dépasse 20 Mo"),
    "pages": (
        lambda: with_body("".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(130_000))),
        "trop de pages pour un gabarit",
    ),
    "entités": (lambda: changed((MAIN, "?>", "?><!DOCTYPE a [<!ENTITY b 'c'>]>")), "entités XML"),
    "macros": (vba, "contient des macros"),
    "docm": (lambda: typed("application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "macros liées": (
        lambda: linked("vbaProject", base=MICROSOFT),
        "contient des macros",
    ),
    "touches": (lambda: linked("keyMapCustomizations", base=MICROSOFT), "contient des macros"),
    "dotx": (
        lambda: typed(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
        ),
        "un modèle Word",
    ),
    "autre type": (lambda: typed("text/html"), "pas un document Word"),
    "ole": (lambda: linked("oleObject"), "objet incorporé"),
    "classeur": (
        lambda: repacked(plain(), added={"word/embeddings/a.xlsx": b"PK"}),
        "objet incorporé",
    ),
    "activex": (lambda: repacked(plain(), added={"word/activeX/a.xml": b"<a/>"}), "contrôle"),
    "contrôle": (lambda: with_body("<w:p><w:r><w:object/></w:r></w:p>"), "objet incorporé"),
    "morceau html": (lambda: linked("aFChunk", "a.html"), "objet incorporé"),
    "altChunk": (lambda: with_body("<w:altChunk/>"), "objet incorporé"),
    "modèle distant": (
        lambda: linked("attachedTemplate", "https://exemple.org/a.dotm", "External"),
        "va chercher quelque chose ailleurs",
    ),
    "image distante": (
        lambda: linked("image", "https://exemple.org/a.png", "External"),
        "va chercher quelque chose ailleurs",
    ),
    "partage": (
        lambda: linked("hyperlink", "file://serveur/partage", "External"),
        "va chercher quelque chose ailleurs",
    ),
    "ruban": (lambda: linked("extensibility"), "qui ne sert pas dans un gabarit (extensibility)"),
    "champ dde": (lambda: field("DDE", "AUTO c:\\\\cmd"), "(DDEAUTO)"),
    "champ caché": (lambda: field(" QUOTE 68 68 69 "), "(QUOTE)"),
    "champ simple": (
        lambda: with_body('<w:p><w:fldSimple w:instr="INCLUDEPICTURE x"/></w:p>'),
        "(INCLUDEPICTURE)",
    ),
    "vml": (
        lambda: with_body(
            '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
            'src="https://exemple.org/a.png"/></w:pict></w:r></w:p>'
        ),
        "va chercher quelque chose ailleurs",
    ),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_plain_document_is_refused(case):
    make, said = REFUSED[case]

    with pytest.raises(DomainError) as refused:
        inspect_word(make())

    assert any(each in str(refused.value) for each in said.split("|"))


def test_what_is_put_in_an_ordinary_document_is_let_in():
    document = docx.Document()
    document.add_heading("Rapport")
    document.add_table(2, 2)
    document.add_comment(document.add_paragraph("a").add_run("b"), text="c")
    buffer = io.BytesIO()
    document.save(buffer)

    inspect_word(buffer.getvalue())
    inspect_word(linked("hyperlink", "https://exemple.org/", "External"))
    inspect_word(field(" PAGE "))
    inspect_word(repacked(plain(), method=zipfile.ZIP_STORED))
