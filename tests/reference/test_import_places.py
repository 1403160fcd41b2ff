"""import_places: all or nothing, matched on scheme and code, refused in words with the line."""

import json

import pytest
from django.core.management import CommandError, call_command

from core.errors import DomainError
from reference.domain.imports.mapping import load_mapping
from reference.domain.imports.places import import_places, load_seed
from reference.models import Place, PlaceCode, PlacePopulation
from tests.sample_data import FIXTURES, HAS_SAMPLE_DATA, SAMPLE_DATA_DIR

HEADINGS = "nomenclature;code;genre;nom;parent\n"
VILLAGE = "other;V-1;communauté locale;Village-Exemple;mrc:350\n"


@pytest.fixture(scope="module")
def region(kept_for_the_module):
    load_seed()


def from_text(text: str, **options):
    return import_places(text.encode(), file_name="essai.csv", **options)


def refusal_of(text: str) -> str:
    before = Place.objects.count()
    with pytest.raises(DomainError) as refusal:
        from_text(text)
    assert Place.objects.count() == before
    return str(refusal.value)


def test_a_new_place_keeps_its_provenance(region):
    assert from_text(HEADINGS + VILLAGE).created == 1
    place = Place.objects.get(codes__scheme="other", codes__code="V-1")
    assert (place.name, place.slug, place.parent.name) == (
        "Village-Exemple",
        "village-exemple",
        "MRC de Mékinac",
    )
    assert place.source.endswith("[essai.csv]")


def test_the_same_file_again_changes_nothing(region):
    from_text(HEADINGS + VILLAGE)
    outcome = from_text(HEADINGS + VILLAGE)
    assert (outcome.changed, outcome.unchanged) == (False, 1)
    assert str(outcome) == "Rien à changer (1 déjà à jour)."


def test_dry_run_writes_nothing(region):
    assert from_text(HEADINGS + VILLAGE, dry_run=True).created == 1
    assert not Place.objects.filter(name="Village-Exemple").exists()


def test_a_homonym_is_another_place(region):
    from_text(HEADINGS + "other;X-1;municipalité;Saint-Séverin;mrc:372\n")
    places = Place.objects.filter(name="Saint-Séverin").order_by("slug")
    assert [place.slug for place in places] == ["saint-severin", "saint-severin-x-1"]


def test_one_refused_line_refuses_the_whole_file(region):
    message = refusal_of(HEADINGS + VILLAGE + "other;V-2;hameau;Autre;mrc:350\n")
    assert message == "Ligne 3: genre de lieu inconnu « hameau »."


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (";90;territoire;X;region:04\n", "Ligne 2: code ambigu « 90 »: donnez sa nomenclature"),
        ("mrcs;90;territoire;X;region:04\n", "code ambigu « 90 »"),
        ("mamh;;municipalité;X;mrc:350\n", "Ligne 2: il manque le code."),
        ("other;Z;communauté locale;X;350\n", "Ligne 2: code ambigu « 350 »"),
        ("other;Z;communauté locale;X;mrc:999\n", "Ligne 2: territoire inconnu (mrc 999)"),
        ("other;Z;communauté locale;X;\n", "Ligne 2: « X » est nouveau: dites dans quel"),
        ("other;Z;;;mrc:350\n", "Ligne 2: lieu inconnu (other Z)"),
        (VILLAGE + VILLAGE, "Ligne 3: le code other V-1 a déjà servi (ligne 2)."),
        (f"other;Z;communauté locale;{'x' * 151};mrc:350\n", "Ligne 2: "),
        (f"other;{'z' * 21};communauté locale;X;mrc:350\n", "Ligne 2: "),
    ],
)
def test_bad_lines_are_refused_with_their_number(region, lines, words):
    assert words in refusal_of(HEADINGS + lines)


def test_a_file_of_unknown_columns_is_refused(region):
    assert "Aucune correspondance fournie" in refusal_of("a;b\n1;2\n")


def test_a_code_of_another_place_is_not_taken(region):
    text = "nomenclature;code;genre;nom;parent;autres codes\n"
    message = refusal_of(text + "other;V;communauté locale;X;mrc:350;mamh:35027\n")
    assert message == "Ligne 2: le code mamh 35027 est déjà celui de « Saint-Tite »."


