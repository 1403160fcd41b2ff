"""The synthesis as a workbook: counts, measures that no screen shows, and their codebook."""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.domain import statistics
from appreciation.domain.exports import Tell
from appreciation.domain.synthesis.nouns import Cell, Matrix
from appreciation.interfaces.documents.synthesis_source import SynthesisFile
from appreciation.interfaces.synthesis.sources import named_sources
from appreciation.interfaces.synthesis.tables import (
    NamedTable,
    Row,
    cell_headers,
    cell_row,
    tables_of,
)
from core.disclosure import DisclosedDistribution
from core.typography import fr_typo
from core.workbook import Column, Sheet, write_workbook

MEASURES = (
    "médiane basse",
    "médiane interpolée",
    "premier quartile",
    "troisième quartile",
    "accord A",
    "polarisation",
    "dispersion de Leik",
    "consensus de Tastle et Wierman",
)
WIDE, MIDDLE, NARROW = 60, 26, 12
LONG_HEADINGS = ("constat", "parole", "à savoir", "ce que ça a donné", "pourquoi", "question")
SHEET_NAMES = {
    "demarches": "Démarches",
    "participation": "Participation",
    "ce-qui-revient": "Ce qui revient",
    "pistes": "Pistes",
    "pratiques": "Pratiques",
    "evaluation": "Évaluation",
    "citations": "Paroles",
}
CODEBOOK = (
    ("Niveaux", "niveau 1, niveau 2…", "Personnes qui ont choisi ce niveau, du plus bas au plus "
     "haut. Une dimension de plusieurs énoncés additionne leurs réponses."),
    ("Niveaux", "ne sait pas", "Personnes qui ont dit ne pas savoir; jamais comptées dans les "
     "mesures."),
    ("Niveaux", "ont répondu", "Niveaux choisis et « ne sait pas » ensemble."),
    ("Niveaux", "médiane", "Le niveau du milieu; entre deux niveaux, leur milieu."),
    ("Niveaux", "médiane basse", "Le plus petit niveau que la moitié des réponses ne dépasse pas."),
    ("Niveaux", "médiane interpolée", "La médiane, placée à l’intérieur de son niveau."),
    ("Niveaux", "premier et troisième quartile", "Ce qui borne la moitié centrale des réponses."),
    ("Niveaux", "accord A", "Accord de van der Eijk, de -1 (avis opposés) à 1 (un seul avis)."),
    ("Niveaux", "polarisation", "(1 - A) / 2."),
    ("Niveaux", "dispersion de Leik", "0: un seul avis; 1: moitié à chaque bout."),
    ("Niveaux", "consensus de Tastle et Wierman", "De 0 à 1; suppose des niveaux égaux."),
    ("Niveaux", "niveau convenu", "Ce que le groupe a retenu après en avoir parlé."),
    ("Démarches", "historique", "Tenue avant ce site: ses constats se lisent, sans chiffre."),
    ("Démarches", "à savoir", "Pourquoi ses chiffres se tiennent à part, ou manquent."),
    ("Participation", "communautés lues", "Celles qui ont au moins une démarche dans la synthèse."),
    ("Ce qui revient", "thème", "Rangé par une personne, un constat à la fois."),
)  # fmt: skip


def synthesis_workbook(file: SynthesisFile, tell: Tell) -> bytes:
    tell(40, "Les feuilles se remplissent")
    return write_workbook(
        sheets_of(file),
        title=file.read.title,
        author=file.identity.organisation,
        banner=file.banner,
    )


