"""Types of places: kept as given, refused with the line, hidden again once they change."""

import pytest
from django.core.management import call_command

from core.errors import DomainError
from reference.domain.imports.places import load_seed
from reference.domain.imports.typologies import import_typology, load_typology_mapping
from reference.models import TypeAssignment, Typology
from tests.reference.figures import SOURCE, place

MAPPING = (
    SOURCE
    + """
[place]
scheme = "mamh"
column = "code"

[typology]
scheme = "essai"
version = "2021"
name = "Quintiles d’essai"
column = "quintile"

[types]
"1" = "premier cinquième"
"2" = "deuxième cinquième"
"""
)


@pytest.fixture(scope="module")
def region(kept_for_the_module):
    load_seed()


def bring(text, **options):
    mapping = load_typology_mapping(MAPPING.encode(), name="essai")
    return import_typology(
        f"code;quintile\n{text}".encode(), file_name="types.csv", mapping=mapping, **options
    )


def test_each_place_gets_its_type_hidden_until_it_agrees(region):
    assert bring("35027;1\n35035;2\n").created == 2
    row = TypeAssignment.objects.get(place=place("saint-tite"))
    assert (row.type.label, row.community_agreed_on) == ("premier cinquième", None)
    assert str(row.typology) == "Quintiles d’essai (2021)"
    assert not bring("35027;1\n35035;2\n").changed


def test_a_type_that_changes_is_hidden_again_and_one_that_stays_is_not(region):
    bring("35027;1\n35035;2\n")
    TypeAssignment.objects.update(community_agreed_on="2026-10-01")
    assert bring("35027;2\n35035;2\n").updated == 1
    assert TypeAssignment.objects.get(place=place("saint-tite")).community_agreed_on is None
    assert TypeAssignment.objects.get(place=place("herouxville")).community_agreed_on is not None


def test_bad_lines_refuse_the_file(region):
    for text, words in [
        ("99999;1\n", "Ligne 2: code de lieu inconnu (mamh 99999)."),
        (";1\n", "Ligne 2: il manque le code du lieu."),
        ("35027;9\n", "Ligne 2: type inconnu « 9 »"),
        ("35027;1\n35027;2\n", "Ligne 3: « Saint-Tite » a déjà son type (ligne 2)."),
    ]:
        with pytest.raises(DomainError) as refusal:
            bring(text)
        assert words in str(refusal.value)
    assert not TypeAssignment.objects.exists()


def test_a_dry_run_keeps_nothing_and_the_command_reads_the_mapping(region, tmp_path, capsys):
    assert bring("35027;1\n", dry_run=True).created == 1
    assert not Typology.objects.exists()
    path, rules = tmp_path / "types.csv", tmp_path / "types.toml"
    path.write_text("code;quintile\n35027;1\n", encoding="utf-8")
    rules.write_text(MAPPING, encoding="utf-8")
    call_command("import_indicators", path, mapping=rules)
    assert "1 créés" in capsys.readouterr().out
    assert TypeAssignment.objects.count() == 1
