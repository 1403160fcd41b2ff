"""import_indicators: figures with their status, period, class and source; refused with the line."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from core.errors import DomainError
from reference.domain.imports.indicator_cells import read_cell
from reference.domain.imports.indicator_mapping import (
    load_indicator_mapping,
    shipped_indicator_mappings,
)
from reference.domain.imports.indicators import import_indicators
from reference.domain.imports.places import load_seed
from reference.domain.indicators import ensure_indicators, shipped_definitions
from reference.domain.periods import read_period
from reference.domain.vocabularies import load_vocabularies
from reference.models import (
    Indicator,
    IndicatorSource,
    IndicatorValue,
    Place,
    PlaceChange,
    PlaceCode,
)
from tests.reference.figures import (
    AGES,
    LONG,
    LONG_MAPPING,
    NAMED_MAPPING,
    WIDE,
    figure,
    from_text,
    mapping,
    place,
    refusal_of,
)
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR


@pytest.fixture(scope="module")
def region(kept_for_the_module):
    load_seed()


def test_a_long_file_keeps_each_figure_with_where_it_came_from(region):
    plan = from_text(LONG + "35027;population;2021;3 672;\n35027;part;2021;12,5 E;\n")
    assert (plan.outcome.created, plan.outcome.updated) == (2, 0)
    value = figure("population", place("saint-tite"))
    assert (value.value, value.status, value.period) == (Decimal(3672), "published", "2021")
    assert (value.file_name, value.line) == ("essai.csv", 2)
    assert (value.source.publisher, value.source.licence) == ("Organisme", "CC BY 4.0")
    assert figure("part-essai", place("saint-tite")).status == "estimated"
    assert figure("part-essai", place("saint-tite")).symbol == "E"


def test_the_same_file_again_changes_nothing_and_the_next_edition_adds_its_year(region):
    text = LONG + "35027;population;2021;3672;\n35035;population;2021;1367;\n"
    from_text(text)
    assert not from_text(text).outcome.changed
    later = text + "35027;population;2026;3650;\n35035;population;2026;1400;\n"
    outcome = from_text(later, edition="2026").outcome
    assert (outcome.created, outcome.updated, outcome.unchanged) == (2, 0, 2)
    assert IndicatorSource.objects.filter(series="essai").count() == 2


def test_a_next_edition_revises_its_own_series_and_no_other(region):
    from_text(LONG + "35027;population;2021;3672;\n")
    revised = from_text(LONG + "35027;population;2021;3670;r\n", edition="2026")
    assert revised.outcome.updated == 1
    value = figure("population", place("saint-tite"))
    assert (value.value, value.symbol, value.source.edition) == (Decimal(3670), "r", "2026")
    with pytest.raises(DomainError, match="vient déjà d’une autre source"):
        from_text(LONG + "35027;population;2021;1;\n", series="autre")


def test_a_dry_run_writes_nothing_at_all(region):
    assert from_text(LONG + "35027;population;2021;3672;\n", dry_run=True).outcome.created == 1
    assert not IndicatorValue.objects.exists()
    assert not Indicator.objects.exists()
    assert not IndicatorSource.objects.exists()


def test_a_wide_file_gives_several_figures_and_classes_a_line(region):
    plan = import_indicators(
        b"code,f,h,m\n35027,1 800,1872,2024-06\n35035,x,..,2024-06\n",
        file_name="large.csv",
        mapping=mapping(WIDE),
    )
    assert plan.outcome.created == 4
    women = IndicatorValue.objects.get(place__slug="saint-tite", breakdown__code="gender:women")
    assert (women.value, women.period, str(women.breakdown)) == (Decimal(1800), "2024-06", "femmes")
    hidden = IndicatorValue.objects.get(place__slug="herouxville", breakdown__code="gender:women")
    assert (hidden.value, hidden.status, hidden.symbol) == (None, "suppressed", "x")


def test_classes_are_read_from_columns_and_fractions_become_shares(region):
    plan = import_indicators(
        b"code,axe,classe,part\n35027,age,18_19,0.049887\n35027,genre,female,0.5\n",
        file_name="ages.csv",
        mapping=mapping(AGES),
    )
    assert plan.outcome.created == 2
    shares = {
        row.breakdown.code: row.value for row in IndicatorValue.objects.select_related("breakdown")
    }
    assert shares == {"age:18-19": Decimal("4.9887"), "gender:women": Decimal(50)}


CELLS = [
    ("1 234,5", "", "", ("1234.5", "published", "")),
    ("1\N{NO-BREAK SPACE}234", "", "", ("1234", "published", "")),
    ("1,234.5", "", "en", ("1234.5", "published", "")),
    ("12,345", "", "en", ("12345", "published", "")),
    ("12,345", "", "fr", ("12.345", "published", "")),
    ("-4,8 %", "", "", ("-4.8", "published", "")),
    ("29 296 $", "", "", ("29296", "published", "")),
    ("12.5E", "", "", ("12.5", "estimated", "E")),
    ("12 r", "", "", ("12", "published", "r")),
    ("12", "A", "", ("12", "published", "A")),
    ("12", "E", "", ("12", "estimated", "E")),
    ("", "...", "", (None, "not_available", "...")),
    ("", "missing", "", (None, "not_available", "")),
    ("x", "", "", (None, "suppressed", "x")),
    ("X", "", "", (None, "suppressed", "x")),
    ("F", "", "", (None, "suppressed", "F")),
    ("..", "", "", (None, "not_available", "..")),
    ("< 5", "", "", (None, "suppressed", "< 5")),
    ("moins de 5", "", "", (None, "suppressed", "< 5")),
]


@pytest.mark.once
def test_a_cell_is_a_number_a_symbol_or_both():
    for text, flag, numbers, expected in CELLS:
        told = read_cell(text, flag=flag, numbers=numbers, statuses={"missing": "not_available"})
        number = None if told.number is None else f"{told.number.normalize():f}"
        assert (number, told.status, told.symbol) == expected, text
    assert read_cell("") is None


@pytest.mark.once
def test_a_cell_that_leaves_a_doubt_is_refused():
    for text, flag, words in [
        ("12,345", "", "se lit de deux façons"),
        ("douze", "", "n’est pas un nombre"),
        ("12 F", "", "cache un chiffre"),
        ("12", "x", "cache un chiffre"),
        ("E", "", "pas accompagné de son chiffre"),
        ("", "A", "la case est vide"),
        ("12", "z", "statut inconnu « z »"),
        ("1" * 20, "", "trop grand"),
    ]:
        with pytest.raises(DomainError, match=words):
            read_cell(text, flag=flag)


@pytest.mark.once
def test_periods_are_years_months_or_intervals():
    assert [read_period(text) for text in ("2021", "2021.0", "2024-06", "2024-06-01")] == [
        *("2021", "2021", "2024-06", "2024-06"),
    ]
    assert read_period("2016/2021") == "2016/2021"
    for text in ("21", "2021-13", "2021/2016", "printemps 2021", "1492"):
        with pytest.raises(DomainError):
            read_period(text)


BAD_LINES = [
    ("99999;population;2021;1;", "Ligne 3: code de lieu inconnu (mamh 99999)."),
    (";population;2021;1;", "Ligne 3: il manque le code du lieu."),
    ("35035;population;;1;", "Ligne 3: il manque l’année."),
    ("35035;population;an 1;1;", "Ligne 3: période illisible « an 1 »"),
    ("35035;population;2021;-5;", "Ligne 3: « Population » ne peut pas être négatif (-5)."),
    ("35035;inconnu;2021;1;", "Ligne 3: indicateur inconnu « inconnu »"),
    ("35035;population;2021;beaucoup;", "Ligne 3: « beaucoup » n’est pas un nombre."),
    ("35027;population;2021;1;", "Ligne 3: population, 2021 est déjà donné"),
    ("35035;population;2021;1;zz", "Ligne 3: statut inconnu « zz »"),
]


def test_one_refused_line_refuses_the_file_and_says_which(region):
    good = LONG + "35027;population;2021;3672;\n"
    for line, words in BAD_LINES:
        assert words in refusal_of(good + line + "\n")


def test_percents_given_as_fractions_are_asked_about(region):
    text = LONG + "".join(
        f"{code};part;2021;0,1{code[-1]};\n" for code in ("35027", "35035", "35040")
    )
    assert "tous ses chiffres vont de 0 à 1" in refusal_of(text)
    assert "tous ses chiffres vont de 0 à 1" in refusal_of(text.replace("0,1", "0,9"))
    assert from_text(text + "35005;part;2021;12;\n").outcome.created == 4


def test_a_fraction_above_one_is_refused(region):
    with pytest.raises(DomainError, match="Ligne 2: « part »: une part va de 0 à 1, pas 12"):
        import_indicators(
            b"code,axe,classe,part\n35027,age,18_19,12\n",
            file_name="ages.csv",
            mapping=mapping(AGES),
        )


def test_the_file_of_another_region_is_told_in_one_sentence(region):
    message = refusal_of(LONG + "72005;population;2021;1;\n72010;population;2021;2;\n")
    assert "c’est sans doute le fichier d’une autre région" in message


def test_codes_shifted_beside_their_names_are_refused(region):
    named = mapping(NAMED_MAPPING)
    with pytest.raises(DomainError, match="le code 35020 est celui de « Saint-Séverin », mais"):
        import_indicators(
            "code;nom;quoi;quand;combien;statut\n35020;Saint-Sévère;population;2021;337;\n".encode(),
            file_name="noms.csv",
            mapping=named,
        )
    plan = import_indicators(
        b"code;nom;quoi;quand;combien;statut\n90804;Obedjiwan 28;population;2021;1991;\n",
        file_name="noms.csv",
        mapping=named,
    )
    assert plan.remarks[0] == "Le fichier écrit « Obedjiwan 28 » pour « Opitciwan »."


def test_homonyms_are_told_apart_by_their_codes_and_a_name_alone_is_refused(region):
    other = Place.objects.create(kind="external", name="Saint-Séverin", slug="saint-severin-beauce")
    PlaceCode.objects.create(place=other, scheme="mamh", code="27003")
    from_text(LONG + "35020;population;2021;812;\n27003;population;2021;300;\n")
    assert figure("population", place("saint-severin")).value == 812
    assert figure("population", other).value == 300
    with pytest.raises(DomainError, match="un nom ne suffit pas"):
        load_indicator_mapping(
            b'[source]\nseries="a"\nedition="b"\nname="c"\npublisher="d"\nlicence="e"\n'
            b'[place]\nscheme="mamh"\nname_column="nom"\n[[indicators]]\ncode="a"\ncolumn="a"\n',
            name="m",
        )


def test_a_dissolved_place_has_no_figure_afterwards(region):
    Place.objects.filter(slug="saint-tite").update(valid_to="2022-12-31")
    assert from_text(LONG + "35027;population;2021;3672;\n").outcome.created == 1
    message = refusal_of(LONG + "35027;population;2026;1;\n")
    assert "« Saint-Tite » n’existe plus depuis le 31\N{NO-BREAK SPACE}décembre" in message


def test_a_change_across_a_merger_cannot_be_compared(region):
    old, new = place("herouxville"), place("saint-tite")
    PlaceChange.objects.create(old=old, new=new, kind="annexation", date="2018-01-01")
    text = LONG + "35027;variation;2016/2021;-0,4;\n35050;variation;2016/2021;-2,8;\n"
    from_text(text)
    assert figure("variation-essai", new).status == "not_comparable"
    assert figure("variation-essai", place("sainte-thecle")).status == "published"
    assert not from_text(text).outcome.changed


def test_unknown_codes_become_outside_places_only_where_the_mapping_says_so(region):
    text = AGES.replace("[place]", '[place]\nunknown = "external"\nexternal_name = "Secteur {}"')
    content = b"code,axe,classe,part\nG0X,age,18_19,0.05\nG0X,genre,female,0.5\n"
    plan = import_indicators(content, file_name="rta.csv", mapping=mapping(text))
    outside = Place.objects.get(codes__scheme="mamh", codes__code="G0X")
    assert (outside.kind, outside.name, outside.parent) == ("external", "Secteur G0X", None)
    assert plan.remarks == ["Nouveaux lieux hors région: Secteur G0X."]
    left_out = AGES.replace("[place]", '[place]\nunknown = "ignore"')
    plan = import_indicators(
        content.replace(b"G0X", b"G8T") + b"35027,age,18_19,0.1\n",
        file_name="rta.csv",
        mapping=mapping(left_out),
    )
    assert plan.remarks[0] == "Lieux inconnus ici, laissés de côté: 1."


@pytest.mark.once
def test_a_mapping_that_leaves_a_doubt_is_refused():
    for found, put, words in [
        ('column = "code"', 'column = ""', "un nom ne suffit pas"),
        ('scheme = "mamh"', 'scheme = "insee"', "insee"),
        ('column = "quand"', 'colonne = "quand"', "colonne"),
        ('code = "population"', 'nom = "population"', "nom"),
        ("[file]", '[file]\nnombres = "fr"', "réglage inconnu dans \\[file\\]: nombres"),
        ("[file]", '[file]\nnumbers = "de"', "« fr » ou « en »"),
        ("[place]", '[place]\nunknown = "create"', "place.unknown"),
    ]:
        text = LONG_MAPPING.replace(found, put, 1)
        assert text != LONG_MAPPING
        with pytest.raises(DomainError, match=words):
            load_indicator_mapping(text.encode(), name="m")


@pytest.mark.once
def test_every_shipped_mapping_names_indicators_that_are_defined_with_a_gloss():
    known = shipped_definitions()
    assert len(shipped_indicator_mappings()) == 11
    for name, shipped in shipped_indicator_mappings().items():
        for rule in shipped.rules:
            assert known[rule.code]["description"].endswith("."), (name, rule.code)


def test_a_shipped_indicator_knows_its_neighbour_and_editors_keep_theirs(region):
    assert ensure_indicators(["median-rent"])["median-rent"].dimension is None
    load_vocabularies()
    rent, repairs = ensure_indicators(["median-rent", "major-repairs"]).values()
    assert (rent.dimension, repairs.dimension.code) == (None, "services")


def test_an_indicator_that_nothing_defines_is_refused(region):
    message = refusal_of(
        "code;quoi;quand;combien;statut\n35027;population;2021;1;\n",
        rules=LONG_MAPPING.replace('code = "population"', 'code = "mystere"'),
    )
    assert "Indicateur inconnu: mystere." in message


def test_the_command_says_what_it_did_and_fails_when_refused(region, tmp_path, capsys):
    path, rules = tmp_path / "chiffres.csv", tmp_path / "essai.toml"
    rules.write_text(LONG_MAPPING, encoding="utf-8")
    path.write_text(LONG + "35027;population;2021;3672;\n", encoding="cp1252")
    call_command("import_indicators", path, mapping=rules, dry_run=True)
    assert "Essai: rien n’a été enregistré." in capsys.readouterr().out
    call_command("import_indicators", path, mapping=rules)
    call_command("import_indicators", path, mapping=rules)
    assert "Rien à changer" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Aucune correspondance fournie"):
        call_command("import_indicators", path)


if HAS_SAMPLE_DATA:
    REAL = SAMPLE_DATA_DIR / "indicateurs"

    def real(name):
        return import_indicators((REAL / name).read_bytes(), file_name=name)

    def test_the_census_of_each_municipality_and_what_it_adds_up_to(region):
        name = "mauricie_population_logements_2016_2021.csv"
        plan = real(name)
        assert plan.outcome.created == 528
        mauricie = Place.objects.get(kind="region")
        assert figure("population", mauricie, "2021").value == 273_055
        assert figure("population", mauricie, "2016").value == 266_112
        assert figure("population", mauricie, "2021").is_computed
        mekinac = Place.objects.get(name="MRC de Mékinac")
        assert round(figure("population-change", mekinac, "2016/2021").value, 1) == Decimal("3.3")
        empty = figure("population-change", place("lac-masketsi"), "2016/2021")
        assert (empty.status, empty.symbol) == ("not_available", "...")
        assert not real(name).outcome.changed

    def test_files_of_regions_and_postal_sectors_speak_of_outside_places(region):
        assert real("mtess_afdr-adultes-202406.csv").outcome.created == 102
        assert Place.objects.filter(kind="external").count() == 16
        assert real("mauricie_profil_recensement_2016_complet.csv").outcome.created == 44
        mauricie = Place.objects.get(kind="region")
        assert figure("low-income", mauricie, "2016").value == Decimal("18.4")
        assert figure("median-income", mauricie, "2015").value == 29_296
        assert figure("lone-parent-families", mauricie).status == "rounded"

    def test_a_table_of_names_without_codes_is_refused(region):
        with pytest.raises(DomainError, match="celle du code du lieu"):
            real("mauricie_98-10-0002-02_format_statcan.csv")
