import factory
from factory.django import DjangoModelFactory

from appreciation.models import Invitee
from tests.factories.appraisals import AppraisalFactory
from tests.factories.places import SectorFactory


class InviteeFactory(DjangoModelFactory):
    """Somebody with an address who has not answered yet."""

    class Meta:
        model = Invitee

    appraisal = factory.SubFactory(AppraisalFactory)
    sector = factory.SubFactory(SectorFactory)
    name = factory.Sequence(lambda n: f"Personne Fictive {n}")
    email = factory.Sequence(lambda n: f"fictive-{n}@exemple.org")
