import datetime as dt

import factory
from factory.django import DjangoModelFactory

from appreciation.enums import FindingKind
from appreciation.models import Action, AgreedRating, Comment, Finding


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = Finding

    kind = FindingKind.STRENGTH
    text = factory.Sequence(lambda n: f"Constat {n}")


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    title = factory.Sequence(lambda n: f"Action {n}")
    carrier = "Comité local"
    first_step = "Appeler la municipalité"
    due_on = dt.date(2026, 12, 15)


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    text = factory.Sequence(lambda n: f"Mot laissé {n}")


class AgreedRatingFactory(DjangoModelFactory):
    class Meta:
        model = AgreedRating

    level = 3