def test_the_ministry_file_completes_and_never_renames(region):
    content = (FIXTURES / "repertoire_mamh_extrait.csv").read_bytes()
    outcome = import_places(content, file_name="MUN.csv")
    assert (outcome.created, outcome.updated) == (0, 3)
    place = Place.objects.get(codes__scheme="mamh", codes__code="90804")
    assert (place.name, place.designation) == ("Opitciwan", "Communauté atikamekw")
    saint_tite = Place.objects.get(slug="saint-tite")
    assert saint_tite.valid_from.isoformat() == "1998-12-23"
    assert saint_tite.populations.get(basis="decree").count == 3800
    assert saint_tite.population == 3672
    assert not import_places(content, file_name="MUN.csv").changed
    assert not load_seed().changed
    assert saint_tite.populations.get(basis="decree").count == 3800


def test_named_officials_are_never_kept(region):
    content = (FIXTURES / "repertoire_mamh_extrait.csv").read_bytes()
    import_places(content, file_name="MUN.csv")
    assert "Personne" in content.decode("cp1252")
    stored = json.dumps(list(Place.objects.values()), default=str)
    assert "Personne" not in stored


def feature(geometry, **properties):
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": geometry}],
    }


SQUARE = {"type": "Polygon", "coordinates": [[[-72, 46], [-72, 47], [-71, 47], [-72, 46]]]}


def import_json(data):
    return import_places(json.dumps(data).encode(), file_name="contours.geojson")


def test_an_outline_is_kept_with_its_own_source(region):
    data = feature(SQUARE, csd_uid="2435027", nom="Autre nom")
    assert import_json(data).updated == 1
    place = Place.objects.get(slug="saint-tite")
    assert place.geometry == SQUARE
    assert place.geometry_source.endswith("[contours.geojson]")
    assert "contours.geojson" not in place.source
    assert not import_json(data).changed


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        ({"type": "Circle"}, "Entité 1: contour inconnu"),
        (None, "Entité 1: contour inconnu"),
        ({"type": "Polygon", "coordinates": [[]]}, "contour vide"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [1, 2]]]}, "au moins quatre positions"),
        ({"type": "Point", "coordinates": [5_000_000, 46]}, "longitude et une latitude"),
        ({"type": "Point", "coordinates": ["-72", 46]}, "longitude et une latitude"),
        ({"type": "Point", "coordinates": [True, 46]}, "longitude et une latitude"),
    ],
)
def test_bad_outlines_are_refused(region, geometry, words):
    with pytest.raises(DomainError, match=words):
        import_json(feature(geometry, csd_uid="2435027"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"type": "FeatureCollection", "features": [', "tronqué"),
        (b"{" * 200_000, "tronqué"),
        (b'{"a": NaN}', "« NaN »"),
        (b'{"type": "Topology"}', "pas une collection GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [1]}', "Entité 1: elle n’a pas de propriétés"),
    ],
)
def test_what_is_not_geojson_is_refused(content, words):
    with pytest.raises(DomainError, match=words):
        import_places(content, file_name="x.geojson")


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ([46.5, -72.5], "inversées: la longitude vient d’abord"),
        ([-4.5, 48.4], "en dehors du territoire"),
    ],
)
def test_an_outline_elsewhere_or_turned_round_is_refused(region, position, words):
    with pytest.raises(DomainError, match=words):
        import_json(feature({"type": "Point", "coordinates": position}, csd_uid="2435027"))


def test_an_outline_too_fine_to_be_drawn_is_refused(region):
    line = {"type": "LineString", "coordinates": [[-72, 46]] * 20_001}
    with pytest.raises(DomainError, match="plus de 20000 positions"):
        import_json(feature(line, csd_uid="2435027"))


def test_postal_sectors_are_places_outside_the_region(region):
    data = feature(SQUARE, rta="G0X", part_superficie_mauricie=0.91)
    assert import_json(data).created == 1
    sector = Place.objects.get(codes__scheme="other", codes__code="rta-G0X")
    assert (sector.kind, sector.name, sector.parent) == ("external", "Secteur postal G0X", None)
    assert not import_json(data).changed


def test_an_inhabited_place_lies_in_its_territory_and_has_no_portrait_of_its_own(region):
    data = feature(
        {"type": "Point", "coordinates": [-72.9, 46.25]},
        lieu_id="LH_1",
        nom="Louiseville",
        municipalite="Louiseville",
        territoire_code="51",
    )
    assert import_json(data).created == 1
    place = Place.objects.get(codes__scheme="other", codes__code="LH_1")
    assert (place.kind, place.parent.name) == ("locality", "MRC de Maskinongé")
    assert place.slug == "louiseville-lh_1"
    assert place not in Place.objects.appraisable()
    assert not import_json(data).changed


