import pytest

from appreciation.domain.questionnaire import questionnaire_for
from tests.factories import (
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    ScaleFactory,
)


def test_questions_come_in_their_order_with_their_words():
    instrument = InstrumentFactory()
    second = InstrumentDimensionFactory(instrument=instrument, position=2, title="Le titre choisi")
    first = InstrumentDimensionFactory(instrument=instrument, position=1)
    ItemFactory(instrument_dimension=second, position=1, code="c")
    ItemFactory(instrument_dimension=first, position=2, code="b")
    ItemFactory(instrument_dimension=first, position=1, code="a", why="Parce que.")
    questionnaire = questionnaire_for(instrument)
    assert [item.code for item in questionnaire.items] == ["a", "b", "c"]
    assert [each.title for each in questionnaire.dimensions] == [
        first.dimension.name,
        "Le titre choisi",
    ]
    assert questionnaire.items[0].why == "Parce que."
    assert questionnaire.items_by_id[questionnaire.items[2].id].code == "c"


def test_an_item_may_use_another_scale():
    item = ItemFactory(scale=ScaleFactory(levels=("Non", "Un peu", "Oui")))
    (read,) = questionnaire_for(item.instrument_dimension.instrument).items
    assert [(level.position, level.label) for level in read.levels] == [
        (1, "Non"),
        (2, "Un peu"),
        (3, "Oui"),
    ]


def test_own_anchors_replace_those_of_the_scale_where_they_are_written():
    item = ItemFactory(anchors="Rien\n\nTout\nEncore\nDe trop")
    (read,) = questionnaire_for(item.instrument_dimension.instrument).items
    assert [level.anchor for level in read.levels] == [
        "Rien",
        "Repère du niveau 2.",
        "Tout",
        "Encore",
    ]


def test_fewer_anchors_than_levels_leave_the_others():
    (read,) = questionnaire_for(ItemFactory(anchors="Rien").instrument_dimension.instrument).items
    assert len(read.levels) == 4
    assert [level.anchor for level in read.levels][:2] == ["Rien", "Repère du niveau 2."]


def test_dimensions_for_discussion_or_without_items_ask_nothing():
    instrument = InstrumentFactory(with_items=1)
    InstrumentDimensionFactory(instrument=instrument, position=5)
    talked = InstrumentDimensionFactory(instrument=instrument, position=6, discussion_only=True)
    ItemFactory(instrument_dimension=talked)
    questionnaire = questionnaire_for(instrument)
    assert len(questionnaire.dimensions) == 3
    assert len(questionnaire.rated_dimensions) == 1
    assert len(questionnaire.items) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_reading_an_instrument_costs_the_same_whatever_its_length(count, django_assert_num_queries):
    instrument = InstrumentFactory(with_items=count)
    instrument = type(instrument).objects.select_related("scale").get(pk=instrument.pk)
    with django_assert_num_queries(3):
        questionnaire = questionnaire_for(instrument)
    assert len(questionnaire.items) == count
