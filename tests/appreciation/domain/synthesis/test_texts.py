"""Paragraphs, stories and words: two people write, nothing is lost."""

import pytest

from appreciation.domain.synthesis.first_texts import SECTIONS
from appreciation.domain.synthesis.reading import published_quotes, read_synthesis
from appreciation.domain.synthesis.texts import pick_quotes, reset_text, save_story, save_text
from appreciation.models import SynthesisQuote, SynthesisText
from core.errors import ConcurrentEditError, DomainError
from tests.factories import UserFactory
from tests.factories.synthesis_sources import (
    asked,
    make_synthesis,
    publish_again,
    publish_in,
    told,
)

FORBIDDEN = ("moyenne régionale de", "classement", "note", "score", "point faible")


@pytest.fixture
def edition(mekinac):
    return publish_in(
        mekinac,
        "Village-A",
        findings=(
            told("strength", "On se tient", is_quote=True),
            told("strength", "La porte est ouverte", is_quote=True),
        ),
    )


@pytest.fixture
def synthesis(region, user, edition):
    return make_synthesis(region, user, edition)


def test_what_somebody_wrote_replaces_the_assembled_text(synthesis, user):
    save_text(synthesis=synthesis, user=user, key="results", text="À moi.", version=0)
    narrative = read_synthesis(synthesis=synthesis).narrative("results")
    assert (narrative.text, narrative.is_edited) == ("À moi.", True)
    save_text(synthesis=synthesis, user=user, key="results", text="", version=1)
    assert read_synthesis(synthesis=synthesis).narrative("results").text == ""
    reset_text(synthesis=synthesis, user=user, key="results", version=2)
    narrative = read_synthesis(synthesis=synthesis).narrative("results")
    assert (narrative.text, narrative.is_edited) == (
        "Aucun accord ne se lit d’une démarche à l’autre.",
        False,
    )


def test_the_second_to_save_sees_both_texts(synthesis, user):
    save_text(synthesis=synthesis, user=user, key="limits", text="Premier.", version=0)
    save_text(synthesis=synthesis, user=user, key="limits", text="Premier.", version=0)
    with pytest.raises(ConcurrentEditError) as refusal:
        save_text(synthesis=synthesis, user=user, key="limits", text="Second.", version=0)
    assert refusal.value.theirs == "Premier."
    with pytest.raises(ConcurrentEditError):
        reset_text(synthesis=synthesis, user=user, key="limits", version=0)
    assert SynthesisText.objects.get().text == "Premier."


def test_bad_texts_and_strangers_are_refused(synthesis, user):
    values = {"synthesis": synthesis, "user": user, "key": "limits", "text": "Bon", "version": 0}
    for bad in ({"key": "autre"}, {"text": "x" * 6001}, {"user": UserFactory()}):
        with pytest.raises(DomainError):
            save_text(**values | bad)


def test_a_story_is_told_and_kept(synthesis, user):
    source = synthesis.sources.get()
    save_story(source=source, user=user, text="Il était une fois.", version=1)
    assert read_synthesis(synthesis=synthesis).stories[0].text == "Il était une fois."
    with pytest.raises(ConcurrentEditError) as refusal:
        save_story(source=source, user=user, text="Autre.", version=1)
    assert refusal.value.theirs == "Il était une fois."
    with pytest.raises(DomainError):
        save_story(source=source, user=user, text="x" * 3001, version=2)
    source.delete()
    source.pk = 0
    with pytest.raises(DomainError, match="n’est plus retenue"):
        save_story(source=source, user=user, text="Perdu?", version=2)


def test_quotes_are_chosen_all_at_once(synthesis, user, edition):
    one, two = (each.key for each in published_quotes(synthesis=synthesis))
    pick_quotes(synthesis=synthesis, user=user, keys=[one])
    pick_quotes(synthesis=synthesis, user=user, keys=[one, two])
    assert SynthesisQuote.objects.count() == 2
    pick_quotes(synthesis=synthesis, user=user, keys=[two])
    assert SynthesisQuote.objects.get().quote_key == two
    with pytest.raises(DomainError, match="n’est plus publié"):
        pick_quotes(synthesis=synthesis, user=user, keys=["inventée"])
    publish_again(edition, (asked("entraide", (0, 1, 4, 7)),))
    pick_quotes(synthesis=synthesis, user=user, keys=[two])
    assert not SynthesisQuote.objects.exists()


def test_the_first_texts_say_how_many_and_never_rank(region, user, mekinac, maskinonge):
    opposed = (asked("entraide", (6, 0, 0, 6)), asked("transport", (2, 2, 2, 2), unknown=6))
    editions = [
        publish_in(mekinac, "Village-A", opposed, evening={"instrument_version": "1"}),
        publish_in(maskinonge, "Village-B", opposed),
    ]
    read = read_synthesis(synthesis=make_synthesis(region, user, *editions))
    texts = {each.key: each.text for each in read.narratives}
    assert list(texts) == [key for key, _, _ in SECTIONS]
    assert texts["method"].startswith(
        "Instruments\xa0: «\xa0Neuf dimensions\xa0», version 1 (1 démarche) et "
        "«\xa0Neuf dimensions\xa0», version 2 (1 démarche)."
    )
    assert texts["results"] == (
        "Les avis sont partagés ou opposés sur\xa0: Entraide (2 démarches) et Transport "
        "(2 démarches). Plus d’une réponse sur trois est «\xa0je ne sais pas\xa0», dans une "
        "démarche au moins, sur\xa0: Transport."
    )
    whole = " ".join(texts.values()).lower()
    assert not [word for word in FORBIDDEN if word in whole]
