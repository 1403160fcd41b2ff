"""The numbers and the words behind each figure, as rows: what CSV, Word and workbook have alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from appreciation.domain.synthesis.nouns import Cell, Matrix, SynthesisRead
from appreciation.enums import FindingKind
from appreciation.interfaces.synthesis.figures import EXIT_TITLE, spreads_of
from appreciation.interfaces.synthesis.matrix import source_of, title_of
from appreciation.interfaces.synthesis.sources import NamedSource, named_sources
from core.csv_export import Value
from core.disclosure import TOO_FEW, DisclosedDistribution
from core.typography import NBSP

Row = tuple[Value, ...]
KIND_TITLES = {
    FindingKind.STRENGTH: "Les forces qui reviennent",
    FindingKind.CHALLENGE: "Les défis qui reviennent",
    FindingKind.ACTION_LEAD: "Les pistes qui reviennent",
}


@dataclass(frozen=True)
class NamedTable:
    """`name` is in addresses: « demarches », « matrice-1 »."""

    name: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    source: str

    def csv_rows(self) -> Iterator[Row]:
        """Headers, rows, then the source: a file travels without its page."""
        yield self.headers
        yield from self.rows
        yield ("Source", self.source)


def tables_of(read: SynthesisRead) -> dict[str, NamedTable]:
    """By name, in the order of the page; a table with nothing in it is left out."""
    tables = [*_matrices(read), *_spreads(read)]
    tables += [
        _table(read, "demarches", "Les démarches lues", _sources),
        _table(read, "participation", "Qui a pris part", _coverage),
        _table(read, "ce-qui-revient", "Ce qui revient", _recurrences),
        _table(read, "pistes", "Les pistes, et ce qu’elles sont devenues", _leads),
        _table(read, "pratiques", "Les pratiques qui y répondent", _practices),
        _table(read, "evaluation", EXIT_TITLE, _exits),
        _table(read, "citations", "Des paroles", _quotes),
    ]
    return {table.name: table for table in tables if table.rows}


def cell_row(named: NamedSource, matrix: Matrix, dimension: str, cell: Cell) -> Row:
    """A cell of the matrix, or how little of it may leave."""
    counts: Row = (None,) * (matrix.scale_length + 2)
    if isinstance(cell.distribution, DisclosedDistribution):
        answered = cell.distribution
        counts = (*answered.levels, answered.does_not_know, answered.respondents)
    return (
        named.name,
        named.source.territory or None,
        dimension,
        *counts,
        cell.median,
        TOO_FEW if cell.is_hidden else cell.median_words or None,
        cell.agreement_words or None,
        cell.agreed_level,
        cell.agreed_label or None,
    )


def cell_headers(scale_length: int) -> tuple[str, ...]:
    levels = (f"niveau {level}" for level in range(1, scale_length + 1))
    return (
        *("démarche", "territoire", "dimension", *levels, "ne sait pas", "ont répondu"),
        *("médiane", "médiane en mots", "accord en mots"),
        *("niveau convenu", "niveau convenu en mots"),
    )


def kind_words(kind: str) -> str:
    return str(FindingKind(kind).label)


def _matrices(read: SynthesisRead) -> Iterator[NamedTable]:
    named = named_sources(read)
    for number, matrix in enumerate(read.matrices, 1):
        rows = tuple(
            cell_row(named[cell.source], matrix, row.name, cell)
            for row in matrix.rows
            for cell in row.cells
        )
        headers = cell_headers(matrix.scale_length)
        title = title_of(read, matrix)
        yield NamedTable(f"matrice-{number}", title, headers, rows, source_of(read))


def _spreads(read: SynthesisRead) -> Iterator[NamedTable]:
    for spread in spreads_of(read):
        table = spread.table()
        yield NamedTable(
            spread.identifier, spread.title, table.headers, table.rows, source_of(read)
        )


def _table(
    read: SynthesisRead,
    name: str,
    title: str,
    rows_of: Callable[[SynthesisRead], tuple[tuple[str, ...], list[Row]]],
) -> NamedTable:
    headers, rows = rows_of(read)
    return NamedTable(name, title, headers, tuple(rows), source_of(read))


def _sources(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    headers = (
        *("démarche", "territoire", "rencontre", "année", "instrument", "version"),
        *("nombre de niveaux", "personnes", "réponses par", "historique", "à savoir"),
    )
    rows: list[Row] = [
        (
            each.name,
            each.territory or None,
            each.held_on,
            each.year,
            each.instrument or None,
            each.instrument_version or None,
            each.scale_length,
            each.people,
            ", ".join(each.media) or None,
            each.is_historical,
            " ".join(each.reasons) or None,
        )
        for each in read.sources
    ]
    return headers, rows


def _coverage(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    rows: list[Row] = [
        (each.name, each.appraised, each.communities) for each in read.coverage.territories
    ]
    return ("territoire", "communautés lues", "communautés en tout"), rows


def _recurrences(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    headers = ("genre", "thème", "ce qu’on y range", "enjeu", "démarche", "dimension")
    rows: list[Row] = [
        (
            kind_words(each.kind),
            each.label,
            each.definition or None,
            each.issue or None,
            read.source(mention.source).name,
            mention.dimension or None,
            mention.text,
            mention.is_quote,
        )
        for each in read.recurrences
        for mention in each.mentions
    ]
    return (*headers, "constat", "citation"), rows


def _leads(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    rows: list[Row] = [
        (
            read.source(each.source).name,
            each.title,
            each.carrier or None,
            each.state or None,
            "; ".join(each.outcomes) or None,
        )
        for each in read.leads
    ]
    return ("démarche", "piste ou action", "porté par", "état", "ce que ça a donné"), rows


def _practices(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    rows: list[Row] = [(each.title, each.why, "; ".join(each.themes)) for each in read.practices]
    return ("pratique", "pourquoi", "thèmes"), rows


def _exits(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    """A line for each answer that may be chosen: questions do not share their words."""
    rows: list[Row] = []
    for each in read.exits:
        name = read.source(each.source).name
        if not isinstance(each.distribution, DisclosedDistribution):
            rows.append((name, each.question, TOO_FEW, None))
            continue
        told = zip(each.labels, each.distribution.levels, strict=True)
        rows += [(name, each.question, label, count) for label, count in told]
    return ("démarche", "question", "réponse", "personnes"), rows


def _quotes(read: SynthesisRead) -> tuple[tuple[str, ...], list[Row]]:
    rows: list[Row] = [
        (read.source(each.source).name, each.dimension or None, f"«{NBSP}{each.text}{NBSP}»")
        for each in read.quotes
    ]
    return ("démarche", "au sujet de", "parole"), rows
