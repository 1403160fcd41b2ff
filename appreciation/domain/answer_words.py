"""How an answer is written on a sheet or in a spreadsheet, and read back."""

from __future__ import annotations

from collections.abc import Iterable

from appreciation.domain.questionnaire import QuestionnaireItem
from appreciation.enums import ExitLevel, SpecialAnswer
from core.errors import DomainError
from core.typography import join_words


def read_answer(text: str, item: QuestionnaireItem) -> int | None:
    """What a cell says: a level, N or NSP (ne sait pas), P or REFUS (passe), nothing.

    Raises DomainError with a French sentence for anything else; never guesses.
    """
    word = text.strip().replace("\N{NO-BREAK SPACE}", " ").upper()
    if word in ANSWER_WORDS:
        return ANSWER_WORDS[word]
    number = word.replace(",", ".")
    if number.endswith(".0"):
        number = number[:-2]
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(item.levels):
        return int(number)
    shown = text.strip()[:20]
    raise DomainError(
        f"« {shown} » n’est pas un niveau. Écrivez un nombre de 1 à {len(item.levels)}, "
        "N (ne sait pas), P (passe), ou laissez vide."
    )


ANSWER_WORDS: dict[str, int | None] = {
    "": None,
    "N": SpecialAnswer.DOES_NOT_KNOW,
    "NSP": SpecialAnswer.DOES_NOT_KNOW,
    "NE SAIT PAS": SpecialAnswer.DOES_NOT_KNOW,
    "P": SpecialAnswer.DECLINED,
    "PASSE": SpecialAnswer.DECLINED,
    "REFUS": SpecialAnswer.DECLINED,
}


def answer_word(answer: int | None) -> str:
    """An answer as a spreadsheet writes it: the level, NSP, REFUS, or nothing."""
    if answer is None:
        return ""
    if answer == SpecialAnswer.DOES_NOT_KNOW:
        return "NSP"
    return "REFUS" if answer == SpecialAnswer.DECLINED else str(answer)


def read_exit(text: str) -> str | None:
    """An exit question's cell: O (oui), M (plus ou moins), N (non), the whole words, or nothing."""
    word = " ".join(text.upper().split())
    if not word:
        return None
    for level, letter in EXIT_LETTERS.items():
        if word in (letter, level.label.upper()):
            return level.value
    shown = text.strip()[:20]
    raise DomainError(
        f"« {shown} » n’est pas une réponse de sortie. Écrivez O (oui), M (plus ou moins), "
        "N (non), ou laissez vide."
    )


EXIT_LETTERS = {ExitLevel.YES: "O", ExitLevel.SOMEWHAT: "M", ExitLevel.NO: "N"}


def exit_letter(answer: str | None) -> str:
    return EXIT_LETTERS[ExitLevel(answer)] if answer else ""


def sheet_numbers_in_words(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 → « 1 à 3 et 7 »."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = []
    for run in runs:
        if len(run) > 2:  # noqa: PLR2004  two in a row read better one by one
            words.append(f"{run[0]} à {run[-1]}")
        else:
            words.extend(str(number) for number in run)
    return join_words(words)


def ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"
