"""import_instrument: TOML or spreadsheet, all or nothing, refused once frozen."""

import io

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from appreciation.domain.imports.instruments import import_instrument
from appreciation.domain.instruments import freeze_instrument
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import Instrument, Scale
from core.errors import DomainError
from reference.domain.vocabularies import load_vocabularies

TOML = """
code = "essai"
version = "1"
name = "Instrument d’essai"
[scale]
code = "trois"
name = "Trois niveaux"
levels = [{label = "Peu", anchor = "Presque rien."}, {label = "Assez", anchor = "Un peu."},
          {label = "Bien", anchor = "Beaucoup."}]
[[dimensions]]
dimension = "vision"
prompt = "Et vous?"
[[dimensions.items]]
code = "v1"
text = "Nous savons où nous allons."
why = "Pour choisir."
[[dimensions]]
dimension = "belonging"
discussion_only = true
"""
HEADINGS = [
    *("instrument", "version", "nom", "échelle", "niveau 1", "niveau 2", "niveau 3"),
    *("dimension", "relance", "discussion seulement", "code", "énoncé", "pourquoi"),
    *("repère 1", "repère 2", "repère 3"),
]
FIRST = [
    *("tableau", "1", "Instrument du tableur", "oui-non", "Non", "Un peu", "Oui"),
    *("vision", "Et vous?", "", "v1", "Nous savons où nous allons.", "Pour choisir."),
    *("Pas encore.", "Parfois.", "Toujours."),
]
SECOND = [
    *("", "", "", "", "", "", ""),
    *("", "", "", "v2", "Nous avançons.", "", "a", "b", "c"),
]
TALK = ["", "", "", "", "", "", "", "belonging", "Parlons-en.", "oui", "", "", "", "", "", ""]


@pytest.fixture(autouse=True)
def _vocabularies():
    load_vocabularies()


def from_toml(text=TOML, **options):
    return import_instrument(text.encode(), file_name="essai.toml", **options)


def csv(*rows) -> bytes:
    return "\n".join(";".join(row) for row in (HEADINGS, *rows)).encode("cp1252")


def xlsx(*rows) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for index, row in enumerate((HEADINGS, *rows)):
        sheet.write_row(index, 0, row)
    book.close()
    return buffer.getvalue()


def refusal_of(content: bytes, name="x.csv") -> str:
    with pytest.raises(DomainError) as refusal:
        import_instrument(content, file_name=name)
    assert not Instrument.objects.exists()
    assert not Scale.objects.exists()
    return str(refusal.value)


def test_toml_is_created_then_found_unchanged_then_reworded():
    assert from_toml().created == 1
    assert str(from_toml()) == "Rien à changer (1 déjà à jour)."
    assert from_toml(TOML.replace("où nous allons", "où aller")).updated == 1
    instrument = Instrument.objects.get()
    questionnaire = questionnaire_for(instrument)
    assert [item.text for item in questionnaire.items] == ["Nous savons où aller."]
    assert [level.anchor for level in questionnaire.items[0].levels] == [
        "Presque rien.",
        "Un peu.",
        "Beaucoup.",
    ]
    assert [dimension.discussion_only for dimension in questionnaire.dimensions] == [False, True]
    assert instrument.state == "draft"


def test_dry_run_keeps_nothing():
    assert from_toml(dry_run=True).created == 1
    assert not Instrument.objects.exists()


def test_a_frozen_version_refuses_a_change_and_accepts_itself():
    from_toml()
    freeze_instrument(Instrument.objects.get())
    assert not from_toml().changed
    with pytest.raises(DomainError, match="faire une nouvelle version"):
        from_toml(TOML.replace("où nous allons", "où aller"))
    assert from_toml(TOML.replace('version = "1"', 'version = "2"')).created == 1


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_spreadsheet_gives_the_same_instrument(make):
    content = make(FIRST, SECOND, TALK)
    assert import_instrument(content, file_name="x").created == 1
    assert not import_instrument(content, file_name="x").changed
    questionnaire = questionnaire_for(Instrument.objects.get(code="tableau"))
    assert [item.code for item in questionnaire.items] == ["v1", "v2"]
    levels = [(level.label, level.anchor) for level in questionnaire.items[1].levels]
    assert levels == [("Non", "a"), ("Un peu", "b"), ("Oui", "c")]
    assert questionnaire.dimensions[1].prompt == "Parlons-en."


