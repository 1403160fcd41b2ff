"""What is wrong in a WebVTT file, line by line, in words that say what to do.

Browsers skip a cue that they cannot read without a word: a deaf person loses a sentence, and
nobody knows. So a file is taken whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import webvtt

LARGEST = 1024 * 1024
MOST_PROBLEMS = 20
"""Said at once: a file in another format would otherwise fill the screen."""

ARROW = "-->"
BLOCKS_WITHOUT_CUES = ("NOTE", "STYLE", "REGION")
TIMES = re.compile(
    r"[ \t]*(?P<start>(?:\d{2,3}:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+"
    r"(?P<end>(?:\d{2,3}:)?\d{2}:\d{2}\.\d{3})(?:[ \t]+(?P<settings>\S.*))?[ \t]*$",
    re.ASCII,
)
"""Hours of two or three digits: beyond, the library that reads times gives up."""
TIMES_OF_SUBRIP = re.compile(r"\d{2}:\d{2}:\d{2},\d{3}")
TAG = re.compile(r"<[^>]*>")
UNREADABLE_SIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

HEADING = "le fichier doit commencer par le mot WEBVTT, seul sur sa ligne."
SUBRIP = (
    "ce fichier semble être un SRT. Enregistrez-le en WebVTT (.vtt): le mot WEBVTT en haut, et des"
    " points au lieu des virgules dans les temps."
)
NOT_UTF8 = (
    "cette ligne n’est pas en UTF-8. Rouvrez le fichier dans votre éditeur et choisissez"
    " « Enregistrer sous », encodage UTF-8."
)
BAD_SIGN = "un signe invisible rend cette ligne illisible. Effacez la ligne et retapez-la."
BAD_TIMES = (
    "ces temps ne se lisent pas. Écrivez-les ainsi: 00:01:15.000 --> 00:01:18.500, minutes et"
    " secondes de 00 à 59, heures en deux ou trois chiffres."
)
NO_BLANK = "il manque une ligne vide avant ces temps."
NO_TEXT = "aucun texte ne suit ces temps. Écrivez-le sur la ligne suivante, sans ligne vide entre."
NO_TIMES = (
    "ce texte n’a pas de temps au-dessus de lui. Ajoutez-les, ou enlevez la ligne vide avant."
)
BACKWARDS = "la fin vient avant le début."
OUT_OF_ORDER = "ces temps viennent avant ceux du passage précédent. Remettez les passages en ordre."
EMPTY = "aucun passage dans ce fichier: il faut au moins un temps et un texte."


@dataclass(frozen=True)
class CaptionProblem:
    line: int
    words: str

    def __str__(self) -> str:
        return f"Ligne {self.line}: {self.words}"


class UnreadableCaptionsError(ValueError):
    """Every problem found, in the order of the lines."""

    def __init__(self, problems: list[CaptionProblem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def checked_web_vtt(data: bytes) -> str:
    """The text of a sound file: UTF-8, without byte order mark, `\\n` between lines."""
    if len(data) > LARGEST:
        raise UnreadableCaptionsError(
            [CaptionProblem(1, "ce fichier est trop lourd: 1 Mo au plus, ce qui suffit à un film.")]
        )
    # A line of spaces looks blank to who writes, and is none to a browser.
    lines = [line.rstrip() for line in re.split(r"\r\n?|\n", _decoded(data))]
    if problems := list(_problems(lines)):
        raise UnreadableCaptionsError(problems[:MOST_PROBLEMS])
    return "\n".join(lines).rstrip("\n") + "\n"


def _decoded(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableCaptionsError([CaptionProblem(1, NOT_UTF8)]) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
        raise UnreadableCaptionsError([CaptionProblem(line, NOT_UTF8)]) from error


def _problems(lines: list[str]) -> Iterator[CaptionProblem]:
    for number, line in enumerate(lines, start=1):
        if UNREADABLE_SIGN.search(line):
            yield CaptionProblem(number, BAD_SIGN)
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        is_subrip = any(TIMES_OF_SUBRIP.search(line) for line in lines[:10])
        yield CaptionProblem(1, SUBRIP if is_subrip else HEADING)
        return
    latest_start = 0
    count = 0
    for number, block in _blocks(lines):
        if number == 1 or block[0].split(maxsplit=1)[0] in BLOCKS_WITHOUT_CUES:
            yield from _problems_of_note(number, block)
            continue
        count += 1
        times = _line_of_times(block)
        yield from _problems_of_cue(number, block, times, latest_start)
        if times >= 0 and (match := _times(block[times])):
            latest_start = max(latest_start, _milliseconds(match.group("start")))
    if not count:
        yield CaptionProblem(len(lines), EMPTY)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each run of lines between blank ones, with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _problems_of_note(number: int, block: list[str]) -> Iterator[CaptionProblem]:
    """A cue glued to a note, or to the heading, is read by nobody."""
    for at, line in enumerate(block, start=number):
        if ARROW in line:
            yield CaptionProblem(at, NO_BLANK)


def _line_of_times(block: list[str]) -> int:
    """Where its times are: the first line, or the second under a name; -1 when it has none."""
    return next((at for at, line in enumerate(block[:2]) if ARROW in line), -1)


def _problems_of_cue(
    number: int, block: list[str], times: int, latest_start: int
) -> Iterator[CaptionProblem]:
    if times < 0:
        yield CaptionProblem(number, NO_TIMES)
        return
    match = _times(block[times])
    if match is None:
        is_subrip = TIMES_OF_SUBRIP.search(block[times])
        yield CaptionProblem(number + times, SUBRIP if is_subrip else BAD_TIMES)
    else:
        start, end = _milliseconds(match.group("start")), _milliseconds(match.group("end"))
        if end <= start:
            yield CaptionProblem(number + times, BACKWARDS)
        if start < latest_start:
            yield CaptionProblem(number + times, OUT_OF_ORDER)
    text = block[times + 1 :]
    for offset, line in enumerate(text, start=times + 1):
        if ARROW in line:
            yield CaptionProblem(number + offset, NO_BLANK)
    if not _is_seen(TAG.sub("", "".join(text))):
        yield CaptionProblem(number + times, NO_TEXT)


def _is_seen(text: str) -> bool:
    """Spaces and invisible signs say nothing, written as such or by their names (`&nbsp;`)."""
    return any(sign.isprintable() and not sign.isspace() for sign in unescape(text))


def _times(line: str) -> re.Match[str] | None:
    match = TIMES.match(line)
    if match and all(_is_clock(match.group(name)) for name in ("start", "end")):
        return match
    return None


def _is_clock(time: str) -> bool:
    minutes, seconds = time.partition(".")[0].split(":")[-2:]
    return int(minutes) < 60 and int(seconds) < 60  # noqa: PLR2004


def _milliseconds(time: str) -> int:
    return webvtt.models.Timestamp.from_string(time).in_milliseconds()
