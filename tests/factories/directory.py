import factory
from factory.django import DjangoModelFactory

from appreciation.models import DirectoryEntry
from tests.factories.appraisals import MembershipFactory


class DirectoryEntryFactory(DjangoModelFactory):
    """Of somebody who leads a démarche of her own, unless `user` is given."""

    class Meta:
        model = DirectoryEntry

    user = factory.LazyFunction(lambda: MembershipFactory().user)
    organisation = "Comité d’exemple"
    helps_with = "Inviter les jeunes"
