"""The report as a workbook: the figures no screen shows, a codebook, the sources.

Quartiles and further measures (DOMAIN.md §7.1) stand beside an item only where its distribution
may leave: everything comes from the `Report`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from appreciation.domain import statistics
from appreciation.domain.report import Report, ReportAction, ReportItem
from appreciation.enums import FindingKind
from appreciation.interfaces.comparison_document import comparison_rows, comparison_source
from appreciation.interfaces.documents.codebook import CODEBOOK
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.report_beside import beside_sheet
from appreciation.interfaces.documents.report_source import ReportFile, report_file
from appreciation.interfaces.report_document import report_source
from core.csv_export import Value
from core.disclosure import TOO_FEW, DisclosedDistribution
from core.typography import fr_typo
from core.workbook import Column, Sheet, write_workbook

Row = tuple[Value, ...]
WIDE, MIDDLE, NARROW = 46, 24, 11
MEASURES = (
    "ne sait pas",
    "ont répondu",
    "médiane",
    "médiane interpolée",
    "premier quartile",
    "troisième quartile",
    "accord A",
    "polarisation",
    "dispersion de Leik",
    "consensus de Tastle et Wierman",
)


def report_workbook(making: Making) -> bytes:
    return workbook_of(report_file(making))


def workbook_of(file: ReportFile) -> bytes:
    return write_workbook(
        sheets_of(file),
        title=file.report.title,
        author=file.identity.organisation,
        banner=file.banner,
    )


def sheets_of(file: ReportFile) -> Iterator[Sheet]:
    """A sheet with nothing in it is left out."""
    report = file.report
    yield Sheet("À lire", _columns(("quoi", 30), ("détail", 90)), list(_about(file)))
    if any(meeting.items for meeting in report.meetings):
        yield _answers(report)
    for sheet in (*_told(report), *_around(report)):
        if sheet.rows:
            yield sheet
    if file.presented["beside"]:
        yield beside_sheet(file)
    if report.comparison:
        source = comparison_source(report.comparison, report.place, is_demo=report.is_demo)
        headings, *rows = comparison_rows(report.comparison, source=source)
        columns = [Column(str(each), WIDE if each == "énoncé" else NARROW) for each in headings]
        yield Sheet("Avant et maintenant", columns, rows, frozen=1)
        if report.comparison.actions:
            yield _actions("Actions d’avant", report.comparison.actions)
    yield Sheet(
        "Codes",
        _columns(("feuille", MIDDLE), ("colonne", 30), ("ce qu’elle dit", 100)),
        [tuple(map(fr_typo, line)) for line in CODEBOOK],
    )
    yield Sheet("Sources", _columns(("quoi", 30), ("source", 110)), list(_sources(report)))


def _columns(*pairs: tuple[str, int]) -> list[Column]:
    return [Column(heading, width) for heading, width in pairs]


def _about(file: ReportFile) -> Iterator[Row]:
    report = file.report
    yield "rapport", report.title
    if file.banner:
        yield file.banner, "Les données et les propos sont fictifs."
    if file.copy_words:
        yield "à qui", file.copy_words
    yield "en une phrase", report.headline
    yield "communauté", report.place
    yield "territoire", report.territory
    yield "référence", report.reference
    yield "version", file.edition
    yield "demandé par", report.requested_by
    yield "pour", ", ".join(report.purposes)
    for paragraph in report.paragraphs:
        yield paragraph.title, paragraph.text
    if report.lessons:
        yield "Ce que nous avons appris", report.lessons
    yield "organisme", file.identity.organisation
    yield "pour en parler", file.identity.adviser


def _answers(report: Report) -> Sheet:
    items = [(meeting, item) for meeting in report.meetings for item in meeting.items]
    widest = max(len(item.labels) for _, item in items)
    columns = [
        *_columns(("rencontre", NARROW), ("dimension", MIDDLE), ("code", NARROW)),
        *_columns(("énoncé", WIDE), ("nombre de niveaux", NARROW)),
        *(Column(f"niveau {level}") for level in range(1, widest + 1)),
        *(Column(heading, NARROW) for heading in MEASURES),
        *_columns(("médiane en mots", MIDDLE), ("accord en mots", MIDDLE)),
        *_columns(("niveau convenu", NARROW), ("niveau convenu en mots", MIDDLE)),
        *_columns(("pourquoi", WIDE), ("ce que certains voient autrement", WIDE)),
    ]
    rows = [
        (
            meeting.held_on,
            item.dimension,
            item.code,
            item.text,
            len(item.labels),
            *_measures(item, widest),
            item.median_words or None,
            TOO_FEW if item.is_hidden else item.agreement_words or None,
            *_agreed(item),
        )
        for meeting, item in items
    ]
    return Sheet("Réponses", columns, rows, frozen=4)


def _measures(item: ReportItem, widest: int) -> Row:
    """Counts and measures, or nothing at all where the answers stay in the room."""
    if not isinstance(item.distribution, DisclosedDistribution):
        return (None,) * (widest + len(MEASURES))
    levels = item.distribution.levels
    return (
        *levels,
        *(None,) * (widest - len(levels)),
        item.distribution.does_not_know,
        item.distribution.respondents,
        statistics.median(levels),
        statistics.interpolated_median(levels),
        *(statistics.quartiles(levels) or (None, None)),
        statistics.agreement(levels),
        statistics.polarisation(levels),
        statistics.leik(levels),
        statistics.consensus(levels),
    )


def _agreed(item: ReportItem) -> Row:
    agreed = item.agreed
    if agreed is None:
        return (None,) * 4
    label = agreed.label or "pas de niveau convenu"
    return agreed.level, label, agreed.reason or None, agreed.dissent or None


def _told(report: Report) -> Iterator[Sheet]:
    """What people said, in words."""
    yield Sheet(
        "Constats",
        _columns(("genre", NARROW), ("dimension", MIDDLE), ("constat", 90), ("citation", NARROW)),
        [
            (str(FindingKind(each.kind).label), each.dimension, each.text, each.is_quote)
            for each in (*report.strengths, *report.challenges, *report.leads)
        ],
    )
    yield _actions("Actions", report.actions)
    yield Sheet(
        "Points",
        _columns(("rencontre", NARROW), ("rang", NARROW), ("piste", 70), ("points", NARROW)),
        [
            (meeting.held_on, line.rank, line.text, line.dots)
            for meeting in report.meetings
            for line in (meeting.dots.lines if meeting.dots else ())
        ],
    )
    yield Sheet(
        "Paroles",
        _columns(("au sujet de", WIDE), ("parole", 90)),
        [
            *((quote.dimension, quote.text) for quote in report.quotes),
            *((f"{g.question} {g.title}", word) for g in report.room_words for word in g.words),
        ],
    )


def _actions(name: str, actions: Iterable[ReportAction]) -> Sheet:
    return Sheet(
        name,
        _columns(("action", WIDE), ("porté par", MIDDLE), ("premier petit pas", WIDE))
        + _columns(("d’ici le", NARROW), ("état", NARROW)),
        [(each.title, each.carrier, each.first_step, each.due_on, each.state) for each in actions],
        frozen=1,
    )


def _around(report: Report) -> Iterator[Sheet]:
    exits = [(meeting, each) for meeting in report.meetings for each in meeting.exits]
    widest = max((len(each.labels) for _, each in exits), default=0)
    levels = [Column(label, NARROW) for label in (exits[0][1].labels if exits else ())]
    yield Sheet(
        "Questions de sortie",
        [*_columns(("rencontre", NARROW), ("question", WIDE)), *levels],
        [
            (
                meeting.held_on,
                each.question,
                *(
                    each.distribution.levels
                    if isinstance(each.distribution, DisclosedDistribution)
                    else (TOO_FEW, *(None,) * (widest - 1))
                ),
            )
            for meeting, each in exits
        ],
    )
    portrait = report.portrait
    yield Sheet(
        "Portrait",
        _columns(("ce que dit le chiffre", WIDE), ("valeur", NARROW), ("unité", NARROW))
        + _columns(("année", NARROW), ("source", WIDE)),
        [
            *((f.label, f.value, f.unit, f.year, f.source) for f in portrait.figures),
            *((kind, words, None, None, None) for kind, words in portrait.facts),
        ]
        if portrait
        else [],
    )


def _sources(report: Report) -> Iterator[Row]:
    for meeting in report.meetings:
        yield "réponses", report_source(report, meeting)
        yield "instrument", meeting.instrument_source or meeting.instrument
        for medium in meeting.media:
            people = f", {medium.people} personnes" if medium.people else ""
            yield "réponses par", f"{medium.label}{people}"
        if meeting.head_count:
            yield "autour de la table", f"{meeting.head_count} personnes"
    for figure in report.portrait.figures if report.portrait else ():
        yield f"portrait: {figure.label}", f"{figure.source}, {figure.year}"
    for beside in report.statistics:
        for each in beside.statistics:
            yield f"à côté de {beside.dimension}: {each.name}", each.source
    yield (
        "ce qui n’est pas montré",
        f"Une répartition n’est montrée que si au moins {report.outside_k} personnes ont répondu à "
        "chaque énoncé de la dimension.",
    )
    for item in dict.fromkeys(item.labels for m in report.meetings for item in m.items):
        yield "échelle", "; ".join(f"{level} = {label}" for level, label in enumerate(item, 1))
