"""Sheets from a file: drafts, all or nothing, nothing of an editor's written over."""

from __future__ import annotations

import io
import json
from io import StringIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry

from core.errors import DomainError
from core.imports import ImportRefusedError
from pratiques.domain.completeness import missing_to_publish
from pratiques.domain.imports.mapping import load_mapping, shipped_mappings
from pratiques.domain.imports.practices import import_practices
from pratiques.models import PracticePage
from reference.models import PlaceCode
from tests.factories.places import PlaceFactory
from tests.factories.practices import catalogue, issue

HEADINGS = "clé;titre;résumé;enjeux;lieux;partenaires;comment on s’y est pris;depuis;vérifiée le"
NAVETTE = "n1;La navette;Elle roule.;transport;mrc:990;Caisse|Ferme;<p>Un <b>comité</b></p>;2021;"
FRIGO = "f1;Le frigo;Il est plein.;;;;;;2026-03-04"


def csv(*lines: str, headings: str = HEADINGS) -> bytes:
    """Our own table; « | » stands for the separator inside a cell."""
    rows = [headings, *lines]
    quoted = [";".join(f'"{cell}"' for cell in row.split(";")) for row in rows]
    return "\n".join(quoted).replace("|", ";").encode()


def load(*lines: str, **options):
    return import_practices(csv(*lines), file_name="fiches.csv", **options)


def sheet(key: str = "n1") -> PracticePage:
    return PracticePage.objects.get(source_key=f"maison:{key}")


@pytest.fixture
def ready(db) -> None:
    catalogue()
    issue()
    issue("housing", "Habitation")
    PlaceCode.objects.create(
        place=PlaceFactory(slug="territoire-exemple", territory=True), scheme="mrc", code="990"
    )


@pytest.mark.usefixtures("ready")
def test_sheets_arrive_as_drafts_with_all_that_the_file_says() -> None:
    plan = load(NAVETTE, FRIGO)
    assert (plan.outcome.created, plan.outcome.updated) == (2, 0)
    page = sheet()
    assert (page.live, page.has_unpublished_changes, page.consent_given) == (False, True, False)
    assert (page.title, page.slug, page.summary) == ("La navette", "la-navette", "Elle roule.")
    assert page.approach == "<p>Un <b>comité</b></p>"
    assert [each.code for each in page.issues.all()] == ["transport"]
    assert [each.slug for each in page.places.all()] == ["territoire-exemple"]
    assert [(row.name, row.support) for row in page.partners.all()] == [
        ("Caisse", "other"),
        ("Ferme", "other"),
    ]
    assert (page.started_in, page.licence, page.status) == (2021, "cc_by", "emerging")
    assert page.source_name == "Tableau préparé pour ce catalogue"
    assert sheet("f1").verified_on.isoformat() == "2026-03-04"
    assert set(missing_to_publish(page)) == {"holder_name", "contact_email", "consent_given"}


@pytest.mark.usefixtures("ready")
def test_the_tree_stays_whole_and_the_editor_opens_what_was_made_in_bulk() -> None:
    load(NAVETTE, FRIGO)
    load("n2;La navette;Une autre.;;;;;;")
    parent = catalogue()
    assert parent.numchild == 3
    assert [page.slug for page in parent.get_children()] == [
        "la-navette",
        "le-frigo",
        "la-navette-2",
    ]
    assert not any(Page.find_problems())
    assert sheet().url_path == f"{parent.url_path}la-navette/"
    assert PageLogEntry.objects.filter(page=sheet(), action="wagtail.create").count() == 1
    assert [page.title for page in PracticePage.objects.search("frigo")] == ["Le frigo"]
    page = sheet()
    page.title = "La navette du mardi"
    page.save_revision()
    parent.add_child(instance=PracticePage(title="À la main", live=False))


@pytest.mark.usefixtures("ready")
def test_the_same_file_again_changes_nothing() -> None:
    load(NAVETTE, FRIGO)
    plan = load(NAVETTE, FRIGO)
    assert str(plan.outcome) == "Rien à changer (2 déjà à jour)."
    assert plan.remarks == []
    assert PracticePage.objects.count() == 2


@pytest.mark.usefixtures("ready")
def test_what_the_file_says_anew_is_written_where_nobody_wrote() -> None:
    load(NAVETTE, FRIGO)
    plan = load(
        NAVETTE.replace("transport", "transport|housing").replace("Caisse|Ferme", "Caisse"), FRIGO
    )
    assert (plan.outcome.updated, plan.outcome.unchanged) == (1, 1)
    assert {each.code for each in sheet().issues.all()} == {"transport", "housing"}
    assert [row.name for row in sheet().partners.all()] == ["Caisse"]


