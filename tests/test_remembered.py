"""What the tests build once and write back: see `tests.factories.remembered`."""

from django.db import connection, transaction

from reference.models import Sector
from tests.factories.places import SectorFactory
from tests.factories.remembered import remembered


def test_nothing_else_takes_the_numbers_of_what_is_written_back():
    build = remembered(lambda: SectorFactory.create_batch(3))
    with transaction.atomic():
        build()
        kept = sorted(Sector.objects.values_list("pk", flat=True))[-3:]
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # as a database that was put back counts
            cursor.execute(f"ALTER SEQUENCE reference_sector_id_seq RESTART WITH {kept[0]}")
    build()
    beside = SectorFactory(code="a-cote")
    assert set(kept) <= set(Sector.objects.values_list("pk", flat=True))
    assert beside.pk > max(kept)
