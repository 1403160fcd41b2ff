import pytest

from core.errors import DomainError
from core.usage import ensure_unused
from reference.models import PlaceCode
from tests.factories import AppraisalFactory, PlaceFactory, SeatFactory, SectorFactory


def test_what_belongs_to_a_thing_does_not_count_as_use():
    place = PlaceFactory()
    PlaceCode.objects.create(place=place, scheme="other", code="x")
    ensure_unused(place)


def test_uses_are_counted_by_kind():
    place = PlaceFactory(name="Vallée-Exemple")
    AppraisalFactory.create_batch(2, place=place)
    PlaceFactory(parent=place)
    with pytest.raises(DomainError) as refusal:
        ensure_unused(place)
    assert "« Vallée-Exemple » sert encore" in str(refusal.value)
    assert "2 démarches" in str(refusal.value)
    assert "1 lieu" in str(refusal.value)


def test_what_the_database_would_only_forget_counts_too():
    sector = SectorFactory()
    SeatFactory(sector=sector)
    with pytest.raises(DomainError, match="sert encore"):
        ensure_unused(sector)
