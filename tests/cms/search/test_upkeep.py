"""Only what everyone may read is found, and lends its words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction
from wagtail.search.models import IndexEntry

from cms.models import ContentVersion, PublicText, SearchWord
from cms.search.asking import search_pages
from cms.search.upkeep import rebuild_all
from pratiques.models import PracticePage
from tests.factories.practices import catalogue, practice

pytestmark = pytest.mark.django_db


def found(query: str) -> list[Page]:
    return list(search_pages(query, PracticePage.objects.all()).pages)


def pages_with(word: str) -> int:
    return sum(SearchWord.objects.filter(word=word).values_list("pages", flat=True))


def test_words_are_counted_by_page():
    assert pages_with("velo") == 0
    first = practice(title="Vélo, vélo", summary="Un vélo.")
    practice(title="Un autre vélo")
    assert pages_with("velo") == 2
    first.title, first.summary = "Autobus", "Sans lui."
    first.save()
    assert pages_with("velo") == 1
    assert pages_with("autobus") == 1
    assert SearchWord.objects.get(word="velo").written == "vélo"


def test_a_draft_lends_no_word_until_it_is_published():
    sheet = practice(title="Jardin")
    sheet.title = "Zoothèque"
    sheet.save_revision()
    assert (found("zoothèque"), pages_with("zootheque")) == ([], 0)
    sheet.get_latest_revision().publish()
    assert (found("zootheques"), pages_with("zootheque")) == ([sheet], 1)
    assert found("jardin") == []


@pytest.mark.parametrize("specific", [True, False])
def test_an_unpublished_page_takes_its_words_away(specific):
    sheet = practice(title="Zoothèque")
    (sheet if specific else Page.objects.get(pk=sheet.pk)).unpublish()
    assert (found("zoothèque"), pages_with("zootheque")) == ([], 0)


def test_a_deleted_page_leaves_nothing():
    sheet = practice(title="Zoothèque")
    Page.objects.get(pk=sheet.pk).delete()
    assert pages_with("zootheque") == 0
    assert not PublicText.objects.filter(pk=sheet.pk).exists()
    assert not IndexEntry.objects.filter(
        object_id=str(sheet.pk), content_type=sheet.content_type
    ).exists()


def test_a_restriction_above_hides_and_its_end_shows_again():
    sheet = practice(title="Zoothèque")
    lock = PageViewRestriction.objects.create(
        page=catalogue(), restriction_type=PageViewRestriction.LOGIN
    )
    assert (found("zoothèque"), pages_with("zootheque")) == ([], 0)
    lock.delete()
    assert (found("zoothèque"), pages_with("zootheque")) == ([sheet], 1)


def test_rows_below_the_page_are_found_as_they_are_now():
    sheet = practice(title="Jardin")
    sheet.moments.create(when="Mars", text="Une zoothèque ouvre.")
    sheet.save()
    assert found("zoothèque") == [sheet]
    sheet.moments.all().delete()
    sheet.moments = []
    sheet.save()
    assert found("zoothèque") == []


def test_contacts_are_not_searched():
    practice(contact_email="personne@zootheque.org", consent_note="Zoothèque")
    assert found("zoothèque") == []


def test_the_version_changes_with_what_is_public_only():
    sheet = practice()
    before = ContentVersion.current()
    sheet.save_revision()
    catalogue().add_child(instance=PracticePage(title="Une idée", live=False))
    assert ContentVersion.current() == before
    sheet.save()
    assert ContentVersion.current() not in (before, "")


def test_all_can_be_made_anew():
    sheet = practice(title="Zoothèque")
    draft = practice(title="Xylothèque")
    draft.unpublish()
    words = sorted(SearchWord.objects.values_list("word", "pages"))
    SearchWord.objects.all().delete()
    IndexEntry.objects.all().delete()
    assert rebuild_all() == PublicText.objects.count()
    assert sorted(SearchWord.objects.values_list("word", "pages")) == words
    assert (found("zoothèque"), found("xylothèque")) == ([sheet], [])


@pytest.mark.once
def test_what_lies_below_a_page_is_read_once_for_its_stems():
    """Once for its texts; three times by Wagtail, for each of its own columns; once by the page."""
    sheet = practice()
    with CaptureQueriesContext(connection) as asked:
        sheet.save()
    assert sum('FROM "reference_issue"' in query["sql"] for query in asked) == 5


def test_the_text_that_excerpts_are_cut_from_reads_as_the_page_does():
    sheet = practice(title="Jardin", summary="L'été: on s'entraide !")
    kept = PublicText.objects.get(pk=sheet.pk).text
    assert kept.startswith("L’été : on s’entraide!")
    assert found("entraide") == [sheet]
