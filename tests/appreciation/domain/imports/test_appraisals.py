"""import_appraisals: past démarches and their PDF, all or nothing, refused with the line."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from appreciation.models import Appraisal, Publication
from cms.models import SiteDocument
from reference.domain.imports.places import load_seed
from tests.factories.places import DimensionFactory
from tests.factories.register import PDF
from tests.factories.starter_site import ensure_site_pages

HEADINGS = "nomenclature;code;année;titre;demandée par;résumé;rapport\n"
BATISCAN = "mamh;37210;2011;Portrait de Batiscan;Comité du quai;On s’entend.;batiscan.pdf\n"
CHAMPLAIN = "mamh;37220;2014;Portrait de Champlain;;On avance.;champlain.pdf\n"


@pytest.fixture(scope="module")
def site(kept_for_the_module):
    load_seed()
    ensure_site_pages()


@pytest.fixture
def folder(site, tmp_path):
    (tmp_path / "batiscan.pdf").write_bytes(PDF)
    (tmp_path / "champlain.pdf").write_bytes(PDF + b"2")
    (tmp_path / "page.pdf").write_bytes(b"<html>")
    return tmp_path


def enter(folder, content, *options, name="demarches.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("import_appraisals", path, *options)


def refusal_of(folder, content) -> str:
    stored = SiteDocument.objects.count()
    with pytest.raises(CommandError) as refusal:
        enter(folder, content)
    assert refusal.value.returncode == 1
    assert not Appraisal.objects.exists()
    assert SiteDocument.objects.count() == stored
    assert "Rien n’a été enregistré." in str(refusal.value)
    return str(refusal.value)


def test_two_lines_make_two_entries_that_everyone_reads(folder, client, capsys):
    enter(folder, HEADINGS + BATISCAN + CHAMPLAIN)
    assert "2 créés, 0 modifiés, 0 inchangés." in capsys.readouterr().out
    text = client.get("/demarches/").text
    assert 'href="/demarches/batiscan-2011/"' in text
    assert 'href="/demarches/champlain-2014/"' in text
    entry = client.get("/demarches/batiscan-2011/").text
    assert "Historique, non comparable" in entry
    assert "<dt>Demandée par</dt><dd>Comité du quai</dd>" in entry
    pdf = client.get(Publication.objects.get(slug="batiscan-2011").document.url)
    assert b"".join(pdf.streaming_content) == PDF


def test_the_same_file_again_changes_nothing_and_a_new_pdf_makes_an_edition(folder, capsys):
    enter(folder, HEADINGS + BATISCAN + CHAMPLAIN)
    enter(folder, HEADINGS + BATISCAN + CHAMPLAIN)
    assert "Rien à changer (2 déjà à jour)." in capsys.readouterr().out
    assert Publication.objects.count() == 2
    (folder / "batiscan.pdf").write_bytes(PDF + b"corrige")
    enter(folder, HEADINGS + BATISCAN + CHAMPLAIN)
    assert Publication.objects.current().count() == 2
    assert Publication.objects.count() == 3


def stored_files() -> list[Path]:
    """The folder is not there before the first file."""
    return sorted(Path(settings.MEDIA_ROOT).rglob("*"))


def test_a_dry_run_writes_neither_row_nor_file(folder, capsys):
    before = stored_files()
    enter(folder, HEADINGS + BATISCAN, "--dry-run")
    assert "Essai: rien n’a été enregistré." in capsys.readouterr().out
    assert not Appraisal.objects.exists()
    assert stored_files() == before


def test_another_towns_headings_are_read_with_a_mapping(folder):
    mapping = folder / "correspondance.toml"
    mapping.write_text('[columns]\n"résumé" = "Synthèse"\nrapport = "Fichier"\n', encoding="utf-8")
    content = HEADINGS.replace("résumé", "Synthèse").replace("rapport", "Fichier") + BATISCAN
    enter(folder, content.encode("cp1252"), f"--mapping={mapping}")
    assert Publication.objects.get().entry["summary"] == "On s’entend."


def test_a_spreadsheet_is_read_too(folder):
    workbook = Workbook()
    for line in (HEADINGS + BATISCAN).splitlines():
        workbook.active.append(line.split(";"))
    workbook.save(folder / "demarches.xlsx")
    call_command("import_appraisals", folder / "demarches.xlsx")
    assert Publication.objects.get().slug == "batiscan-2011"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("mamh;99999;2011;T;;R;batiscan.pdf\n", "Ligne 2: lieu inconnu (mamh 99999)."),
        (";37210;2011;T;;R;batiscan.pdf\n", "Ligne 2: code ambigu « 37210 »"),
        ("mrc;350;2011;T;;R;batiscan.pdf\n", "Ligne 2: MRC de Mékinac n’est pas une communauté"),
        ("mamh;90804;2011;T;;R;batiscan.pdf\n", "son conseil doit d’abord donner son accord"),
        ("mamh;37210;vers 2011;T;;R;batiscan.pdf\n", "Ligne 2: « vers 2011 » n’est pas un nombre"),
        ("mamh;37210;1890;T;;R;batiscan.pdf\n", "Ligne 2: L’année va de 1990"),
        ("mamh;37210;2011;;;R;batiscan.pdf\n", "Ligne 2: Le titre manque."),
        ("mamh;37210;2011;T;;;batiscan.pdf\n", "Ligne 2: Le résumé manque."),
        ("mamh;37210;2011;T;;R;\n", "Ligne 2: « rapport » est le nom d’un PDF"),
        ("mamh;37210;2011;T;;R;../secret.pdf\n", "Ligne 2: « rapport » est le nom d’un PDF"),
        ("mamh;37210;2011;T;;R;absent.pdf\n", "Ligne 2: rapport introuvable: « absent.pdf »."),
        ("mamh;37210;2011;T;;R;page.pdf\n", "Ligne 2: Le rapport n’est pas un PDF."),
        (BATISCAN + BATISCAN, "Ligne 3: cette démarche est déjà à la ligne 2."),
        (BATISCAN + "mamh;1;2011;T;;R;batiscan.pdf\n", "Ligne 3: lieu inconnu (mamh 1)."),
        ("", "Ce fichier n’a que des titres"),
    ],
)
def test_bad_lines_are_refused_with_their_number_and_nothing_is_written(folder, line, words):
    assert words in refusal_of(folder, HEADINGS + line)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Ce fichier est vide."),
        (PDF, "C’est un PDF, pas un tableau"),
        (b"PK\x03\x04tronque", ""),
        (b"a;b\n1;2\n", "Il manque la colonne « nomenclature »"),
    ],
)
def test_what_is_not_the_table_is_refused(folder, content, words):
    assert words in refusal_of(folder, content)


def test_what_the_report_says_comes_with_it(folder, client, capsys):
    DimensionFactory(code="belonging", name="Appartenance")
    more = HEADINGS.strip() + ";forces;défis;pistes;leçons\n"
    line = BATISCAN.strip() + ";belonging: On se connaît | Le quai: beau;Relève;;Marcher plus.\n"
    enter(folder, more + line)
    report = Publication.objects.get().snapshot["report"]
    assert [(each["kind"], each["text"], each["dimension"]) for each in report["findings"]] == [
        ("strength", "On se connaît", "Appartenance"),
        ("strength", "Le quai: beau", ""),
        ("challenge", "Relève", ""),
    ]
    assert report["lessons"] == "Marcher plus."
    enter(folder, more + line)
    assert "Rien à changer (1 déjà à jour)." in capsys.readouterr().out
    enter(folder, HEADINGS + BATISCAN)
    assert Publication.objects.count() == 1
    enter(folder, more + line.replace("Relève", "La relève"))
    texts = Publication.objects.current().get().snapshot["report"]["findings"]
    assert [each["text"] for each in texts] == ["On se connaît", "Le quai: beau", "La relève"]


def test_a_finding_that_cannot_be_kept_refuses_its_line(folder):
    line = BATISCAN.strip() + f";{'a' * 601}\n"
    told = refusal_of(folder, HEADINGS.strip() + ";forces\n" + line)
    assert "Ligne 2: Un constat dépasse 600 caractères" in told
