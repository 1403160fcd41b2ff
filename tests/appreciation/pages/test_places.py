"""Portraits in public: words first, sources, what is missing; a council agrees before its own."""

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.models import RoleAssignment
from appreciation.domain.place_pages import ensure_place_pages
from appreciation.models import PlaceFact, PlacePage, PlaceReading
from reference.domain.imports.places import import_places
from reference.models import IndicatorValue, Place, PortraitItem, TypeAssignment, Typology
from tests.admin_people import signed_in
from tests.factories.people import UserFactory
from tests.factories.portraits import SHOWN, census_portraits
from tests.reference.figures import place

VILLAGE = "/communautes/saint-roch-de-mekinac/"


@pytest.fixture(scope="module")
def portraits(kept_for_the_module):
    census_portraits()


def text_of(client, address) -> str:
    html = unescape(client.get(address).content.decode())
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_portrait_of_a_small_village_says_its_figures_and_what_is_missing(client, portraits):
    text = text_of(client, VILLAGE)
    assert "304 personnes" in text
    assert "2 personnes de plus qu’en 2016 (+0,7 %)." in text
    assert "Le jour du recensement" not in text
    assert "Combien de personnes habitent ici, le jour du recensement." in text
    assert "vingt personnes suffisent à changer un pourcentage" in text
    assert "Mauricie : 18,4 % (2016)" in text
    assert "Pas de chiffre publié pour ce lieu" in text
    assert "Faible revenu : pas de chiffre publié pour ce lieu." in text
    assert "Licence ouverte de Statistique Canada" in text


def test_the_region_and_territory_stand_beside_with_how_they_were_made(client, portraits):
    text = text_of(client, VILLAGE)
    assert "0,7 % ici; 3,3 % pour la MRC de Mékinac et 2,6 % pour la Mauricie." in text
    assert "MRC de Mékinac et Mauricie : calculé à partir des municipalités" in text
    region = text_of(client, "/communautes/mauricie/")
    assert "273 055 personnes" in region
    assert "la source masque ou arrondit" not in region


def test_no_portrait_ranks_anyone(client, portraits):
    for address in (VILLAGE, "/communautes/", "/communautes/mauricie/"):
        assert not re.search(r"\brang\b|classement des|\d+(er|e) sur", text_of(client, address))


def test_what_people_say_stands_beside_the_figures(client, portraits):
    page = PlacePage.objects.get(slug="saint-roch-de-mekinac")
    assert "Cette partie appartient aux gens de la place" in text_of(client, VILLAGE)
    PlaceFact.objects.create(
        page=page, kind="school", words="L’école ouvre encore.", year=2026, told_by="le comité"
    )
    PlaceReading.objects.create(
        page=page,
        indicator=PortraitItem.objects.first().indicator,
        words="Deux de plus, c’est une famille.",
        told_by="huit personnes réunies",
        told_on="2026-09-17",
    )
    text = text_of(client, VILLAGE)
    assert "École L’école ouvre encore. Dit par le comité, 2026." in text
    assert "À propos de « Population ». huit personnes réunies, 17 septembre 2026" in text


def test_types_are_hidden_until_the_community_agrees(client, portraits):
    source = IndicatorValue.objects.first().source
    typology = Typology.objects.create(scheme="essai", version="1", name="Types", source=source)
    kind = typology.types.create(code="a", label="Type d’essai")
    assigned = TypeAssignment.objects.create(
        place=place("saint-roch-de-mekinac"), typology=typology, type=kind
    )
    assert "Type d’essai" not in client.get(VILLAGE).content.decode()
    assigned.community_agreed_on = "2026-10-01"
    assigned.save()
    assert "Type d’essai : Types (1)." in text_of(client, VILLAGE)


def test_the_figures_leave_as_csv_with_source_and_licence(client, portraits):
    response = client.get(f"{VILLAGE}?format=csv")
    rows = b"".join(response).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("lieu;indicateur;code_indicateur;periode;valeur;unite;statut;source")
    assert rows[2].startswith("Saint-Roch-de-Mékinac;Population;population;2021;304;personnes;")
    assert rows[2].endswith("Licence ouverte de Statistique Canada;non")
    assert any(row.startswith("Mauricie;Population") and row.endswith(";oui") for row in rows)


def test_a_sheet_to_read_together_and_a_wall_say_the_same_figures(client, portraits):
    sheet, wall = (text_of(client, f"{VILLAGE}?vue={view}") for view in ("feuille", "projection"))
    assert "304 personnes" in sheet
    assert "Qu’est-ce que ces chiffres ne disent pas?" in sheet
    assert "pas de chiffre publié pour ce lieu" in sheet
    assert "304 personnes" in wall
    assert "pas de chiffre publié" not in wall


def test_an_atikamekw_portrait_waits_for_its_council(client, portraits):
    page = PlacePage.objects.get(slug="wemotaci")
    assert not page.live
    assert client.get("/communautes/wemotaci/").status_code == 404
    assert "Wemotaci" not in text_of(client, "/communautes/")
    with pytest.raises(ValidationError, match="quand son conseil est d’accord"):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    page.council_agreed_by, page.council_agreed_on = "Conseil d’essai", "2026-10-01"
    page.save_revision().publish()
    assert client.get("/communautes/wemotaci/").status_code == 200


