"""Tools of the toolkit."""

import factory
from django.utils import timezone

from appreciation.models import Tool


class ToolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tool

    title = factory.Sequence(lambda n: f"Outil {n}")
    slug = factory.Sequence(lambda n: f"outil-{n}")
    kind = "guide"
    owner = "Le Consortium"
    licence = "CC BY 4.0"
    phases = ["meeting"]
    description = "Sert à essayer."
    first_published_at = factory.LazyFunction(timezone.now)