def sheets_of(file: SynthesisFile) -> Iterator[Sheet]:
    """A sheet with nothing in it is left out. Communities stand by territory, then name."""
    read = file.read
    yield Sheet("À lire", [Column("quoi", 30), Column("détail", 90)], list(_about(file)))
    named = named_sources(read)
    for matrix in read.matrices:
        rows = [
            (*cell_row(named[cell.source], matrix, row.name, cell), *_measures(cell))
            for row in matrix.rows
            for cell in row.cells
        ]
        headings = (*cell_headers(matrix.scale_length), *MEASURES)
        name = f"Niveaux de 1 à {matrix.scale_length}"
        yield Sheet(name, [_column(each) for each in headings], rows, frozen=3)
    for name, table in tables_of(read).items():
        if name in SHEET_NAMES:
            yield _sheet(SHEET_NAMES[name], table)
    if read.stories:
        yield _stories(file)
    yield Sheet(
        "Codes",
        [Column("feuille", MIDDLE), Column("colonne", 34), Column("ce qu’elle dit", 100)],
        [tuple(map(fr_typo, line)) for line in CODEBOOK],
    )
    yield Sheet("Sources", [Column("quoi", 30), Column("source", 110)], list(_sources(file)))


def _column(heading: str) -> Column:
    if heading in LONG_HEADINGS:
        return Column(heading, WIDE)
    return Column(heading, MIDDLE if heading in _NAMES else NARROW)


_NAMES = (
    *("démarche", "territoire", "dimension", "thème", "ce qu’on y range", "piste ou action"),
    *("porté par", "pratique", "thèmes", "réponses par", "instrument", "accord en mots"),
    *("médiane en mots", "niveau convenu en mots", "réponse", "au sujet de"),
)


def _sheet(name: str, table: NamedTable) -> Sheet:
    return Sheet(name, [_column(each) for each in table.headers], table.rows, frozen=1)


def _measures(cell: Cell) -> Row:
    """Nothing at all where the answers stay inside."""
    if not isinstance(cell.distribution, DisclosedDistribution):
        return (None,) * len(MEASURES)
    levels = cell.distribution.levels
    return (
        statistics.median_low(levels),
        statistics.interpolated_median(levels),
        *(statistics.quartiles(levels) or (None, None)),
        statistics.agreement(levels),
        statistics.polarisation(levels),
        statistics.leik(levels),
        statistics.consensus(levels),
    )


def _about(file: SynthesisFile) -> Iterator[Row]:
    read, shown = file.read, file.shown
    yield "synthèse", read.title
    if file.banner:
        yield file.banner, "Les données et les propos sont fictifs."
    if file.copy_words:
        yield "à qui", file.copy_words
    if read.headline:
        yield "en une phrase", read.headline
    yield "région", read.region
    yield "année", read.year
    yield "référence", read.reference
    yield "version", shown.edition_words
    for narrative in read.narratives:
        if narrative.text.strip():
            yield narrative.title, narrative.text
    yield shown.caution_title, shown.caution
    yield "organisme", file.identity.organisation
    if file.address:
        yield "adresse", file.address


def _stories(file: SynthesisFile) -> Sheet:
    rows: list[Row] = [
        (file.shown.named[each.source].name, each.text, "\n".join(each.strengths),
         "\n".join(each.challenges), "\n".join(each.leads))
        for each in file.read.stories
    ]  # fmt: skip
    columns = [Column("démarche", MIDDLE), Column("histoire", 90)]
    columns += [Column(name, 40) for name in ("forces", "défis", "pistes")]
    return Sheet("Histoires", columns, rows, frozen=1)


def _sources(file: SynthesisFile) -> Iterator[Row]:
    read, shown = file.read, file.shown
    yield "figures", shown.source_line
    if read.fingerprint:
        yield "empreinte SHA-256", read.fingerprint
    for instrument in shown.instruments:
        yield "instrument", instrument
    for matrix in read.matrices:
        yield f"échelle de {matrix.scale_length} niveaux", _scale(matrix)
    yield (
        "ce qui n’est pas montré",
        f"Une répartition n’est montrée que si au moins {read.outside_k} personnes ont répondu à "
        "chaque énoncé de la dimension.",
    )
    yield "ce qui n’existe pas", "Aucune moyenne de la région, aucun ordre des communautés."


def _scale(matrix: Matrix) -> str:
    words = "; ".join(f"{level} = {label}" for level, label in enumerate(matrix.labels, 1))
    return (
        words if matrix.is_worded_alike else f"{words} (les mots diffèrent d’une grille à l’autre)"
    )
