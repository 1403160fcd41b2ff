import pytest
from django.db import IntegrityError, transaction

from appreciation.domain.instrument_spec import problems_of, spec_of
from appreciation.domain.instruments import (
    copy_instrument,
    ensure_editable,
    ensure_scale_editable,
    freeze_instrument,
    next_version,
    save_instrument,
)
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import InstrumentState
from appreciation.models import Instrument, Item
from core.errors import DomainError
from tests.factories import (
    DimensionFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    ScaleFactory,
)


def test_freeze_stamps_once_and_ensure_editable_then_refuses():
    instrument = InstrumentFactory(with_items=1)
    ensure_editable(instrument)
    freeze_instrument(instrument)
    first = instrument.frozen_at
    freeze_instrument(instrument)
    assert instrument.frozen_at == first
    with pytest.raises(DomainError, match="Copiez-le"):
        ensure_editable(instrument)


def test_ensure_editable_asks_the_database_again():
    opened_in_a_form = InstrumentFactory(with_items=1)
    freeze_instrument(Instrument.objects.get(pk=opened_in_a_form.pk))
    assert not opened_in_a_form.is_frozen
    with pytest.raises(DomainError, match="a déjà servi"):
        ensure_editable(opened_in_a_form)


def test_freeze_refuses_an_instrument_without_question():
    instrument = InstrumentFactory()
    with pytest.raises(DomainError, match="au moins une dimension avec un énoncé"):
        freeze_instrument(instrument)
    assert instrument.frozen_at is None


def test_a_scale_is_frozen_with_its_instrument_or_its_item():
    item = ItemFactory(scale=ScaleFactory())
    instrument = item.instrument_dimension.instrument
    for scale in (instrument.scale, item.scale):
        ensure_scale_editable(scale)
    freeze_instrument(instrument)
    for scale in (instrument.scale, item.scale):
        with pytest.raises(DomainError, match="Créez-en une autre"):
            ensure_scale_editable(scale)


def test_copy_takes_questions_and_leaves_the_original_frozen():
    instrument = InstrumentFactory(with_items=3, is_default=True)
    item = Item.objects.filter(instrument_dimension__instrument=instrument).first()
    item.anchors = "un\ndeux\ntrois\nquatre"
    item.save()
    freeze_instrument(instrument)
    copy = copy_instrument(instrument, "2")
    assert (copy.state, copy.is_default, copy.frozen_at) == (InstrumentState.DRAFT, False, None)
    ensure_editable(copy)
    assert spec_of(copy).dimensions == spec_of(instrument).dimensions
    ids = {item.id for item in questionnaire_for(copy).items}
    assert len(ids) == 3
    assert ids.isdisjoint(questionnaire_for(instrument).items_by_id)


@pytest.mark.parametrize("version", ["", "  ", "x" * 21])
def test_copy_wants_a_version(version):
    with pytest.raises(DomainError, match="de 1 à 20 signes"):
        copy_instrument(InstrumentFactory(), version)


def test_copy_refuses_a_version_that_exists():
    instrument = InstrumentFactory(version="1")
    copy_instrument(instrument, "2")
    with pytest.raises(DomainError, match="La version 2 existe déjà") as refusal:
        copy_instrument(instrument, "2")
    assert refusal.value.fields == {"version": "Cette version existe déjà."}
    assert next_version(instrument) == "3"


def test_problems_name_a_missing_anchor_and_a_code_used_twice():
    instrument = InstrumentFactory(with_items=2)
    Item.objects.filter(instrument_dimension__instrument=instrument).update(code="q1")
    instrument.scale.levels.filter(position=3).update(anchor="")
    assert problems_of(spec_of(instrument)) == [
        "Énoncé « q1 »: il manque le repère du niveau 3.",
        "Énoncé « q1 »: il manque le repère du niveau 3.",
        "Le code d’énoncé « q1 » sert 2 fois: donnez à chaque énoncé son code.",
    ]


@pytest.mark.parametrize(("count", "accepted"), [(2, False), (3, True), (7, True), (8, False)])
def test_a_scale_has_three_to_seven_levels(count, accepted):
    levels = [f"Niveau {n}" for n in range(1, count + 1)]
    instrument = InstrumentFactory(with_items=1, scale=ScaleFactory(levels=levels))
    problems = problems_of(spec_of(instrument))
    assert problems == ([] if accepted else [problems[0]])
    assert accepted or f"{count} niveaux; il en faut de 3 à 7" in problems[0]


def test_a_dimension_without_item_must_be_for_discussion_only():
    instrument = InstrumentFactory(with_items=1)
    dimension = InstrumentDimensionFactory(
        instrument=instrument, dimension=DimensionFactory(code="vision"), discussion_only=True
    )
    assert problems_of(spec_of(instrument)) == []
    dimension.discussion_only = False
    dimension.save()
    assert problems_of(spec_of(instrument)) == [
        "Dimension « vision »: ajoutez un énoncé, ou cochez « discussion seulement »."
    ]


def test_save_the_same_content_again_changes_nothing():
    DimensionFactory(code="vision")
    model = InstrumentFactory(with_items=2)
    spec = spec_of(model)
    assert save_instrument(spec) == (model, False)


def test_save_refuses_to_change_a_frozen_version():
    instrument = InstrumentFactory(with_items=1)
    spec = spec_of(instrument)
    Instrument.objects.filter(pk=instrument.pk).update(name="Autre nom")
    freeze_instrument(instrument)
    with pytest.raises(DomainError, match="nouvelle version"):
        save_instrument(spec)
    assert Instrument.objects.get(pk=instrument.pk).name == "Autre nom"


def test_only_one_instrument_is_the_default():
    InstrumentFactory(is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        InstrumentFactory(is_default=True)
