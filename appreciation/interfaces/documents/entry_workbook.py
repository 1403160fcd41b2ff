"""A spreadsheet for a hall without network: sheets typed in, counts and order at once, then sent.

The first page is the one that the import reads. The others only compute from it: how many people
chose each level, van der Eijk's A of each question (DOMAIN.md §7.1), and the questions from the
most disputed to the most agreed. The formulas use what every spreadsheet program knows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.imports.ratings import column_codes
from appreciation.domain.questionnaire import Questionnaire, QuestionnaireItem
from appreciation.domain.wording import CLEAR, NO_ANSWER, OPPOSED, PARTIAL, SHARED
from appreciation.enums import SpecialAnswer
from appreciation.interfaces.documents.agreement_formulas import AgreementPage
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, facts_of, questions_of
from appreciation.interfaces.paper_form import MOST_SHEETS
from appreciation.interfaces.ratings_workbook import (
    ANSWER_SHEET,
    TEMPLATE_ROWS,
    write_answer_sheet,
    write_codebook,
)
from core.csv_export import neutralise
from core.disclosure import ROOM_K
from core.plain_text import plain_text
from core.typography import fr_typo
from reference.models import Sector

COUNT_SHEET, ORDER_SHEET, HELP_SHEET = "Comptes", "Pour discuter", "Mode d’emploi"
FIRST_ROW = 3
"""Headings are on the row before, counted from 0."""
FIRST_LEVEL = 3
LETTER = 1
TALL_ROW = 38
"""Two lines of text, in points: a row with a formula does not grow by itself."""
HELP_WIDTH, HELP_SIGNS, HELP_LINE = 90, 75, 17
"""Of a column, as spreadsheets count it; signs and points of a line in it."""
WORDS = {
    SpecialAnswer.DOES_NOT_KNOW: ("NSP", "N", "NE SAIT PAS"),
    SpecialAnswer.DECLINED: ("REFUS", "P", "PASSE"),
}
"""What the import reads as « je ne sais pas » and « je passe »: the count must say the same."""
HELP = (
    "1. Une ligne par feuille de papier, à l’onglet « Feuilles ». Le numéro est déjà écrit: "
    "prenez la ligne qui porte celui de la feuille.",
    "2. Écrivez le niveau coché; NSP pour « Je ne sais pas »; REFUS pour « Je passe »; "
    "rien quand rien n’est coché.",
    "3. L’onglet « Comptes » compte à mesure. La colonne « À vérifier » dit combien de cases "
    "ne se lisent pas.",
    "4. L’onglet « Pour discuter » met les questions en ordre: d’abord celles où la salle diffère.",
    f"5. Sous {ROOM_K} réponses, ne montrez rien à la salle.",
    "6. De retour au réseau: « Importer un tableur » sur la page de la rencontre. "
    "Envoyez ce fichier tel quel, sans ajouter ni renommer de colonne.",
)


@dataclass(frozen=True)
class Line:
    """One question: where its answers are, and where it is counted."""

    rank: int
    code: str
    dimension: str
    item: QuestionnaireItem
    answers: str

    @property
    def row(self) -> int:
        return FIRST_ROW + self.rank - 1


def entry_workbook(making: Making) -> bytes:
    facts, questions = facts_of(making), questions_of(making)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": f"Saisie, {plain_text(facts.place)[:200]}"})
        _write_sheets(book, making, facts, questions)
        pages = {name: book.add_worksheet(name) for name in (COUNT_SHEET, ORDER_SHEET, HELP_SHEET)}
        write_codebook(book, questions)
        lines = _lines(questions)
        counts = _CountPage(book, facts, lines)
        counts.write(pages[COUNT_SHEET])
        _write_order(book, pages[ORDER_SHEET], lines, counts)
        _write_help(book, pages[HELP_SHEET], facts)
    return buffer.getvalue()


def _write_sheets(book, making: Making, facts: HallFacts, questions: Questionnaire) -> None:
    asks_sector = making.meeting is not None and making.meeting.asks_sector
    sectors = list(Sector.objects.filter(is_active=True).values_list("name", flat=True))
    sheet = write_answer_sheet(book, questions, sectors if asks_sector else [])
    last = min(int(facts.large_sheet_range.partition("-")[2]), MOST_SHEETS)
    for number in range(1, last + 1):
        sheet.write_number(number, 0, number)
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 18 if asks_sector else 9)
    sheet.set_column(2, len(questions.items) + 1, 17, book.add_format({"align": "center"}))
    sheet.repeat_rows(0)
    _on_letter(sheet, facts)


def _for_header(text: str) -> str:
    """In a header « & » starts a command; it holds 255 signs."""
    return plain_text(text).replace("&", "&&")[:200]


def _lines(questions: Questionnaire) -> tuple[Line, ...]:
    codes = {item.id: code for code, item in column_codes(questions).items()}
    asked = [(each.title, item) for each in questions.rated_dimensions for item in each.items]
    return tuple(
        Line(rank, codes[item.id], title, item, _answers(rank))
        for rank, (title, item) in enumerate(asked, start=1)
    )


def _answers(rank: int) -> str:
    """The column of a question on the first page: sheet and sector come before."""
    letters = xl_col_to_name(rank + 1)
    return f"{ANSWER_SHEET}!${letters}$2:${letters}${TEMPLATE_ROWS + 1}"


class _CountPage:
    """« Comptes »: a row per question. `agreement` is what the order is read from."""

    def __init__(self, book, facts: HallFacts, lines: tuple[Line, ...]) -> None:
        self.book, self.facts, self.lines = book, facts, lines
        self.most = max((len(line.item.levels) for line in lines), default=0)
        first = FIRST_LEVEL + self.most
        names = ("unknown", "declined", "total", "unread", "median", "agreement", "words", "order")
        self.columns = {name: first + place for place, name in enumerate(names)}

    def cell(self, line: Line, name: str) -> str:
        return f"${xl_col_to_name(self.columns[name])}${line.row + 1}"

    def column(self, name: str) -> str:
        letters = xl_col_to_name(self.columns[name])
        return f"${letters}${FIRST_ROW + 1}:${letters}${FIRST_ROW + len(self.lines)}"

    def levels(self, line: Line) -> list[str]:
        row = line.row + 1
        return [
            f"${xl_col_to_name(FIRST_LEVEL + place)}${row}"
            for place in range(len(line.item.levels))
        ]

    def write(self, sheet) -> None:
        strong = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        plain = self.book.add_format({"valign": "top", "align": "center"})
        decimal = self.book.add_format({"valign": "top", "align": "center", "num_format": "0.00"})
        sheet.write_string(0, 0, _title(self.facts, "Comptes"), _heading(self.book))
        for place, heading in enumerate(self._headings()):
            sheet.write_string(FIRST_ROW - 1, place, heading, strong)
        agreement = AgreementPage(self.book, COUNT_SHEET)
        for line in self.lines:
            sheet.set_row(line.row, TALL_ROW)
            sheet.write_number(line.row, 0, line.rank, plain)
            sheet.write_string(line.row, 1, _safe(line.dimension), wrapped)
            sheet.write_string(line.row, 2, _safe(line.item.text), wrapped)
            exact = agreement.write(line.rank, self.levels(line))
            for place, formula in self._formulas(line, exact):
                shown = decimal if place == self.columns["agreement"] else plain
                sheet.write_formula(line.row, place, formula, shown, "")
        agreement.close()
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 48)
        sheet.set_column(FIRST_LEVEL, self.columns["agreement"], 9)
        sheet.set_column(self.columns["words"], self.columns["words"], 26, wrapped)
        sheet.freeze_panes(FIRST_ROW, FIRST_LEVEL)
        _on_paper(sheet, self.facts)

    def _headings(self) -> list[str]:
        levels = [f"Niveau {level}" for level in range(1, self.most + 1)]
        return [
            *("N°", "Dimension", "Question", *levels, "Ne sait pas", "Passe"),
            *("Réponses", "À vérifier", "Médiane", "Accord (A)", "En mots", "Ordre"),
        ]

    def _formulas(self, line: Line, exact: str) -> list[tuple[int, str]]:
        """Each formula of a row with its column. `exact` is A before it is rounded."""
        levels, total = self.levels(line), self.cell(line, "total")
        counted = [
            (FIRST_LEVEL + place, f"={_people(line.answers, _level_words(place + 1))}")
            for place in range(len(levels))
        ]
        read = "+".join((total, self.cell(line, "unknown"), self.cell(line, "declined")))
        agreed = self.cell(line, "agreement")
        found = {
            "unknown": _people(line.answers, _texts(WORDS[SpecialAnswer.DOES_NOT_KNOW])),
            "declined": _people(line.answers, _texts(WORDS[SpecialAnswer.DECLINED])),
            "total": f"SUM({levels[0]}:{levels[-1]})",
            "unread": f"COUNTA({line.answers})-({read})",
            "median": f'IF({total}=0,"",{_median(levels, total)})',
            "agreement": f'IF({total}=0,"",ROUND({exact},10))',
            "words": _words(total, agreed),
            "order": self._order(line, agreed),
        }
        return [*counted, *((self.columns[name], f"={text}") for name, text in found.items())]

    def _order(self, line: Line, agreed: str) -> str:
        """The rank from the lowest agreement; among equals, the order of the sheet."""
        letters = xl_col_to_name(self.columns["agreement"])
        above = f"${letters}${FIRST_ROW}:${letters}${line.row}"
        place = f"RANK({agreed},{self.column('agreement')},1)+COUNTIF({above},{agreed})"
        return f'IF({agreed}="","",{place})'


def _level_words(level: int) -> list[str]:
    """A level is a number, or its digits as a text where a program keeps them so."""
    return [str(level), f'"{level}"']


def _texts(words: tuple[str, ...]) -> list[str]:
    return [f'"{word}"' for word in words]


def _people(answers: str, values: list[str]) -> str:
    return f"SUMPRODUCT({'+'.join(f'({answers}={value})' for value in values)})"


def _median(levels: list[str], total: str) -> str:
    """The middle answer, or midway between the two middle ones: `statistics.median`."""
    first = levels[0]
    low = "+".join(f"IF(2*SUM({first}:{level})<{total},1,0)" for level in levels)
    high = "+".join(f"IF(2*SUM({first}:{level})<={total},1,0)" for level in levels)
    return f"1+({low}+{high})/2"


def _words(total: str, agreed: str) -> str:
    limits = discretion_rules().thresholds
    return (
        f'IF({total}=0,"{NO_ANSWER}",IF({total}<{ROOM_K},"moins de {ROOM_K}: ne pas montrer",'
        f'IF({agreed}>={float(limits.clear)},"{CLEAR}",'
        f'IF({agreed}>={float(limits.partial)},"{PARTIAL}",'
        f'IF({agreed}>={float(limits.shared)},"{SHARED}","{OPPOSED}")))))'
    )


def _write_order(book, sheet, lines: tuple[Line, ...], counts: _CountPage) -> None:
    """« Pour discuter »: the questions again, from the most disputed; empty while nothing is."""
    strong = book.add_format({"bold": True, "font_size": 12, "text_wrap": True})
    large = book.add_format({"font_size": 14, "text_wrap": True, "valign": "top", "align": "left"})
    sheet.write_string(0, 0, _title(counts.facts, "D’abord là où la salle diffère"), _heading(book))
    for place, heading in enumerate(("Ordre", "Question", "En mots", "Médiane", "Réponses")):
        sheet.write_string(FIRST_ROW - 1, place, heading, strong)
    order = f"{COUNT_SHEET}!{counts.column('order')}"
    sources = [f"$C${FIRST_ROW + 1}:$C${FIRST_ROW + len(lines)}"]
    sources += [counts.column(name) for name in ("words", "median", "total")]
    for rank in range(1, len(lines) + 1):
        row = FIRST_ROW + rank - 1
        sheet.set_row(row, TALL_ROW)
        sheet.write_number(row, 0, rank, large)
        for place, source in enumerate(sources, start=1):
            found = f'=IFERROR(INDEX({COUNT_SHEET}!{source},MATCH({rank},{order},0)),"")'
            sheet.write_formula(row, place, found, large, "")
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 28)
    sheet.set_column(3, 4, 11)
    _on_paper(sheet, counts.facts)


def _write_help(book, sheet, facts: HallFacts) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "font_size": 12})
    sheet.set_column(0, 0, HELP_WIDTH)
    sheet.write_string(0, 0, _title(facts, "Saisir sans réseau"), _heading(book))
    for row, sentence in enumerate((*HELP, facts.help_line), start=2):
        shown = _safe(sentence)
        sheet.set_row(row, HELP_LINE * ceil(len(shown) / HELP_SIGNS))
        sheet.write_string(row, 0, shown, wrapped)
    _on_letter(sheet, facts)


def _title(facts: HallFacts, words: str) -> str:
    return neutralise(plain_text(", ".join(filter(None, (facts.banner, words, facts.place)))))


def _safe(text: str) -> str:
    return neutralise(plain_text(fr_typo(text)))


def _heading(book):
    return book.add_format({"bold": True, "font_size": 14})


def _on_paper(sheet, facts: HallFacts) -> None:
    """Locked without a password: nobody writes over a formula by mistake."""
    _on_letter(sheet, facts)
    sheet.protect()


def _on_letter(sheet, facts: HallFacts) -> None:
    sheet.set_landscape()
    sheet.set_paper(LETTER)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C&B{_for_header(facts.banner or facts.place)}")
