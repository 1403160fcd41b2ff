import factory

from reference.enums import PlaceKind
from reference.models import Dimension, Place, Sector
from tests.factories.unindexed import UnindexedFactory


class PlaceFactory(UnindexedFactory):
    class Meta:
        model = Place

    class Params:
        territory = factory.Trait(kind=PlaceKind.TERRITORY)
        region = factory.Trait(kind=PlaceKind.REGION)

    kind = PlaceKind.LOCAL_COMMUNITY
    name = factory.Sequence(lambda n: f"Village-Exemple {n}")
    slug = factory.Sequence(lambda n: f"village-exemple-{n}")


class DimensionFactory(UnindexedFactory):
    class Meta:
        model = Dimension
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"dimension-{n}")
    name = factory.Sequence(lambda n: f"Dimension {n}")
    position = factory.Sequence(lambda n: n)


class SectorFactory(UnindexedFactory):
    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"secteur-{n}")
    name = factory.Sequence(lambda n: f"Secteur {n}")
    position = factory.Sequence(lambda n: n)
