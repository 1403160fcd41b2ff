import pytest

from appreciation.domain.documents import may_read_document
from appreciation.enums import Phase
from appreciation.models import PhaseRecord
from cms.document_access import may_read
from cms.models import SiteDocument
from tests.factories import MembershipFactory


@pytest.fixture
def document(appraisal):
    document = SiteDocument.objects.create(title="Portrait", file="portrait.pdf", is_private=True)
    PhaseRecord.objects.create(appraisal=appraisal, phase=Phase.PORTRAIT, document=document)
    return document


def test_the_team_reads_the_portrait_of_its_appraisal(appraisal, document, lead):
    observer = MembershipFactory(appraisal=appraisal, role="observer").user
    assert may_read(lead, document)
    assert may_read_document(observer, document)


def test_neighbour_and_stranger_do_not(document, neighbour, stranger):
    assert not may_read(neighbour, document)
    assert not may_read(stranger, document)


def test_the_minutes_of_adoption_follow_the_same_rule(appraisal, lead, neighbour):
    minutes = SiteDocument.objects.create(title="PV", file="pv.pdf", is_private=True)
    appraisal.adoption_evidence = minutes
    appraisal.save()
    assert may_read(lead, minutes)
    assert not may_read(neighbour, minutes)