@pytest.mark.usefixtures("ready")
def test_what_an_editor_rewrote_stays_and_is_told() -> None:
    load(NAVETTE, FRIGO)
    page = sheet()
    page.summary = "Elle roule le mardi."
    page.save_revision()
    plan = load(NAVETTE.replace("Elle roule.", "Elle vole.").replace("2021", "2022"), FRIGO)
    draft = sheet().get_latest_revision_as_object()
    assert (draft.summary, draft.started_in) == ("Elle roule le mardi.", 2022)
    assert plan.remarks == [
        "Ligne 2, « La navette »: modifié ici depuis le dernier import, gardé tel quel (résumé)."
    ]
    again = load(NAVETTE.replace("Elle roule.", "Elle vole.").replace("2021", "2022"), FRIGO)
    assert (again.outcome.changed, again.remarks) == (False, [])


@pytest.mark.usefixtures("ready")
def test_a_published_sheet_waits_for_an_editor() -> None:
    load(NAVETTE, FRIGO)
    page = sheet()
    page.holder_name, page.contact_email, page.consent_given = "Exemple", "a@exemple.org", True
    page.save_revision().publish()
    plan = load(NAVETTE.replace("La navette", "La grande navette"), FRIGO)
    page = sheet()
    assert (page.live, page.title, page.has_unpublished_changes) == (True, "La navette", True)
    assert page.get_latest_revision_as_object().title == "La grande navette"
    assert "attendent dans un brouillon" in plan.remarks[0]


@pytest.mark.usefixtures("ready")
def test_a_sheet_that_is_locked_is_left_alone_until_it_is_not() -> None:
    load(NAVETTE, FRIGO)
    PracticePage.objects.filter(pk=sheet().pk).update(locked=True)
    changed = NAVETTE.replace("2021", "2022")
    assert "rien n’y a été changé" in load(changed, FRIGO).remarks[0]
    PracticePage.objects.filter(pk=sheet().pk).update(locked=False)
    assert load(changed, FRIGO).outcome.updated == 1


@pytest.mark.usefixtures("ready")
def test_a_trial_writes_nothing() -> None:
    assert load(NAVETTE, dry_run=True).outcome.created == 1
    assert PracticePage.objects.count() == 0


REFUSED = [
    ((NAVETTE, NAVETTE), "Ligne 3: la clé « n1 » a déjà servi (ligne 2)."),
    ((NAVETTE, "x;;;;;;;;"), "Ligne 3: il manque le titre."),
    ((NAVETTE, ";Sans clé;;;;;;;"), "Ligne 3: il manque la clé (clé)."),
    (("x;T;;lune;;;;;",), "Ligne 2: « enjeux »: enjeu inconnu « lune »."),
    (("x;T;;;mrc:000;;;;",), "Ligne 2: « lieux »: lieu inconnu « mrc:000 »."),
    (("x;T;;;;;;hier;",), "Ligne 2: « depuis (année) »: « hier » n’est pas un nombre."),
    (("x;T;;;;;;;31/02/2026",), "Ligne 2: « dernière vérification »: date illisible"),
    ((f"x;{'T' * 300};;;;;;;",), "Ligne 2: « titre »"),
]


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("lines", "said"), REFUSED)
def test_one_bad_line_refuses_the_whole_file(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        load(*lines)
    assert said.split(" »", maxsplit=1)[0] in refused.value.problems[0]
    assert len(refused.value.problems) == 1
    assert PracticePage.objects.count() == 0


@pytest.mark.usefixtures("ready")
def test_a_missing_column_is_named() -> None:
    with pytest.raises(DomainError, match="Colonnes trouvées: « clé », « résumé »"):
        import_practices(csv("a;b", headings="clé;résumé"), file_name="x.csv")
    mapping = shipped_mappings()["maison"]
    with pytest.raises(ImportRefusedError, match="Il manque la colonne « titre »"):
        import_practices(csv("a;b", headings="clé;résumé"), file_name="x.csv", mapping=mapping)


@pytest.mark.usefixtures("ready")
def test_scripts_never_get_in() -> None:
    load("x;<b>T</b><script>a</script>;Un<img src=x onerror=y>;;;;<p>a<script>b</script></p>;;")
    page = sheet("x")
    assert page.approach == "<p>a</p>"
    assert "onerror" not in page.approach + page.url_path
    assert page.slug == "btbscriptascript"


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (csv(NAVETTE)[:-30], "guillemet"),
        (csv(NAVETTE).replace("é".encode(), "Ã©".encode()), "accents"),
        (b"PK\x03\x04" + b"\0" * 100, "Excel"),
        (b"", "vide"),
        (b'[{"cl', "coup"),
    ],
)
def test_a_file_that_is_cut_or_badly_encoded_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        import_practices(content, file_name="x.csv")


@pytest.mark.usefixtures("ready")
def test_a_windows_table_and_a_workbook_say_the_same() -> None:
    load(FRIGO)
    windows = csv(FRIGO).decode().encode("cp1252")
    assert not import_practices(windows, file_name="x.csv").outcome.changed
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as book:
        grid = book.add_worksheet()
        for row, line in enumerate((HEADINGS, FRIGO)):
            grid.write_row(row, 0, line.split(";"))
    assert not import_practices(output.getvalue(), file_name="x.xlsx").outcome.changed


