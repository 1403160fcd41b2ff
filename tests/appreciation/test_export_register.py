"""export_register: the public register in a file, from a terminal."""

import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from appreciation.enums import PublicationLevel
from tests.factories import PlaceFactory
from tests.factories.register import publish_entry


@pytest.fixture(autouse=True)
def _entries():
    publish_entry(place=PlaceFactory(name="=Rivière"))
    publish_entry(place=PlaceFactory(name="Discrète"), level=PublicationLevel.REGION)


def test_csv_has_a_mark_semicolons_and_no_formula(tmp_path, capsys):
    call_command("export_register", "-o", tmp_path / "registre.csv")
    content = (tmp_path / "registre.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfadresse;communaut")
    assert "riviere-2026;'=Rivière;" in content.decode("utf-8-sig")
    assert "Discrète" not in content.decode()
    assert "Le registre est dans" in capsys.readouterr().out


def test_json_and_xlsx_hold_the_same_entry(tmp_path):
    call_command("export_register", "--format=json", "-o", tmp_path / "r.json")
    call_command("export_register", "--format=xlsx", "-o", tmp_path / "r.xlsx")
    entries = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["demarches"]
    assert [entry["place"] for entry in entries] == ["=Rivière"]
    cell = load_workbook(tmp_path / "r.xlsx")["Démarches"]["B2"]
    assert (cell.value, cell.data_type) == ("'=Rivière", "s")


def test_without_a_file_it_is_written_to_the_screen(capsys):
    call_command("export_register")
    assert capsys.readouterr().out.startswith("adresse;communauté;territoire;année")


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(CommandError, match="donnez -o FICHIER"):
        call_command("export_register", "--format=xlsx")
    with pytest.raises(CommandError, match="Impossible d’écrire"):
        call_command("export_register", "-o", tmp_path / "absent" / "r.csv")