def test_a_portrait_taken_down_is_gone_and_an_unknown_one_not_found(client, portraits):
    page = PlacePage.objects.get(slug="sainte-thecle")
    page.unpublish()
    gone = client.get("/communautes/sainte-thecle/")
    assert gone.status_code == 410
    assert "Ce portrait a été retiré" in gone.content.decode()
    for address in ("/communautes/nulle-part/", f"{VILLAGE}plus/"):
        assert client.get(address).status_code == 404


def test_the_list_goes_by_territory_and_finds_a_name(client, portraits):
    text = text_of(client, "/communautes/")
    assert text.index("MRC de Mékinac") < text.index("Saint-Roch-de-Mékinac")
    found = text_of(client, "/communautes/?q=thecle")
    assert "« thecle » : 1 lieu." in found
    assert "Saint-Roch" not in found
    assert "Aucun lieu ne porte ce nom ici." in text_of(client, "/communautes/?q=zzz")


def test_each_place_has_its_page_once(portraits):
    assert ensure_place_pages(Place.objects.filter(slug__in=SHOWN)) == []
    unlived = Place.objects.filter(kind__in=("external", "unorganized_territory"))
    assert ensure_place_pages(unlived) == []
    homonym = Place.objects.create(kind="municipality", name="Mauricie", slug="mauricie-bis")
    made = ensure_place_pages(Place.objects.filter(slug__in=("mauricie-bis", "opitciwan")))
    assert [(page.slug, page.live) for page in made] == [
        ("mauricie-bis", True),
        ("opitciwan", False),
    ]
    assert made[0].place == homonym


def test_the_page_follows_its_place_whatever_the_rights(portraits):
    page = PlacePage.objects.get(slug="sainte-thecle")
    editor = UserFactory(is_superuser=True)
    RoleAssignment.objects.create(user=editor, role="editor", place=place("mauricie"))
    can = page.permissions_for_user(editor)
    assert (can.can_edit(), can.can_publish(), can.can_unpublish()) == (True, True, True)
    assert not any((can.can_delete(), can.can_move(), can.can_copy(), can.can_add_subpage()))
    assert not PlacePage.is_creatable


@pytest.mark.parametrize("count", [1, 3])
def test_a_portrait_asks_few_and_the_same_whatever_its_list(
    client, portraits, django_assert_num_queries, count
):
    kept = PortraitItem.objects.order_by("position").values_list("pk", flat=True)[:count]
    PortraitItem.objects.exclude(pk__in=list(kept)).delete()
    client.get(VILLAGE)
    with django_assert_num_queries(12):
        client.get(VILLAGE)
    with django_assert_num_queries(9):
        client.get("/communautes/")


def test_a_preview_in_the_admin_shows_the_draft(portraits):
    page = PlacePage.objects.get(slug="sainte-thecle")
    page.introduction = "Un texte en cours."
    response = page.serve_preview(RequestFactory().get("/"), "").render()
    assert "Un texte en cours." in response.content.decode()


HEADINGS = "nomenclature;code;genre;nom;parent\n"


def test_a_place_that_comes_later_has_its_portrait_at_once(client, portraits):
    lines = (
        "other;V-1;communauté locale;Vallée-Exemple;mrc:350\n"
        "other;V-2;lieu habité;Hameau-Exemple;mrc:350\n"
        "other;V-3;communauté atikamekw;Réserve-Exemple;mrc:350\n"
    )
    content = (HEADINGS + lines).encode()
    import_places(content, file_name="lieux.csv", dry_run=True)
    assert not PlacePage.objects.filter(title="Vallée-Exemple").exists()
    for _twice in range(2):
        import_places(content, file_name="lieux.csv")
    made = PlacePage.objects.filter(title__endswith="-Exemple").order_by("title")
    assert list(made.values_list("title", "live")) == [
        ("Réserve-Exemple", False),
        ("Vallée-Exemple", True),
    ]
    assert "Vallée-Exemple" in text_of(client, "/communautes/vallee-exemple/")


def test_a_place_that_an_editor_adds_has_its_portrait_too(client, portraits):
    signed_in(client, "editor")
    form = {"name": "Les Deux-Rives", "kind": "local_community", "slug": "les-deux-rives"}
    form |= dict.fromkeys(("part_links", "codes", "populations"), inline_formset([]))
    response = client.post(
        reverse("wagtailsnippets_reference_place:add"), nested_form_data(form | {"parent": ""})
    )
    assert response.status_code == 302
    assert PlacePage.objects.get(slug="les-deux-rives").live


def test_a_place_added_by_mistake_goes_with_its_page_unless_somebody_wrote_in_it(client, portraits):
    signed_in(client, "coordinator")
    content = (HEADINGS + "other;V-9;communauté locale;Erreur-Exemple;mrc:350\n").encode()
    import_places(content, file_name="lieux.csv")
    wrong = Place.objects.get(name="Erreur-Exemple")
    address = reverse("wagtailsnippets_reference_place:delete", args=[wrong.pk])
    page = PlacePage.objects.get(place=wrong)
    fact = PlaceFact.objects.create(page=page, kind="school", words="x", year=2026, told_by="y")
    said = client.post(address, follow=True).content.decode()
    assert "sert encore (1 portrait d’un lieu)" in unescape(said)
    fact.delete()
    assert client.get(address).status_code == 200
    client.post(address)
    assert not Place.objects.filter(pk=wrong.pk).exists()
    assert not PlacePage.objects.filter(pk=page.pk).exists()
