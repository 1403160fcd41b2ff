"""Démarches from before: five fields and a PDF."""

import pytest
from django.core.files.base import ContentFile

from appreciation.domain.historical import HistoricalFacts, record_historical, record_words
from appreciation.domain.historical_words import TypedFinding, TypedWords
from appreciation.domain.publications import withdraw
from appreciation.models import Appraisal, Publication
from core.errors import DomainError
from reference.enums import PlaceKind
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.places import DimensionFactory
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


def told(edition) -> list[tuple[str, str, str]]:
    findings = edition.snapshot["report"]["findings"]
    return [(each["kind"], each["text"], each["dimension"]) for each in findings]


def type_words(edition, *findings, lessons="", user=None, replaces=None):
    return record_words(
        appraisal=edition.appraisal,
        words=TypedWords(findings, lessons),
        user=user or UserFactory(is_superuser=True),
        replaces=edition.number if replaces is None else replaces,
    )


class TestWhatItsReportSays:
    """Typed from the PDF: read with those of other démarches, never counted with answers."""

    def test_it_makes_an_edition_that_holds_it_with_the_same_pdf(self):
        first = publish_historical()
        aid = DimensionFactory(name="Entraide")
        second, is_new = type_words(
            first,
            TypedFinding("challenge", "Peu de relève"),
            TypedFinding("strength", "On se prête des outils", aid),
            lessons="Commencer plus tôt.",
        )
        assert is_new
        assert (second.number, second.slug, second.document) == (2, first.slug, first.document)
        assert second.document.is_private is False
        assert told(second) == [
            ("strength", "On se prête des outils", "Entraide"),
            ("challenge", "Peu de relève", ""),
        ]
        assert second.snapshot["report"]["lessons"] == "Commencer plus tôt."
        assert list(second.dimensions.all()) == [aid]
        assert " releve" in second.search_text
        assert second.snapshot["report"]["sha256"] == first.snapshot["report"]["sha256"]

    def test_a_corrected_line_stays_the_same_finding_and_a_dropped_one_goes(self):
        first = publish_historical()
        second, _ = type_words(
            first, TypedFinding("strength", "Le quai"), TypedFinding("action_lead", "Un jardin")
        )
        quay = first.appraisal.findings.get(text="Le quai")
        third, _ = type_words(second, TypedFinding("strength", "Le vieux quai", pk=quay.pk))
        assert told(third) == [("strength", "Le vieux quai", "")]
        assert list(first.appraisal.findings.values_list("pk", flat=True)) == [quay.pk]

    def test_the_same_again_makes_no_edition(self):
        first = publish_historical()
        second, _ = type_words(first, TypedFinding("strength", "Le quai"))
        again, is_new = type_words(second, TypedFinding("strength", "Le quai"))
        assert (again, is_new) == (second, False)

    def test_entering_the_five_fields_anew_leaves_what_was_typed(self):
        place = PlaceFactory()
        first, _ = enter(place=place)
        type_words(first, TypedFinding("strength", "Le quai"), lessons="Marcher plus.")
        third, changed = enter(place=place, summary="Autrement dit.")
        assert changed
        assert told(third) == [("strength", "Le quai", "")]
        assert third.snapshot["report"]["lessons"] == "Marcher plus."

    @pytest.mark.parametrize(
        ("findings", "options", "words"),
        [
            ([TypedFinding("strength", "a" * 601)], {}, "dépasse 600"),
            ([TypedFinding("strength", "A")] * 2, {}, "deux fois"),
            ([TypedFinding("autre", "A")], {}, "une force, un défi"),
            ([TypedFinding("strength", str(n)) for n in range(61)], {}, "60 constats"),
            ([], {"lessons": "a" * 3001}, "3000"),
            ([TypedFinding("strength", "A")], {"replaces": 0}, "vient d’écrire"),
        ],
    )
    def test_what_cannot_be_kept_is_refused(self, findings, options, words):
        first = publish_historical()
        with pytest.raises(DomainError, match=words):
            type_words(first, *findings, **options)
        assert Publication.objects.count() == 1

    def test_by_the_coordination_of_its_place_while_it_is_at_the_register(self):
        first = publish_historical()
        elsewhere = RoleAssignmentFactory(place=PlaceFactory(territory=True)).user
        with pytest.raises(DomainError, match="coordonnez"):
            type_words(first, TypedFinding("strength", "A"), user=elsewhere)
        withdraw(appraisal=first.appraisal, user=UserFactory(is_superuser=True), reason="Erreur")
        with pytest.raises(DomainError, match="retirée du registre"):
            type_words(first, TypedFinding("strength", "A"))
