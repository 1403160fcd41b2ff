"""The site, and the floor: what one upsert costs in this Django, behind the same middleware."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from appreciation.models import Rating
from tests.benchmarks.engines import BARE, PROCESSOR


@csrf_exempt
def floor(request: HttpRequest) -> HttpResponse:
    """One `INSERT … ON CONFLICT UPDATE` of the same row in the same table: no rule, no count."""
    names = ("seat", "item", "round", "answer", "sequence")
    seat, item, round_, answer, sequence = (int(request.POST[name]) for name in names)
    Rating.objects.bulk_create(
        [Rating(seat_id=seat, item_id=item, round_id=round_, answer=answer, sequence=sequence)],
        update_conflicts=True,
        unique_fields=("seat", "item", "round"),
        update_fields=("answer", "sequence"),
    )
    return HttpResponse(status=201)


def bare(_request: HttpRequest) -> HttpResponse:
    """The least that a page can cost."""
    return HttpResponse("<!doctype html><title>Plancher</title><p>Bonjour.</p>")


def processor(_request: HttpRequest) -> HttpResponse:
    """The processor's time that this server has taken so far, in seconds."""
    return HttpResponse(str(time.process_time()))


urlpatterns = [
    path("plancher/", floor),
    path(BARE[1:], bare),
    path(PROCESSOR[1:], processor),
    path("", include("consortium.urls")),
]
