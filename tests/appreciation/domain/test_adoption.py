"""Adoption: by whom, when, with what proof."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from appreciation.domain.adoption import MAX_EVIDENCE_BYTES, record_adoption
from cms.models import SiteDocument
from core.errors import DomainError
from reference.enums import PlaceKind
from tests import hostile_files
from tests.factories import AppraisalFactory, MembershipFactory, PlaceFactory, UserFactory

DAY = dt.date(2026, 11, 3)


@pytest.fixture
def told(lead):
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


def adopt(told, lead, proof):
    return record_adoption(
        appraisal=told, user=lead, adopted_by="A", adopted_on=DAY, evidence=proof
    )


def test_adoption_keeps_who_when_and_a_private_proof(told, lead):
    proof = ContentFile(b"%PDF-1.4 proces-verbal", name="PV <secret>.pdf")
    adopted = record_adoption(
        appraisal=told,
        user=lead,
        adopted_by="  l'assemblée   locale ",
        adopted_on=DAY,
        evidence=proof,
    )
    assert (adopted.adopted_by, adopted.adopted_on) == ("l’assemblée locale", DAY)
    assert adopted.adoption_evidence.is_private
    assert "secret" not in adopted.adoption_evidence.file.name
    line = told.transitions.first()
    assert (line.name, line.comment) == (
        "adoption_recorded",
        "Adopté par l’assemblée locale le 3\xa0novembre\xa02026.",
    )


def test_a_better_proof_leaves_nothing_of_the_former(
    told, lead, private_files, django_capture_on_commit_callbacks
):
    files = []
    for content in (b"%PDF-1.4 flou", b"%PDF-1.4 net"):
        proof = ContentFile(content, name="pv.pdf")
        with django_capture_on_commit_callbacks(execute=True):
            adopted = adopt(told, lead, proof)
        files.append(adopted.adoption_evidence.file)
    former, present = files
    assert SiteDocument.objects.get().file == present
    assert present.storage.exists(present.name)
    assert not former.storage.exists(former.name)


def test_adoption_again_keeps_the_former_proof(told, lead):
    proof = ContentFile(hostile_files.picture("PNG"), name="photo.png")
    first = adopt(told, lead, proof)
    again = record_adoption(appraisal=told, user=lead, adopted_by="B", adopted_on=DAY)
    assert again.adoption_evidence == first.adoption_evidence
    assert again.adopted_by == "B"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<script>", "Joignez un PDF ou une photo"),
        ("faux.pdf", b"MZ executable", "Joignez un PDF ou une photo"),
        ("image.svg", b"<svg onload=alert(1)>", "Joignez un PDF ou une photo"),
        ("vide.pdf", b"", "Joignez un PDF ou une photo"),
        ("gros.pdf", b"%PDF-" + b"0" * MAX_EVIDENCE_BYTES, "dépasse 15 Mo"),
    ],
)
def test_a_proof_that_is_none_is_refused(told, lead, name, content, sentence):
    with pytest.raises(DomainError, match=sentence) as refusal:
        adopt(told, lead, ContentFile(content, name=name))
    assert "evidence" in refusal.value.fields
    told.refresh_from_db()
    assert told.adopted_on is None


@pytest.mark.parametrize("role", ["co_facilitator", "observer", "committee"])
def test_only_the_lead_records_it(told, role):
    user = UserFactory()
    MembershipFactory(appraisal=told, user=user, role=role)
    with pytest.raises(DomainError, match="Seule la personne responsable"):
        record_adoption(appraisal=told, user=user, adopted_by="A", adopted_on=DAY)


def test_before_the_meeting_is_behind_it_is_refused(lead):
    appraisal = AppraisalFactory(at_meeting=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    with pytest.raises(DomainError, match="terminez d’abord « Tenir la rencontre »"):
        record_adoption(appraisal=appraisal, user=lead, adopted_by="A", adopted_on=DAY)


@pytest.mark.parametrize("adopted_by", ["", "   ", "a" * 201])
def test_nobody_or_too_long_is_refused(told, lead, adopted_by):
    with pytest.raises(DomainError, match="Dites qui a adopté"):
        record_adoption(appraisal=told, user=lead, adopted_by=adopted_by, adopted_on=DAY)


def test_a_day_to_come_is_refused(told, lead):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(DomainError, match="pas encore passée"):
        record_adoption(appraisal=told, user=lead, adopted_by="A", adopted_on=tomorrow)


def test_the_councils_agreement_is_kept_for_a_first_nation_only(lead):
    nation = AppraisalFactory(
        at_restitution=True, place=PlaceFactory(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    )
    village = AppraisalFactory(at_restitution=True)
    for appraisal in (nation, village):
        MembershipFactory(appraisal=appraisal, user=lead, role="lead")
        record_adoption(
            appraisal=appraisal, user=lead, adopted_by="A", adopted_on=DAY, council_agreed_on=DAY
        )
        appraisal.refresh_from_db()
    assert nation.council_agreed_on == DAY
    assert village.council_agreed_on is None


@pytest.mark.parametrize(
    ("content", "name"), [(b"%PDF-1.4 pv", "pv.pdf"), (hostile_files.jpeg_with_place(), "pv.jpg")]
)
def test_the_same_proof_sent_twice_is_one_document(told, lead, content, name):
    for _ in range(2):
        adopt(told, lead, ContentFile(content, name=name))
    assert SiteDocument.objects.count() == 1