def test_french_municipalities_are_places_outside_the_region(region):
    here = {"type": "Point", "coordinates": [-4.5, 48.4]}
    data = feature(here, code="29019", nom="Brest", departement="29", epci="242900314")
    assert import_json(data).created == 1
    place = Place.objects.get(codes__scheme="other", codes__code="insee-29019")
    assert (place.kind, place.name, place.parent) == ("external", "Brest", None)
    here["coordinates"] = [48.4, -4.5]
    with pytest.raises(DomainError, match="inversées: la longitude vient d’abord"):
        import_json(data)


def test_an_unknown_outline_is_refused(region):
    with pytest.raises(DomainError, match=r"Entité 1: lieu inconnu \(sdr 2499999\)"):
        import_json(feature(SQUARE, csd_uid="2499999"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[match]\nscheme = "sdr"\n', "il manque 'column'"),
        ('[match]\ncolumn = "code"\n', "un code seul ne dit rien"),
        ('[match]\ncolumn = "code"\nscheme = "insee"\n', "insee"),
        ('[match]\ncolumn = "c"\nscheme = "sdr"\n[columns]\nmaire = "m"\n', "champ inconnu: maire"),
    ],
)
def test_a_mapping_that_leaves_a_doubt_is_refused(tmp_path, text, words):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DomainError, match=words):
        load_mapping(path)


def test_the_command_says_what_it_did_and_fails_when_refused(region, tmp_path, capsys):
    path = tmp_path / "lieux.csv"
    path.write_text(HEADINGS + VILLAGE, encoding="cp1252", newline="\r\n")
    call_command("import_places", path, "--dry-run")
    assert "Essai: rien n’a été enregistré." in capsys.readouterr().out
    call_command("import_places", path)
    assert "1 créés, 0 modifiés" in capsys.readouterr().out
    call_command("import_places", path)
    assert "Rien à changer" in capsys.readouterr().out
    path.write_text("%PDF-1.4")
    with pytest.raises(CommandError, match="Rien n’a été enregistré") as refusal:
        call_command("import_places", path)
    assert refusal.value.returncode == 1


if HAS_SAMPLE_DATA:

    def real(name):
        path = SAMPLE_DATA_DIR / name
        return import_places(path.read_bytes(), file_name=path.name)

    @pytest.mark.parametrize(
        ("name", "updated"),
        [
            ("municipalites/repertoire_mun_mauricie_2025.csv", 46),
            ("geo/mauricie_municipalites.geojson", 48),
            ("geo/mauricie_mrc.geojson", 6),
        ],
    )
    def test_real_files_complete_the_seed_once(region, name, updated):
        outcome = real(name)
        assert (outcome.created, outcome.updated) == (0, updated)
        assert not real(name).changed

    @pytest.mark.parametrize(
        ("name", "kind", "created"),
        [
            ("geo/mauricie_lieux_habites.geojson", "locality", 78),
            ("geo/brest_metropole_communes.geojson", "external", 8),
            ("geo/mauricie_rta2021.geojson", "external", 14),
        ],
    )
    def test_real_outlines_of_places_that_no_seed_has(region, name, kind, created):
        before = set(Place.objects.values_list("pk", flat=True))
        assert real(name).created == created
        made = Place.objects.exclude(pk__in=before)
        assert {(place.kind, place.geometry is None) for place in made} == {(kind, False)}
        assert not real(name).changed

    def test_the_seed_says_what_the_real_files_say(region):
        figures = {(p.place_id, p.year, p.basis): p.count for p in PlacePopulation.objects.all()}
        real("municipalites/repertoire_mun_mauricie_2025.csv")
        assert not real("indicateurs/mauricie_population_logements_2016_2021.csv").changed
        assert figures == {
            (p.place_id, p.year, p.basis): p.count for p in PlacePopulation.objects.all()
        }
        assert PlaceCode.objects.filter(scheme="mamh").count() == 49

    def test_of_the_whole_province_only_the_region_is_taken(region):
        assert real("municipalites/repertoire_mun_quebec_2025_leger.csv").created == 0
