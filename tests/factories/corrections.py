import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from appreciation.models import Correction


class CorrectionFactory(DjangoModelFactory):
    """Waiting for its answer; `state="refused", reason="…"` for another."""

    class Meta:
        model = Correction

    key = factory.Sequence(lambda n: f"correction-{n}")
    text = factory.Sequence(lambda n: f"Le quai date de 198{n % 10}")
    received_at = factory.LazyFunction(timezone.now)
