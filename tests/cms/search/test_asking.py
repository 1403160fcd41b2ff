"""One mechanism on every database: which pages are found, in which order, and how it was read."""

from datetime import date

import pytest
from django.db import connection
from wagtail.models import Page

from cms.search.asking import bearing, search_pages
from cms.search.question import Correction, read_question
from cms.search.upkeep import ANYWHERE
from pratiques.models import PracticePage
from tests.factories.practices import practice

pytestmark = pytest.mark.django_db


def titles(query: str, **asked) -> list[str]:
    found = search_pages(query, PracticePage.objects.all(), **asked)
    return [page.title for page in found.pages]


@pytest.mark.parametrize(
    "typed", ["vélo", "velo", "véol", "VÉLOS", "les vélos", "l’velo", "vélo *"]
)
def test_accents_plurals_and_slips_find_the_same_sheet(typed):
    practice(title="Vélos partagés")
    practice(title="Jardin de rue")
    assert titles(typed) == ["Vélos partagés"]


def test_a_correction_is_told_and_can_be_refused():
    practice(title="Vélos électriques")
    found = search_pages("véols électrique", PracticePage.objects.all())
    assert found.question.typed == "véols électrique"
    assert found.question.understood == "Vélos électrique"
    assert found.question.corrections == (Correction("véols", "Vélos"),)
    assert titles("véols", exactly=True) == []


def test_a_word_that_some_page_bears_is_never_corrected():
    practice(title="Vélos partagés")
    practice(title="Viols conjugaux", summary="Prévenir.")
    found = search_pages("viol", PracticePage.objects.all())
    assert found.question.corrections == ()
    assert [page.title for page in found.pages] == ["Viols conjugaux"]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("habitatoin", "habitation"),  # two neighbours swapped
        ("habtiatoin", "habitation"),  # twice, in a long word
        ("abtiatoin", "abtiatoin"),  # three slips
        ("fuor", "four"),
        ("fuar", "fuar"),  # two slips in a short word
        ("fou", "fou"),  # too short to guess
        ("2025", "2025"),  # a year is not a slip of another
    ],
)
def test_how_many_slips_are_forgiven(typed, understood):
    practice(title="Le four et l’habitation en 2026")
    assert search_pages(typed, PracticePage.objects.all()).question.understood == understood


def test_of_two_words_as_near_the_one_that_most_pages_bear():
    practice(title="Zerbat")
    practice(title="Zerbit")
    assert search_pages("zerbot", PracticePage.objects.all()).question.understood == "Zerbat"
    practice(title="Zerbit encore")
    assert search_pages("zerbot", PracticePage.objects.all()).question.understood == "Zerbit"
    practice(title="Zerbto")
    assert search_pages("zerbot", PracticePage.objects.all()).question.understood == "Zerbto"


def test_every_word_is_asked_for_and_titles_come_first_then_dates_then_ids():
    by_text = practice(title="Navette", summary="Un jardin.", verified_on=date(2026, 9, 1))
    old = practice(title="Jardin ancien", verified_on=date(2024, 1, 1))
    new = practice(title="Jardin nouveau", verified_on=date(2026, 1, 1))
    same = practice(title="Jardin du même jour", verified_on=date(2026, 1, 1))
    found = search_pages("jardins", PracticePage.objects.all(), newest="verified_on")
    assert list(found.pages) == [same, new, old, by_text]
    assert titles("jardin ancien") == ["Jardin ancien"]


@pytest.mark.parametrize(
    "typed",
    [
        "vélo " * 1000,
        "'; DROP TABLE wagtailcore_page; -- vélo",
        '"vélo" OR 1=1',
        "vélo 🚲",
        "vélo%_",
        "NEAR(vélo) AND NOT ^*",
        "\x00vélo",
        "{title}: vélo & | ! <-> :*",
        "q0velo",
        "🙂",
        "   ",
        "«»“”''",
    ],
)
def test_no_sign_has_a_meaning_and_none_breaks(typed):
    practice(
        title="Vélos partagés", summary="On drope une table près d’une or 1 near and not title 1"
    )
    found = search_pages(typed, Page.objects.all())
    assert found.pages.count() in (0, 1, Page.objects.filter(public_text__isnull=False).count())
    assert len(found.question.typed) <= 200


def test_words_that_do_not_count_are_left_out_unless_they_are_alone():
    practice(title="Vélos partagés", summary="Texte.")
    assert titles("des vélos pour tous") == []
    assert titles("des vélos avec les") == ["Vélos partagés"]
    assert titles("?!") == []


def test_an_empty_question_finds_all_and_it_costs_nothing(django_assert_num_queries):
    practice()
    practice()
    with django_assert_num_queries(0):
        found = search_pages("", PracticePage.objects.all())
    assert found.pages.count() == 2


def test_what_it_costs(django_assert_num_queries):
    practice(title="Vélos partagés")
    with django_assert_num_queries(2):
        assert len(search_pages("vélo", PracticePage.objects.all()).pages) == 1
    search_pages("véol", PracticePage.objects.all())
    with django_assert_num_queries(3):
        assert len(search_pages("véol", PracticePage.objects.all()).pages) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite a son index à elle.")
def test_postgresql_reads_its_index_and_not_every_text():
    assert '"title" || ' in str(bearing(read_question("vélo"), ANYWHERE).query)
    asked = "SELECT 1 FROM wagtailsearch_indexentry WHERE (title || body) @@ to_tsquery(%s)"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked}", ["q0velo"])
        assert "cms_indexentry_title_body" in str(cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite a son index à elle.")
def test_postgresql_writes_in_its_index_at_once():
    """Else it is not read before the autovacuum, and each search reads every text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reloptions FROM pg_class WHERE relname = %s", ["cms_indexentry_title_body"]
        )
        assert cursor.fetchone() == (["fastupdate=off"],)
