"""The site, and the floor: what one upsert costs in this Django, behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from appreciation.models import Rating


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


urlpatterns = [
    path("plancher/", floor),
    path("", include("tests.benchmarks.floor_urls")),
    path("", include("consortium.urls")),
]
