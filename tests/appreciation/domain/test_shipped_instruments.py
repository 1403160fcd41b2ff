"""The texts that villagers read: complete, short, and free of the words we never show."""

import re

import pytest

from appreciation.domain.imports.instrument_files import instrument_from_toml
from appreciation.domain.instrument_spec import problems_of, spec_of
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.shipped_instruments import SHIPPED, load_shipped_instruments
from appreciation.models import Instrument
from core.typography import fr_typo
from reference.models import Dimension

FILES = sorted(SHIPPED.glob("*.toml"))
FORBIDDEN = re.compile(
    r"\b(not(er|ez|e|es)|score|points? faibles?|résilien\w+|dévitalis\w+|cibles?)\b", re.IGNORECASE
)
LEVELS = ["À peine amorcé", "En chemin", "Bien avancé", "Acquis"]


def _texts(spec):
    yield from (spec.name, spec.summary, spec.notice, spec.source, spec.licence)
    for scale in spec.scales.values():
        for level in scale.levels:
            yield from (level.label, level.anchor)
    for dimension in spec.dimensions:
        yield from (dimension.title, dimension.prompt)
        for item in dimension.items:
            yield from (item.text, item.why, *item.anchors)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_texts_are_complete_and_well_set(path):
    spec, state = instrument_from_toml(path.read_text(encoding="utf-8"))
    assert problems_of(spec) == []
    assert state == "ready"
    for text in _texts(spec):
        assert fr_typo(text) == text
        assert not FORBIDDEN.search(text), text
        assert len(text) <= 300, text
    for dimension in spec.dimensions:
        assert "Qui manque autour de la table?" in dimension.prompt
        assert "Pour qui est-ce différent" in dimension.prompt
    for item in spec.items:
        assert len(item.anchors) == len(set(item.anchors)) == len(spec.scale.levels) == 4
        assert all(len(anchor) <= 90 for anchor in item.anchors), item.code
        assert len(item.text) <= 90
        assert item.why


def test_load_creates_three_instruments_once_and_keeps_what_was_reworded():
    assert load_shipped_instruments() == 3
    short = Instrument.objects.get(is_default=True)
    assert short.code == "douze-dimensions-courte"
    short.name = "Notre grille"
    short.save()
    assert load_shipped_instruments() == 0
    assert Instrument.objects.get(is_default=True).name == "Notre grille"


def test_load_leaves_another_default_in_place():
    load_shipped_instruments()
    Instrument.objects.update(is_default=False)
    Instrument.objects.filter(code="douze-dimensions-longue").update(is_default=True)
    load_shipped_instruments()
    assert Instrument.objects.get(is_default=True).code == "douze-dimensions-longue"


def test_house_grids_cover_the_twelve_dimensions_and_say_they_are_working_versions():
    load_shipped_instruments()
    codes = set(Dimension.objects.values_list("code", flat=True))
    assert len(codes) == 12
    short, long = (
        Instrument.objects.get(code=f"douze-dimensions-{size}") for size in ("courte", "longue")
    )
    for instrument in (short, long):
        questionnaire = questionnaire_for(instrument)
        assert {dimension.code for dimension in questionnaire.rated_dimensions} == codes
        assert [level.label for level in questionnaire.items[0].levels] == LEVELS
        assert "Version de travail, à valider par le Consortium" in instrument.notice
        assert "Boisvert" not in str(spec_of(instrument))
    assert (len(questionnaire_for(short).items), short.duration_minutes) == (12, 15)
    sizes = [len(d.items) for d in questionnaire_for(long).dimensions]
    assert (min(sizes), max(sizes), sum(sizes)) == (2, 3, 27)
    short_texts = {item.code: item.text for item in questionnaire_for(short).items}
    long_texts = {item.code: item.text for item in questionnaire_for(long).items}
    assert short_texts.items() <= long_texts.items()


def test_the_canadian_tool_has_nine_features_and_is_credited():
    load_shipped_instruments()
    instrument = Instrument.objects.get(code="capacite-neuf-dimensions")
    questionnaire = questionnaire_for(instrument)
    assert len(questionnaire.items) == 9
    assert questionnaire.dimensions[3].title == "Rôle du soutien externe"
    assert "Agence de la santé publique du Canada" in instrument.source