@pytest.mark.usefixtures("ready")
def test_a_mapping_of_ones_own_reads_somebody_elses_columns() -> None:
    mapping = load_mapping(
        b"""
[source]
name = "voisins"
label = "Nos voisins"
[rows]
key = "id"
empty = ["N/D"]
sections = "texte"
[[leave_out]]
column = "etat"
values = ["abandon"]
[fields]
title = { from = ["nom long", "nom"] }
approach = { sections = ["comment*"], format = "markdown" }
sequel = { sections = ["*"], format = "markdown" }
cost_band = { from = "cout", amount = true }
licence = { from = "droits", values = { "libre" = "cc_by_sa" } }
issues = { from = "theme", split = ",", values = { "logis" = "housing" }, otherwise = "ignore" }
source_url = { from = "adresse", split = ":", template = "https://exemple.org/{}/{}" }
moments = { from = "debut", date = "%d/%m/%Y", extra = "Debut" }
""",
        name="voisins.toml",
    )
    rows = [
        {"id": 7, "nom": "Toit", "nom long": "N/D", "cout": "1 500", "droits": "libre"}
        | {"theme": "logis, ailleurs", "adresse": "a:b", "debut": "02/03/2024", "etat": "ok"}
        | {"texte": "# T\n## Comment\nÀ *trois*.\n## Ensuite\nRien."},
        {"id": 8, "etat": "abandon"},
    ]
    content = json.dumps(rows).encode()
    plan = import_practices(content, file_name="v.json", mapping=mapping)
    page = PracticePage.objects.get(source_key="voisins:7")
    assert (page.title, page.cost_band, page.licence) == ("Toit", "under_10000", "cc_by_sa")
    assert page.approach == "<p>À <i>trois</i>.</p>"
    assert page.sequel == "<p><b>Ensuite</b></p><p>Rien.</p>"
    assert (page.source_name, page.source_url) == ("Nos voisins", "https://exemple.org/a/b")
    assert [each.code for each in page.issues.all()] == ["housing"]
    assert [(row.when, row.text) for row in page.moments.all()] == [("2024-03", "Debut")]
    assert plan.remarks == ["1 ligne laissée de côté par la correspondance."]


BAD_MAPPINGS = [
    ("x = ", "ce TOML ne se lit pas"),
    ("[rows]\nkey='a'", "il manque 'source'"),
    ("[fields]\nlune={from='a'}", "champ inconnu: lune"),
    ("[fields]\ntitle={form='a'}", "réglage inconnu, form"),
    ("[fields]\ntitle={from='a', format='word'}", "format inconnu"),
    ("[fields]\nsummary={from='a'}", "d’où vient le titre"),
    ("[fields]\ntitle={from='a'}", "dites la licence"),
    ("[fields]\ntitle={from=3}", "devrait être un texte"),
]


@pytest.mark.parametrize(("text", "said"), BAD_MAPPINGS)
def test_a_mapping_that_is_not_certain_is_refused(text: str, said: str) -> None:
    start = "[source]\nname='a'\nlabel='A'\n[rows]\nkey='a'\n" if "[fields]" in text else ""
    with pytest.raises(DomainError, match=said):
        load_mapping((start + text).encode(), name="m.toml")


@pytest.mark.once
def test_shipped_mappings_can_all_be_read() -> None:
    assert set(shipped_mappings()) == {
        "aides_territoires",
        "budget_participatif_paris",
        "eig",
        "maison",
        "multibao",
    }


def run(*arguments: object) -> str:
    output = StringIO()
    call_command("import_practices", *map(str, arguments), stdout=output)
    return output.getvalue()


@pytest.mark.usefixtures("ready")
def test_the_command_tries_imports_and_says_what_it_refuses(tmp_path: Path) -> None:
    path = tmp_path / "fiches.csv"
    path.write_bytes(csv(NAVETTE, FRIGO))
    assert "Essai: rien n’a été enregistré.\n2 créés" in run(path, "--dry-run")
    assert "2 créés" in run(path)
    assert "Rien à changer (2 déjà à jour)" in run(path)
    path.write_bytes(csv(NAVETTE, NAVETTE))
    with pytest.raises(CommandError, match=r"Rien n’a été enregistré\.\nLigne 3"):
        run(path)


@pytest.mark.usefixtures("ready")
def test_ten_thousand_lines_are_read_and_one_more_is_refused() -> None:
    lines = [f"k{number};Fiche {number}" for number in range(10_000)]
    content = csv(*lines, headings="clé;titre")
    assert import_practices(content, file_name="x.csv", dry_run=True).outcome.created == 10_000
    with pytest.raises(DomainError, match="Plus de 10000 lignes"):
        import_practices(content + b'\n"k";"Fiche"', file_name="x.csv")


@pytest.mark.once  # PostgreSQL writes its search index in statements of its own
@pytest.mark.usefixtures("ready")
def test_queries_do_not_grow_with_lines(django_assert_num_queries) -> None:
    load("first;Fiche;;;;;;;")
    for lines in (1, 20):
        rows = [f"k{lines}-{rank};Fiche;R.;transport;mrc:990;Caisse;;;" for rank in range(lines)]
        with django_assert_num_queries(41):
            load(*rows)
        with django_assert_num_queries(6):
            load(*rows)
