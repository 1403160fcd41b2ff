import pytest
from hypothesis import given
from hypothesis import strategies as st

from appreciation.domain.shapes import Shape, shape_of


@pytest.mark.parametrize(
    ("levels", "shape"),
    [
        ((0, 0, 0, 0), Shape.EMPTY),
        ((3, 3, 3, 3), Shape.FLAT),
        ((3, 4, 3, 4), Shape.FLAT),
        ((0, 1, 6, 3), Shape.MIDDLE),
        ((0, 1, 8, 15), Shape.HIGH),
        ((9, 6, 3, 0), Shape.LOW),
        ((9, 2, 3, 9), Shape.ENDS),
        ((6, 0, 0, 6), Shape.ENDS),
        ((0, 3, 0, 3, 0), Shape.SEVERAL),
        ((4, 0, 5, 0, 4), Shape.SEVERAL),
        ((1, 0, 0), Shape.LOW),
        ((0, 0, 12, 0), Shape.MIDDLE),
    ],
)
def test_shape(levels, shape):
    assert shape_of(levels) is shape


MIRRORS = {Shape.HIGH: Shape.LOW, Shape.LOW: Shape.HIGH}


@given(st.lists(st.integers(0, 30), min_size=3, max_size=7))
def test_reading_backwards_swaps_high_and_low_only(levels):
    shape = shape_of(levels)
    assert shape_of(levels[::-1]) is MIRRORS.get(shape, shape)


@given(st.lists(st.integers(0, 30), min_size=3, max_size=7), st.integers(2, 9))
def test_a_larger_room_with_the_same_shares_has_the_same_shape(levels, factor):
    assert shape_of([count * factor for count in levels]) is shape_of(levels)
