"""Démarches from before: five fields and a PDF."""

import pytest
from django.core.files.base import ContentFile

from appreciation.domain.historical import HistoricalFacts, record_historical
from appreciation.domain.publications import withdraw
from appreciation.models import Appraisal, Publication
from core.errors import DomainError
from reference.enums import PlaceKind
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.register import PDF, publish_historical
from tests.factories.starter_site import ensure_site_pages


def enter(**values):
    ensure_site_pages()
    report = values.pop("report", None) or ContentFile(PDF, name="rapport.pdf")
    user = values.pop("user", None)
    facts = {"year": 2018, "title": "Portrait et vision", "summary": "Un tour."} | values
    facts["place"] = facts.get("place") or PlaceFactory()
    return record_historical(HistoricalFacts(**facts), report=report, user=user)


def test_an_entry_is_published_with_its_public_pdf():
    edition = publish_historical(place=PlaceFactory(name="Saint-Prototype"))
    assert (edition.slug, edition.level, edition.year) == (
        "saint-prototype-2018",
        "summary",
        2018,
    )
    assert edition.is_historical
    assert edition.document.is_private is False
    with edition.document.file.open() as file:
        assert file.read() == PDF
    assert edition.appraisal.instrument is None
    assert list(Publication.objects.listed()) == [edition]


def test_the_same_again_changes_nothing():
    place = PlaceFactory()
    first, was_new = enter(place=place)
    again, changed = enter(place=place)
    assert (was_new, changed) == (True, False)
    assert again == first
    assert Appraisal.objects.count() == 1


def test_another_pdf_makes_a_new_edition_and_hides_the_former():
    place = PlaceFactory()
    first, _ = enter(place=place)
    second, changed = enter(place=place, report=ContentFile(PDF + b"2", name="r.pdf"))
    assert changed
    assert (second.number, second.slug) == (2, first.slug)
    first.document.refresh_from_db()
    assert first.document.is_private
    assert second.document.is_private is False


def test_withdrawn_its_pdf_becomes_private():
    edition = publish_historical()
    withdraw(appraisal=edition.appraisal, user=UserFactory(is_superuser=True), reason="Erreur")
    edition.document.refresh_from_db()
    assert edition.document.is_private


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"year": 1890}, "year"),
        ({"year": 2999}, "year"),
        ({"title": " "}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"summary": ""}, "summary"),
        ({"requested_by": "a" * 201}, "requested_by"),
        ({"report": ContentFile(b"<html>", name="r.pdf")}, "report"),
        ({"report": ContentFile(b"%PDF-" + b"0" * 20 * 1024 * 1024, name="r.pdf")}, "report"),
    ],
)
def test_what_is_missing_or_wrong_is_refused(values, field):
    with pytest.raises(DomainError) as refusal:
        enter(**values)
    assert list(refusal.value.fields) == [field]
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize("kind", [PlaceKind.TERRITORY, PlaceKind.FIRST_NATION_COMMUNITY])
def test_a_place_that_is_not_entered_this_way_is_refused(kind):
    with pytest.raises(DomainError):
        enter(place=PlaceFactory(kind=kind))


def test_who_asked_is_said_at_the_register_and_changing_it_makes_an_edition():
    place = PlaceFactory()
    first, _ = enter(place=place, requested_by="Comité du quai")
    assert first.entry["requested_by"] == "Comité du quai"
    second, changed = enter(place=place, requested_by="Comité du port")
    assert (changed, second.number) == (True, 2)


def test_only_the_coordination_of_the_place_enters_it():
    territory = PlaceFactory(territory=True)
    place = PlaceFactory(parent=territory)
    elsewhere, hers = UserFactory(), UserFactory()
    RoleAssignmentFactory(user=elsewhere, place=PlaceFactory(territory=True))
    RoleAssignmentFactory(user=hers, place=territory)
    with pytest.raises(DomainError, match="que vous coordonnez"):
        enter(place=place, user=elsewhere)
    assert not Appraisal.objects.exists()
    assert enter(place=place, user=hers)[1]
