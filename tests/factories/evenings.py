"""What is kept of an evening."""

import io

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from appreciation.models import MeetingPhoto
from tests.factories.appraisals import MeetingFactory


def picture(*, size=(40, 30), colour="navy", kind="JPEG", **options) -> bytes:
    """A small picture of one colour, as a phone would send it."""
    output = io.BytesIO()
    Image.new("RGB", size, colour).save(output, kind, **options)
    return output.getvalue()


class PhotoFactory(DjangoModelFactory):
    class Meta:
        model = MeetingPhoto

    meeting = factory.SubFactory(MeetingFactory)
    file = factory.LazyFunction(lambda: ContentFile(picture(), name="feuille.jpg"))
    fingerprint = factory.Sequence(lambda n: f"{n:064d}")
    width, height = 40, 30
