"""Eight fields make a sheet publishable; words are counted; a draft may miss anything."""

import pytest
from django.core.exceptions import ValidationError

from pratiques.domain.completeness import left_to_complete, missing_to_publish, too_long
from pratiques.models import PracticePage
from tests.factories.practices import catalogue, practice

EMPTIED = {
    "summary": "  ",
    "approach": "<p> </p>",
    "holder_name": "",
    "contact_email": "",
    "consent_given": False,
    "places": [],
    "issues": [],
}


@pytest.mark.django_db
def test_eight_fields_are_enough() -> None:
    sheet = practice()
    assert sheet.live
    assert missing_to_publish(sheet) == {}
    assert len(left_to_complete(sheet)) == 14


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "emptied"), EMPTIED.items())
def test_no_sheet_is_published_without_one_of_them(field: str, emptied: object) -> None:
    with pytest.raises(ValidationError) as refused:
        practice(**{field: emptied})
    assert list(refused.value.message_dict) == [field]


@pytest.mark.django_db
def test_a_telephone_is_a_contact_too() -> None:
    assert practice(contact_email="", contact_phone="819 555-0100").live


@pytest.mark.django_db
def test_a_draft_may_miss_anything_but_its_title() -> None:
    draft = catalogue().add_child(instance=PracticePage(title="Une idée", live=False))
    assert set(missing_to_publish(draft)) == {
        "summary",
        "approach",
        "holder_name",
        "contact_email",
        "places",
        "issues",
        "consent_given",
    }


def test_words_are_counted_without_their_tags() -> None:
    sheet = PracticePage(title="Longue", situation=f"<p>{'mot ' * 60}</p><p>{'mot ' * 41}</p>")
    assert too_long(sheet) == {"situation": "101 mots: gardez-en au plus 100."}


@pytest.mark.django_db
def test_a_practice_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="La fin précède le début"):
        practice(started_in=2024, ended_in=2023)


@pytest.mark.django_db
def test_a_long_draft_is_kept_and_shortened_before_it_is_published() -> None:
    """An imported text comes whole: an editor may save it before she has cut it."""
    sheet = practice(situation="mot " * 101, live=False)
    sheet.goes_public = False
    sheet.full_clean()
    sheet.goes_public = True
    with pytest.raises(ValidationError, match="101 mots: gardez-en au plus 100"):
        sheet.full_clean()