def test_a_known_scale_is_reused_by_its_code():
    from_toml()
    row = [*FIRST[:3], "trois", "", "", "", *FIRST[7:]]
    import_instrument(csv(row), file_name="x.csv")
    assert Scale.objects.count() == 1


def test_a_scale_is_never_changed_by_a_file():
    from_toml()
    row = [*FIRST[:3], "trois", *FIRST[4:]]
    with pytest.raises(DomainError, match="existe déjà avec d’autres niveaux"):
        import_instrument(csv(row), file_name="x.csv")
    assert not Instrument.objects.filter(code="tableau").exists()


def test_headings_of_another_file_are_mapped():
    content = csv(FIRST).replace("énoncé".encode("cp1252"), b"Question")
    outcome = import_instrument(content, file_name="x", columns={"énoncé": "question"})
    assert outcome.created == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "n’a que des titres"),
        ([[*FIRST[:-1], ""]], "Ligne 2, énoncé « v1 »: il manque le repère du niveau 3."),
        ([FIRST, FIRST], "Le code d’énoncé « v1 » sert 2 fois"),
        ([FIRST, ["", "2", *SECOND[2:]]], "Ligne 3: « version » ne dit pas la même chose"),
        ([[*FIRST[:11], "x" * 301, *FIRST[12:]]], "« énoncé » compte 301 signes; gardez-en 300."),
        ([[*FIRST[:7], "inconnue", *FIRST[8:]]], "Dimension inconnue: inconnue"),
        ([[*FIRST[:7], "", *FIRST[8:]]], "Ligne 2: il manque la dimension."),
        ([[*FIRST[:6], "", *FIRST[7:-1], ""]], "2 niveaux; il en faut de 3 à 7."),
        ([[*FIRST[:4], "", "", "", *FIRST[7:]]], "l’échelle « oui-non » n’existe pas encore"),
        ([FIRST, [*TALK[:9], "peut-être", *TALK[10:]]], "se répond oui ou non"),
        ([FIRST, [*TALK[:9], "", *TALK[10:]]], "Ligne 3, dimension « belonging »: ajoutez"),
        ([[*FIRST[:10], "é 1", *FIRST[11:]]], "doit être fait de lettres sans accent"),
    ],
)
def test_bad_spreadsheets_are_refused_with_their_line(rows, words):
    assert words in refusal_of(csv(*rows))


def test_a_missing_column_is_named():
    assert "Il manque la colonne « version »" in refusal_of(b"instrument;nom\nx;y\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code = \n", "ne se lit pas, ligne 1"),
        (TOML.replace('version = "1"', ""), "Il manque « version »"),
        (TOML.replace("why", "pourquoi"), "Clé inconnue dans un énoncé: pourquoi"),
        (TOML.replace('version = "1"', 'version = "1"\nstate = "fini"'), "État inconnu"),
        (TOML.replace('version = "1"', 'version = "1"\nduration_minutes = 0'), "en minutes"),
        (TOML.replace("[scale]", "[[scale]]"), "n’a pas la forme d’un instrument"),
    ],
)
def test_bad_toml_is_refused(text, words):
    assert words in refusal_of(text.encode(), "x.toml")


def test_toml_in_another_encoding_is_refused():
    assert "UTF-8" in refusal_of(TOML.encode("cp1252"), "x.toml")


def test_the_command_fails_with_a_sentence(tmp_path, capsys):
    path = tmp_path / "essai.toml"
    path.write_text(TOML, encoding="utf-8")
    call_command("import_instrument", path)
    assert "1 créés" in capsys.readouterr().out
    path.write_text("code = ", encoding="utf-8")
    with pytest.raises(CommandError, match="Rien n’a été enregistré"):
        call_command("import_instrument", path)
