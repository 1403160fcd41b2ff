"""Captions of every broken kind, each with its line and what to do."""

import codecs

import pytest
import webvtt

from core.captions import CaptionProblem, UnreadableCaptionsError, checked_web_vtt, read_cues
from core.captions.check import LARGEST, MOST_PROBLEMS
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR

pytestmark = pytest.mark.once

SOUND = """WEBVTT - Essai
Kind: captions

NOTE Rien à lire ici.

STYLE
::cue { color: white }

1
00:00.500 --> 00:07.000 position:10%,start align:start size:35%
<v Élise>Bonjour à <b>toutes</b>.

00:00:07.000 --> 00:00:11.890
Et à tous.
"""


def problems(text: str | bytes) -> list[tuple[int, str]]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(UnreadableCaptionsError) as refusal:
        checked_web_vtt(data)
    return [(problem.line, problem.words) for problem in refusal.value.problems]


def cue(times: str, text: str = "Bonjour.") -> str:
    return f"WEBVTT\n\n{times}\n{text}\n"


@pytest.mark.parametrize(
    "data",
    [
        SOUND.encode(),
        codecs.BOM_UTF8 + SOUND.encode(),
        codecs.BOM_UTF16_LE + SOUND.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SOUND.encode("utf-16-be"),
        SOUND.replace("\n", "\r\n").encode(),
        SOUND.replace("\n", "\r").encode(),
        SOUND.replace("\n\n", "\n \t\n\n").encode(),
        SOUND.encode() + b"\n\n\n",
    ],
    ids=["utf8", "bom", "utf16le", "utf16be", "crlf", "cr", "blanks", "end"],
)
def test_a_sound_file_becomes_utf_8_lines(data):
    text = checked_web_vtt(data)
    assert [(c.start, c.end, c.speaker, c.text) for c in read_cues(text)] == [
        (500, 7000, "Élise", "Bonjour à toutes."),
        (7000, 11890, "", "Et à tous."),
    ]
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert checked_web_vtt(text.encode()) == text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "doit commencer par le mot WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\na", 1, "doit commencer par le mot WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:02,000\nBonjour", 1, "semble être un SRT"),
        ("WEBVTT", 1, "il faut au moins un temps et un texte"),
        ("WEBVTT\n\nNOTE rien\n", 4, "il faut au moins un temps et un texte"),
        (cue("00:00:07.000 --> 00:00:1d.890"), 3, "ces temps ne se lisent pas"),
        (cue("00:75.000 --> 02:00.000"), 3, "ces temps ne se lisent pas"),
        (cue("00:01.000-->00:02.000"), 3, "ces temps ne se lisent pas"),
        (cue("00:00:01,000 --> 00:00:02,000"), 3, "semble être un SRT"),
        (cue("1\n00:01.000 --> 00:02.0"), 4, "ces temps ne se lisent pas"),
        (cue("00:01.000 --> 1000:00:00.000"), 3, "heures en deux ou trois chiffres"),
        (cue("99999999999:00:00.000 --> 99999999999:00:01.000"), 3, "ces temps ne se lisent pas"),
        (cue("٠٠:٠١.٠٠٠ --> 00:02.000"), 3, "ces temps ne se lisent pas"),
        (cue("00:01.000 --> 00:02.000", "&nbsp;"), 3, "aucun texte ne suit"),
        (cue("00:01.000 --> 00:02.000", "<b>&nbsp;&lrm; &#8203;</b>"), 3, "aucun texte ne suit"),
        (cue("00:05.000 --> 00:05.000"), 3, "la fin vient avant le début"),
        (cue("00:05.000 --> 00:04.000"), 3, "la fin vient avant le début"),
        (cue("00:01.000 --> 00:02.000", ""), 3, "aucun texte ne suit"),
        (cue("00:01.000 --> 00:02.000", "<v Élise>"), 3, "aucun texte ne suit"),
        (cue("00:01.000 --> 00:02.000", "Un\n\nDeux"), 6, "n’a pas de temps au-dessus"),
        (cue("00:01.000 --> 00:02.000", "Un\n00:03.000 --> 00:04.000\nDeux"), 5, "ligne vide"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nUn", 2, "ligne vide"),
        ("WEBVTT\n\nNOTE a\n00:01.000 --> 00:02.000\nUn", 4, "ligne vide"),
        (cue("00:01.000 --> 00:02.000", "a\x00b"), 4, "signe invisible"),
        (
            cue("00:05.000 --> 00:06.000", "Un\n\n00:03.000 --> 00:04.000\nDeux"),
            6,
            "viennent avant ceux du passage précédent",
        ),
    ],
)
def test_a_broken_file_is_told_at_its_line(text, line, words):
    assert problems(text)[0][0] == line
    assert words in problems(text)[0][1]


