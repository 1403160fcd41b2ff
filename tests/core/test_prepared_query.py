"""A query written once and run for other keys; never one that follows the hour."""

import pytest
from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.prepared_query import PreparedQuery
from reference.models import Place
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def test_it_is_written_once_and_run_for_each_key():
    written = []

    def build(key):
        written.append(key)
        return Place.objects.filter(pk=key).values_list("name", "parent__name")

    parent = PlaceFactory(name="Mékinac")
    child = PlaceFactory(name="Rive", parent=parent)
    query = PreparedQuery(build)
    with CaptureQueriesContext(connection) as asked:
        assert [tuple(row) for row in query.rows(child.pk)] == [("Rive", "Mékinac")]
        assert [tuple(row) for row in query.rows(parent.pk)] == [("Mékinac", None)]
        assert query.rows(0) == []
    assert (len(written), len(asked)) == (2, 3)


def test_the_key_is_put_wherever_it_stands_also_as_a_text():
    place = PlaceFactory(name="Rive")
    as_text = Place.objects.annotate(text=Cast("pk", CharField(max_length=20)), one=Value(1))

    query = PreparedQuery(
        lambda key: as_text.filter(text=str(key), pk=key).values_list("name", "one")
    )
    assert [tuple(row) for row in query.rows(place.pk)] == [("Rive", 1)]


def test_the_present_hour_would_stay_as_it_was_the_first_time():
    def build(key):
        now = Value(timezone.now())
        return Place.objects.filter(pk=key).annotate(now=now).values_list("now")

    with pytest.raises(ValueError, match="change avec l’heure"):
        PreparedQuery(build).rows(1)
