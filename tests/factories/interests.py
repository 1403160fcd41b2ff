import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from appreciation.models import InterestRequest


class InterestRequestFactory(DjangoModelFactory):
    """A request received today, by e-mail; `territory=` says who reads it."""

    class Meta:
        model = InterestRequest

    community = factory.Sequence(lambda n: f"Baie-Exemple {n}")
    name = "Gaston Exemple"
    email = "gaston@exemple.org"
    words = "Nous avons une salle."
    form_key = factory.Sequence(lambda n: f"formulaire-{n}")
    erase_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=365))