def test_the_longest_time_is_read():
    text = checked_web_vtt(cue("99:59:59.000 --> 999:59:59.999", "&amp;").encode())
    assert [(c.end, c.text) for c in read_cues(text)] == [(3_599_999_999, "&")]


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_another_encoding_is_told_at_the_first_line_that_is_not_utf_8(encoding):
    text = cue("00:01.000 --> 00:02.000", "Ligne\nL’été".replace("’", "'"))
    assert problems(text.encode(encoding))[0][0] == 5
    assert "encodage UTF-8" in problems(text.encode(encoding))[0][1]


def test_half_of_a_utf_16_sign_is_told():
    assert "UTF-8" in problems(codecs.BOM_UTF16_LE + b"\x00\xd8\x01")[0][1]


def test_every_problem_is_told_at_once_but_never_too_many():
    broken = "WEBVTT\n" + "\n00:0d.000 --> 00:02.000\nUn\n" * 50
    assert [line for line, _ in problems(broken)] == list(range(3, 3 + 3 * MOST_PROBLEMS, 3))


def test_a_huge_file_is_refused_unread():
    assert "1 Mo au plus" in problems(b"WEBVTT\n" + b"x" * LARGEST)[0][1]


def test_a_problem_says_its_line():
    assert str(CaptionProblem(7, "aucun texte.")) == "Ligne 7: aucun texte."
    assert "Ligne 1" in str(UnreadableCaptionsError([CaptionProblem(1, "rien.")]))


def test_what_is_taken_is_read_the_same_by_the_library():
    text = checked_web_vtt(SOUND.encode())
    assert [c.start for c in webvtt.from_string(text, strict=False).captions] == [
        "00:00:00.500",
        "00:00:07.000",
    ]


BROKEN_SAMPLES = {
    "limite_invalid_timeframe.vtt": (6, "ces temps ne se lisent pas"),
    "limite_missing_caption_text.vtt": (6, "aucun texte ne suit"),
    "limite_no_captions.vtt": (1, "il faut au moins un temps"),
}
SOUND_SAMPLES = {
    "elephantsdream_captions.en.vtt": (78, 15, "At the left we can see..."),
    "elephantsdream_chapters.en.vtt": (9, 0, "Prologue"),
    "frenchsong_captions_fr.vtt": (55, 1, "C'est une chanson française."),
    "frenchsong_chapters_fr.vtt": (6, 0, "Introduction"),
    "limite_captions_with_bom.vtt": (4, 0, "Caption text #1"),
    "wwa_captions_fr.vtt": (15, 0, "[Musique]"),
    "wwa_chapters_fr.vtt": (2, 0, "Introduction"),
}

if HAS_SAMPLE_DATA:
    SAMPLES = sorted((SAMPLE_DATA_DIR / "sous-titres").glob("*.vtt"))

    def test_every_sample_is_known():
        assert {path.name for path in SAMPLES} == set(BROKEN_SAMPLES) | set(SOUND_SAMPLES)

    @pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
    def test_real_captions(path):
        if path.name in BROKEN_SAMPLES:
            line, words = BROKEN_SAMPLES[path.name]
            assert problems(path.read_bytes())[0][0] == line
            assert words in problems(path.read_bytes())[0][1]
        else:
            cues = read_cues(checked_web_vtt(path.read_bytes()))
            assert (len(cues), cues[0].seconds, cues[0].text) == SOUND_SAMPLES[path.name]
