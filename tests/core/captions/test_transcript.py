"""What is read under a film is what is said in it."""

import pytest

from core.captions import Cue, Line, fr_clock, read_cues, transcript_of
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR

pytestmark = pytest.mark.once


def said(start: float, end: float, text: str, speaker: str = "") -> Cue:
    return Cue(int(start * 1000), int(end * 1000), speaker, text)


def in_words(sections) -> list[tuple[str, int, list[tuple[str, list[str]]]]]:
    return [
        (s.title, s.seconds, [(p.speaker, [line.text for line in p.lines]) for p in s.paragraphs])
        for s in sections
    ]


def test_tags_become_speakers_or_nothing():
    text = (
        "WEBVTT\n\nNOTE pas lu\n\n1\n00:01.000 --> 00:04.000 line:0\n"
        "<v.loud Élise Roy>Bonjour,\n<c.rouge>vous</c> &amp; moi</v> <v Paul>Salut <00:02.000>!\n\n"
        "00:05.000 --> 00:06.000\n<v >Et puis&nbsp;&lt;3\n"
    )
    assert [(c.speaker, c.text) for c in read_cues(text)] == [
        ("Élise Roy", "Bonjour, vous & moi"),
        ("Paul", "Salut !"),
        ("", "Et puis <3"),
    ]


def test_without_chapters_one_section_and_a_paragraph_per_pause():
    cues = [
        said(1, 2, "On arrive"),
        said(2, 3, "ensemble."),
        said(3, 4, "Puis?"),
        said(7, 8, "Ah."),
    ]
    assert in_words(transcript_of(cues)) == [
        ("", 0, [("", ["On arrive ensemble.", "Puis?"]), ("", ["Ah."])])
    ]


def test_a_sentence_keeps_the_second_at_which_it_begins():
    (section,) = transcript_of(
        [said(1.9, 3, "On arrive"), said(3, 4, "ensemble."), said(4, 5, "Oui")]
    )
    assert section.paragraphs[0].lines == (Line(1, "On arrive ensemble."), Line(4, "Oui"))
    assert section.paragraphs[0].seconds == 1


def test_a_speaker_is_named_until_another_speaks():
    cues = [said(0, 1, "Un.", "Élise"), said(1, 2, "Deux."), said(2, 3, "Trois.", "Paul")]
    assert in_words(transcript_of(cues)) == [
        ("", 0, [("Élise", ["Un.", "Deux."]), ("Paul", ["Trois."])])
    ]


def test_chapters_are_headings_and_what_comes_before_has_none():
    cues = [said(0, 1, "Avant."), said(5, 6, "Dedans."), said(9, 10, "Encore.")]
    chapters = [said(4, 8, "Accueillir"), said(8, 20, "Conclure"), said(30, 40, "Vide")]
    assert in_words(transcript_of(cues, chapters)) == [
        ("", 0, [("", ["Avant."])]),
        ("Accueillir", 4, [("", ["Dedans."])]),
        ("Conclure", 8, [("", ["Encore."])]),
    ]


def test_long_speech_is_cut_at_the_end_of_a_sentence():
    cues = [said(n, n + 1, "mot " * 40 + ("fin." if n % 2 else "et")) for n in range(10)]
    paragraphs = transcript_of(cues)[0].paragraphs
    assert [len(p.lines) for p in paragraphs] == [2, 2, 1]
    assert all(p.lines[-1].text.endswith("fin.") for p in paragraphs)


def test_no_captions_no_transcript():
    assert transcript_of([]) == []


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (7, "0:07"), (130, "2:10"), (3723, "1:02:03")]
)
def test_times_as_a_player_shows_them(seconds, shown):
    assert fr_clock(seconds) == shown


if HAS_SAMPLE_DATA:

    def read(name):
        return read_cues((SAMPLE_DATA_DIR / "sous-titres" / name).read_text(encoding="utf-8"))

    def test_a_real_film():
        sections = transcript_of(read("wwa_captions_fr.vtt"), read("wwa_chapters_fr.vtt"))
        assert [(s.title, s.seconds) for s in sections] == [
            ("Introduction", 0),
            ("Terrill Thompson", 37),
        ]
        speakers = [p.speaker for s in sections for p in s.paragraphs]
        assert speakers == ["", "Narrateur", "Terrill"]
        assert (
            sections[0].paragraphs[1].lines[1].text.startswith("Ils commandent vos produits, ils")
        )
        assert not any("<" in line.text for s in sections for p in s.paragraphs for line in p.lines)
