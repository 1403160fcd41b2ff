import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from appreciation.enums import InstrumentState, Medium, MeetingState, Phase, RoundState
from appreciation.models import (
    Appraisal,
    Instrument,
    InstrumentDimension,
    Item,
    Meeting,
    Membership,
    Round,
    Scale,
    ScaleLevel,
    Seat,
)
from reference.models import Dimension
from tests.factories.people import UserFactory
from tests.factories.places import DimensionFactory, PlaceFactory
from tests.factories.unindexed import UnindexedFactory

LEVELS = ("À peine amorcé", "En chemin", "Bien avancé", "Acquis")


class ScaleFactory(UnindexedFactory):
    """Four levels by default; `ScaleFactory(levels=("Non", "Un peu", "Oui"))` for others."""

    class Meta:
        model = Scale
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"echelle-{n}")
    name = factory.Sequence(lambda n: f"Échelle {n}")

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        ScaleLevel.objects.bulk_create(
            ScaleLevel(scale=self, position=n, label=label, anchor=f"Repère du niveau {n}.")
            for n, label in enumerate(extracted or LEVELS, start=1)
        )


class InstrumentFactory(UnindexedFactory):
    """An instrument without questions; `with_items=3` gives three dimensions of one item each."""

    class Meta:
        model = Instrument
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"grille-{n}")
    name = factory.Sequence(lambda n: f"Grille {n}")
    state = InstrumentState.READY
    scale = factory.SubFactory(ScaleFactory)

    @factory.post_generation
    def with_items(self, create, extracted, **kwargs):
        positions = range(1, (extracted or 0) + 1)
        dimensions = Dimension.objects.bulk_create(DimensionFactory.build() for _ in positions)
        parts = InstrumentDimension.objects.bulk_create(
            InstrumentDimension(instrument=self, dimension=dimension, position=position)
            for position, dimension in zip(positions, dimensions, strict=True)
        )
        Item.objects.bulk_create(
            Item(
                instrument_dimension=part,
                code=f"q{part.position}",
                position=part.position,
                text=f"Énoncé {part.position}",
            )
            for part in parts
        )


class InstrumentDimensionFactory(UnindexedFactory):
    class Meta:
        model = InstrumentDimension

    instrument = factory.SubFactory(InstrumentFactory)
    dimension = factory.SubFactory(DimensionFactory)
    position = factory.Sequence(lambda n: n)


class ItemFactory(UnindexedFactory):
    class Meta:
        model = Item

    instrument_dimension = factory.SubFactory(InstrumentDimensionFactory)
    code = factory.Sequence(lambda n: f"autre-{n}")
    position = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Énoncé {n}")


class AppraisalFactory(DjangoModelFactory):
    """A démarche at « Décider »; `at_meeting=True` puts the preparation behind it."""

    class Meta:
        model = Appraisal

    class Params:
        at_meeting = factory.Trait(
            phase=Phase.MEETING,
            framing_done_at=factory.LazyFunction(timezone.now),
            portrait_done_at=factory.LazyFunction(timezone.now),
            convening_done_at=factory.LazyFunction(timezone.now),
        )
        at_restitution = factory.Trait(
            at_meeting=True,
            phase=Phase.RESTITUTION,
            meeting_done_at=factory.LazyFunction(timezone.now),
        )

    reference = factory.Sequence(lambda n: f"D-TEST-{n}")
    place = factory.SubFactory(PlaceFactory)
    requested_by = "Comité de citoyennes et de citoyens"
    instrument = factory.SubFactory(InstrumentFactory, with_items=3)
    expected_on = dt.date(2026, 10, 22)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    appraisal = factory.SubFactory(AppraisalFactory)
    user = factory.SubFactory(UserFactory)
    role = "lead"


class MeetingFactory(DjangoModelFactory):
    """A planned meeting; `open=True` opens it with the first round of every dimension open."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"R-TEST-{n}")
    appraisal = factory.SubFactory(AppraisalFactory, at_meeting=True)
    instrument = factory.SelfAttribute("appraisal.instrument")
    pace = "free"

    @factory.post_generation
    def open(self, create, extracted, **kwargs):
        if not extracted:
            return
        self.state = MeetingState.OPEN
        self.opened_at = timezone.now()
        self.save()
        for dimension in self.instrument.instrument_dimensions.all():
            RoundFactory(meeting=self, instrument_dimension=dimension, state=RoundState.OPEN)


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    state = RoundState.WAITING


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    meeting = factory.SubFactory(MeetingFactory, open=True)
    medium = Medium.PHONE
