"""Instruments in the admin: who may, frozen ones read only, copies, and the phone's preview."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from appreciation.domain.instruments import freeze_instrument
from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.models import Instrument, Item, Scale
from tests.admin_people import ROLES, queries_of, signed_in
from tests.factories import DimensionFactory, InstrumentFactory, MeetingFactory, ScaleFactory

WRITERS = {"coordinator", "administrator"}
READERS = WRITERS | {"editor"}


def url(view, *args, model="instrument"):
    return reverse(f"wagtailsnippets_appreciation_{model}:{view}", args=args)


def item_row(**changes):
    row = {"text": "Nous savons où aller.", "why": "", "anchors": "", "code": "v1", "scale": ""}
    return row | changes


def instrument_form(scale, items, **changes):
    dimension = {
        "dimension": DimensionFactory(code="vision").pk,
        "title": "",
        "prompt": "Et vous?",
        "items": inline_formset(items),
    }
    data = {
        "name": "Grille d’essai",
        "code": "essai",
        "version": "1",
        "summary": "",
        "notice": "",
        "state": "ready",
        "scale": scale.pk,
        "duration_minutes": 10,
        "source": "",
        "licence": "",
        "instrument_dimensions": inline_formset([dimension]),
    }
    return nested_form_data(data | changes)


@pytest.fixture
def frozen():
    instrument = InstrumentFactory(with_items=2, name="Grille gelée")
    freeze_instrument(instrument)
    return instrument


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(client, role):
    instrument, scale = InstrumentFactory(with_items=1), ScaleFactory()
    signed_in(client, role)
    for address, allowed in (
        (url("list"), READERS),
        (url("inspect", instrument.pk), READERS),
        (url("add"), WRITERS),
        (url("edit", instrument.pk), WRITERS),
        (url("delete", instrument.pk), WRITERS),
        (url("new_version", instrument.pk), WRITERS),
        (url("list", model="scale"), READERS),
        (url("edit", scale.pk, model="scale"), WRITERS),
    ):
        status = client.get(address).status_code
        assert (status == 200) == (role in allowed), (address, status)
    client.post(url("new_version", instrument.pk), {"version": "9"})
    assert Instrument.objects.filter(version="9").exists() == (role in WRITERS)
    client.post(url("delete", instrument.pk))
    assert Instrument.objects.filter(pk=instrument.pk).exists() == (role not in WRITERS)


def test_the_list_takes_as_many_queries_for_one_as_for_three(client):
    signed_in(client, "administrator")
    InstrumentFactory(with_items=1)
    one = queries_of(client, url("list"))
    InstrumentFactory(with_items=3)
    InstrumentFactory(with_items=3)
    assert queries_of(client, url("list")) == one <= 12


def test_the_list_finds_an_instrument_by_the_text_of_a_question(client):
    load_shipped_instruments()
    signed_in(client, "coordinator")
    content = client.get(url("list"), {"q": "où nous voulons aller"}).content.decode()
    assert content.count("Grille des douze dimensions, courte") >= 1
    assert "Outil canadien" not in content


def test_an_instrument_is_written_with_its_dimensions_and_items(client):
    scale = ScaleFactory()
    signed_in(client, "coordinator")
    items = [item_row(), item_row(code="v2", text="Nous avançons.", anchors="a\nb\nc\nd")]
    response = client.post(url("add"), instrument_form(scale, items))
    assert response.status_code == 302
    instrument = Instrument.objects.get(code="essai")
    dimension = instrument.instrument_dimensions.get()
    assert dimension.prompt == "Et vous?"
    assert list(dimension.items.values_list("code", "anchors")) == [
        ("v1", ""),
        ("v2", "a\nb\nc\nd"),
    ]
    content = client.get(url("edit", instrument.pk)).content.decode()
    assert "Nous avançons." in content


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "au moins une dimension avec un énoncé"),
        ([item_row(), item_row()], "v1"),
        ([item_row(anchors="a\nb\nc\nd\ne")], "5 repères pour 4 niveaux"),
    ],
)
def test_what_is_not_ready_cannot_be_said_ready(client, items, words):
    scale = ScaleFactory()
    signed_in(client, "coordinator")
    response = client.post(url("add"), instrument_form(scale, items))
    content = response.content.decode()
    assert response.status_code == 200
    assert words in content
    assert 'value="Grille d’essai"' in content
    assert not Instrument.objects.exists()
    assert not Item.objects.exists()


def test_in_preparation_anything_may_still_be_missing(client):
    signed_in(client, "coordinator")
    response = client.post(url("add"), instrument_form(ScaleFactory(), [], state="draft"))
    assert response.status_code == 302


def test_a_frozen_instrument_is_shown_with_its_copy_button(client, frozen):
    signed_in(client, "coordinator")
    response = client.get(url("edit", frozen.pk), follow=True)
    assert response.redirect_chain == [(url("inspect", frozen.pk), 302)]
    content = response.content.decode()
    assert "Cet instrument a déjà servi à une rencontre" in content
    assert "Énoncé 1" in content
    assert "Repère du niveau 4." in content
    assert url("new_version", frozen.pk) in content
    assert url("delete", frozen.pk) not in content


def test_an_editor_reads_without_a_copy_button(client, frozen):
    signed_in(client, "editor")
    content = client.get(url("inspect", frozen.pk)).content.decode()
    assert "Énoncé 1" in content
    assert url("new_version", frozen.pk) not in content


def test_an_instrument_frozen_while_its_form_was_open_is_not_changed(client, frozen):
    signed_in(client, "administrator")
    form = instrument_form(frozen.scale, [item_row()], code=frozen.code, name="Nom changé")
    response = client.post(url("edit", frozen.pk), form)
    content = response.content.decode()
    assert response.status_code == 200
    assert "Copiez-le pour en faire une nouvelle version" in content
    assert 'value="Nom changé"' in content
    frozen.refresh_from_db()
    assert frozen.name == "Grille gelée"
    assert Item.objects.filter(instrument_dimension__instrument=frozen).count() == 2


def test_a_frozen_instrument_is_not_deleted(client, frozen):
    signed_in(client, "administrator")
    for verb in (client.get, client.post):
        content = verb(url("delete", frozen.pk), follow=True).content.decode()
        assert "a déjà servi à une rencontre" in content
    assert Instrument.objects.filter(pk=frozen.pk).exists()


def test_an_instrument_named_by_a_planned_meeting_is_not_deleted(client):
    meeting = MeetingFactory()
    signed_in(client, "administrator")
    response = client.post(url("delete", meeting.instrument.pk), follow=True)
    assert "sert encore" in response.content.decode()
    assert Instrument.objects.filter(pk=meeting.instrument.pk).exists()


def test_a_copy_opens_ready_to_be_changed(client, frozen):
    signed_in(client, "coordinator")
    assert 'value="2"' in client.get(url("new_version", frozen.pk)).content.decode()
    response = client.post(url("new_version", frozen.pk), {"version": "2"})
    copy = Instrument.objects.get(code=frozen.code, version="2")
    assert response["Location"] == url("edit", copy.pk)
    assert client.get(url("edit", copy.pk)).status_code == 200


def test_a_copy_under_a_version_that_exists_is_refused(client, frozen):
    signed_in(client, "coordinator")
    response = client.post(url("new_version", frozen.pk), {"version": "1"})
    assert "La version 1 existe déjà" in response.content.decode()
    assert Instrument.objects.count() == 1


def test_the_preview_shows_the_phone_screen_as_the_form_stands(client):
    instrument = InstrumentFactory(with_items=0, name="Grille d’essai")
    signed_in(client, "coordinator")
    items = [item_row(), item_row(code="v2", text="Nous avançons.", why="Pour <b>voir</b>.")]
    form = instrument_form(instrument.scale, items)
    address = url("preview_on_edit", instrument.pk)
    assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
    response = client.get(address, {"mode": "2"})
    content = response.content.decode()
    assert "Nous avançons." in content
    assert "Pour &lt;b&gt;voir&lt;/b&gt;." in content
    assert "À peine amorcé" in content
    assert "Je ne sais pas" in content
    assert "Nous savons où aller." not in content
    assert "phone.css" in content
    assert not Item.objects.exists()


def test_the_preview_of_an_empty_instrument_says_what_to_do(client):
    instrument = InstrumentFactory()
    signed_in(client, "coordinator")
    address = url("preview_on_edit", instrument.pk)
    client.post(address, instrument_form(instrument.scale, []))
    content = client.get(address).content.decode()
    assert "Pas encore de question" in content


def scale_form(levels, **changes):
    data = {"name": "Trois", "code": "trois", "levels": inline_formset(levels)}
    return nested_form_data(data | changes)


def levels(*positions):
    return [{"position": n, "label": f"N{n}", "anchor": "Repère."} for n in positions]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (levels(1, 2), "2 niveaux; il en faut de 3 à 7."),
        (levels(1, 2, 4), "sans saut"),
    ],
)
def test_an_unsound_scale_is_refused(client, rows, words):
    signed_in(client, "coordinator")
    response = client.post(url("add", model="scale"), scale_form(rows))
    assert words in response.content.decode()
    assert not Scale.objects.exists()


def test_a_scale_is_written_then_frozen_with_its_instrument(client):
    signed_in(client, "coordinator")
    client.post(url("add", model="scale"), scale_form(levels(1, 2, 3)))
    scale = Scale.objects.get(code="trois")
    freeze_instrument(InstrumentFactory(with_items=1, scale=scale))
    rows = [
        {"id": level.pk, "position": level.position, "label": "Changé", "anchor": "x"}
        for level in scale.levels.all()
    ]
    form = scale_form(rows) | {"levels-INITIAL_FORMS": "3"}
    response = client.post(url("edit", scale.pk, model="scale"), form)
    assert "Créez-en une autre" in response.content.decode()
    assert not scale.levels.filter(label="Changé").exists()
