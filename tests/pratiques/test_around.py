"""Around a sheet: related sheets with why, and the public pages that cite it."""

import random
from datetime import date

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from home.models import StandardPage
from pratiques.domain.queries.around import backlinks_to, related_sheets
from pratiques.domain.queries.facet_index import FacetIndex
from pratiques.domain.queries.nearest import nearest
from pratiques.domain.related import relate
from pratiques.domain.suggestions import LADDER, Candidate
from pratiques.models import DossierPage, PracticePage
from tests.factories.places import DimensionFactory, PlaceFactory
from tests.factories.practices import catalogue, issue, practice


def candidate(key, *, issues=(), dimensions=(), status="emerging", kind=""):
    return Candidate(key, status, "", kind, None, frozenset(dimensions), frozenset(issues))


def test_more_issues_then_more_dimensions_then_the_milieu_then_the_proof():
    sheet = candidate(1, issues={"a", "b"}, dimensions={"x"}, kind="village")
    two = candidate(2, issues={"a", "b"})
    both = candidate(3, issues={"a"}, dimensions={"x"})
    kindred = candidate(4, issues={"a"}, kind="village")
    proved = candidate(5, issues={"a"}, status="recognized")
    stranger = candidate(6, issues={"c"}, kind="village", status="recognized")
    others = [stranger, proved, kindred, both, two, sheet]
    found = relate(sheet, others)
    assert [each.key for each in found] == [2, 3, 4]
    assert relate(sheet, reversed(others)) == found
    assert [each.key for each in relate(sheet, [proved, stranger])] == [5]


def dossier(*lines, title="Se déplacer au village"):
    page = DossierPage(title=title, introduction="<p>Trois façons de partager une route.</p>")
    for position, (sheet, sentence) in enumerate(lines):
        page.entries.create(practice=sheet, sentence=sentence, sort_order=position)
    return catalogue().add_child(instance=page)


def index_of(sheets, invented):
    """The bits that the catalogue would keep of these: the last checked first."""
    ordered = sorted(sheets, key=lambda each: (-each.verified_on.toordinal(), -each.key))

    def bits(has):
        return sum(1 << at for at, each in enumerate(ordered) if has(each))

    return FacetIndex(
        version="",
        ids=tuple(each.key for each in ordered),
        bits={each.key: at for at, each in enumerate(ordered)},
        masks={
            "enjeu": {code: bits(lambda each, c=code: c in each.issues) for code in "abc"},
            "dimension": {code: bits(lambda each, c=code: c in each.dimensions) for code in "xyz"},
            "statut": {rung: bits(lambda each, r=rung: each.status == r) for rung in LADDER},
        },
        names={},
        by_title=(),
        territories={},
        sheets={},
        kinds={kind: bits(lambda each, k=kind: each.kind == k) for kind in ("village", "town")},
        invented=bits(lambda each: each.key in invented),
    )


@pytest.mark.once
def test_the_nearest_by_their_bits_are_those_that_the_rule_chooses():
    chance = random.Random(5)  # noqa: S311  the same sheets each time
    sheets = [
        Candidate(
            key=key,
            status=chance.choice(LADDER),
            size="",
            kind=chance.choice(["", "village", "town"]),
            verified_on=date(2026, 1, chance.randint(1, 4)),
            dimensions=frozenset(chance.sample("xyz", chance.randint(0, 3))),
            issues=frozenset(chance.sample("abc", chance.randint(0, 3))),
        )
        for key in range(1, 81)
    ]
    invented = {sheet.key for sheet in sheets if sheet.key % 5 == 0}
    index = index_of(sheets, invented)
    for sheet in sheets:
        for with_demo in (True, False):
            others = [each for each in sheets if with_demo or each.key not in invented]
            chosen = [each.key for each in relate(sheet, others)]
            assert nearest(sheet, index, with_demo=with_demo) == chosen


@pytest.mark.django_db
def test_related_sheets_say_why():
    dimension = DimensionFactory(name="Entraide")
    sheet = practice(milieu_kind="village")
    other = practice(title="Taxi partagé", milieu_kind="village", status="supported")
    practice(title="Jardin", issues=[issue("faim", "Sécurité alimentaire")])
    for each in (sheet, other):
        each.dimensions = [dimension]
        each.save()
    (found,) = related_sheets(sheet)
    assert (found.title, found.url, found.status) == ("Taxi partagé", other.url, "porteuse")
    assert [reason.replace("\xa0", " ") for reason in found.reasons] == [
        "même enjeu : Transport collectif",
        "même dimension : Entraide",
        "même genre de milieu : village ou milieu rural",
    ]
    other.unpublish()
    assert related_sheets(sheet) == ()


@pytest.mark.django_db
def test_public_pages_that_cite_a_sheet_are_named_on_it(django_capture_on_commit_callbacks):
    sheet, home = practice(), catalogue().get_parent()
    with django_capture_on_commit_callbacks(execute=True):
        dossier((sheet, "Pour commencer."))
        link = f'<p><a linktype="page" id="{sheet.pk}">la navette</a></p>'
        cited = home.add_child(
            instance=StandardPage(title="Nouvelle de mai", body=[("text", link)])
        )
        home.add_child(instance=StandardPage(title="Brouillon", body=[("text", link)], live=False))
    assert {(link.title, link.words) for link in backlinks_to(sheet)} == {
        ("Se déplacer au village", "dossier"),
        ("Nouvelle de mai", StandardPage._meta.verbose_name),
    }
    cited.unpublish()
    assert [link.title for link in backlinks_to(sheet)] == ["Se déplacer au village"]


@pytest.mark.django_db
def test_a_dossier_keeps_the_editor_s_order_and_passes_over_who_left(client):
    first, second = practice(title="Taxi partagé"), practice(title="Navette du mardi")
    page = dossier((second, "Le plus simple."), (first, "Quand on est nombreux."))
    said = BeautifulSoup(client.get(page.url).text, "html.parser").select("ol.ruled > li")
    assert [each.h2.get_text() for each in said] == ["Navette du mardi", "Taxi partagé"]
    assert "Le plus simple." in said[0].get_text()
    second.unpublish()
    text = client.get(page.url).text
    assert "Navette du mardi" not in text
    assert "Taxi partagé" in text
    first.unpublish()
    assert "ne sont plus en ligne" in client.get(page.url).text


@pytest.mark.django_db
def test_the_catalogue_names_its_dossiers(client):
    page = dossier((practice(), "Oui."))
    assert page.title in client.get(catalogue().url).text


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_stands_around(rows, django_assert_num_queries):
    sheet = practice()
    for _ in range(rows):
        practice()
    related_sheets(sheet), backlinks_to(sheet)
    sheet = PracticePage.objects.get(pk=sheet.pk)
    with django_assert_num_queries(3):  # its dimensions, its issues, the version
        assert len(related_sheets(sheet)) == rows
    with django_assert_num_queries(2):  # pages that cite it, démarches it was born of
        backlinks_to(sheet)


@pytest.mark.django_db
def test_a_sheet_outlives_its_territory(client):
    territory = PlaceFactory(territory=True)
    sheet = practice(title="Navette", places=[territory])
    territory.delete()
    assert client.get(sheet.url).status_code == 200
    assert "Navette" in client.get(catalogue().url).text
    assert Page.objects.get(pk=sheet.pk).live
