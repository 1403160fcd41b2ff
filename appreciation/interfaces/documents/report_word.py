"""The report in Word: the same parts as the PDF, in styles, for a team that goes on writing."""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.domain.ranking import Ranking
from appreciation.domain.report import Report, ReportFinding, ReportMeeting
from appreciation.enums import TemplateUse
from appreciation.interfaces.comparison_document import ComparisonPart
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.own_templates import by_template
from appreciation.interfaces.documents.report_beside import beside_in_word
from appreciation.interfaces.documents.report_practices import practices_in_word
from appreciation.interfaces.documents.report_source import ReportFile, report_file
from appreciation.interfaces.documents.template_report import filling_of
from appreciation.interfaces.report_document import MeetingPart
from core.charts import DistributionBars
from core.charts.distribution_bars import Bar
from core.charts.standalone import HATCH, NOW, bar_svg, tint
from core.disclosure import TOO_FEW
from core.svg_images import svg_to_png
from core.typography import NBSP, fr_date, fr_typo
from core.word import TEXT_WIDTH_CM, CellPicture, WordDocument

BAR_PIXELS = 900
BAR_CM = 7.2
BAR_WIDTHS = (5.0, 7.6, 4.6)
FIRST_CM, LAST_CM = 3.8, 2.8


def report_word(making: Making) -> bytes:
    making.tell(20, "Le rapport se rassemble")
    file = report_file(making)
    return by_template(TemplateUse.REPORT, lambda: filling_of(file)) or word_of(file)


def word_of(file: ReportFile) -> bytes:
    report, texts = file.report, file.presented["texts"]
    word = WordDocument(
        title=report.title,
        author=file.identity.organisation,
        subject=report.reference,
        footer=file.footer,
        banner=file.banner,
    )
    _front(word, file)
    _portrait(word, report)
    _findings(word, report)
    if file.presented["parts"]:
        _section(word, texts["results"])
        for part in file.presented["parts"]:
            _evening(word, part, is_one=len(report.meetings) == 1)
    beside_in_word(word, file)
    _discussion(word, file)
    _room_words(word, report)
    _photos(word, file)
    if file.presented["compared"]:
        _comparison(word, file.presented["compared"])
    _section(word, texts["next_steps"])
    _actions(word, report)
    practices_in_word(word, report)
    if report.lessons:
        word.heading("Ce que nous avons appris")
        word.paragraph(fr_typo(report.lessons))
    for paragraph in file.presented["closing"]:
        if paragraph.text:
            _section(word, paragraph)
    _numbers(word, file)
    return word.to_bytes()


def _front(word: WordDocument, file: ReportFile) -> None:
    report = file.report
    when = f", rencontre du {fr_date(report.held_on)}" if report.held_on else ""
    word.title(
        f"{report.place}{NBSP}: ce qu’on a, ce qu’on peut faire",
        f"Rapport de la démarche d’appréciation{when}",
    )
    if file.banner:
        word.paragraph("Les données et les propos sont fictifs.", strong="Démonstration.")
    if file.copy_words:
        word.paragraph(file.copy_words)
    word.paragraph(report.headline, style="Headline")
    introduction = file.presented["texts"]["introduction"]
    if introduction.text:
        _section(word, introduction)
    word.table(("Ce rapport", "En détail"), list(_facts(file)), widths_cm=(4.6, 12.6))


def _facts(file: ReportFile) -> Iterator[tuple[str, str]]:
    report = file.report
    for meeting in report.meetings:
        yield "Rencontre", _when_and_where(meeting)
        if meeting.head_count:
            yield "Autour de la table", f"{meeting.head_count} personnes"
        if meeting.media:
            media = (f"{m.label} ({m.people})" if m.people else m.label for m in meeting.media)
            yield "Réponses par", ", ".join(media)
        notice = f" ({meeting.instrument_notice})" if meeting.instrument_notice else ""
        yield "Instrument", f"{meeting.instrument}, version {meeting.instrument_version}{notice}"
    if report.territory:
        yield "Territoire", report.territory
    if report.purposes:
        yield "Pour", ", ".join(report.purposes)
    yield "Cette version", file.edition
    yield "Référence", report.reference
    if file.identity.adviser:
        yield "Pour en parler", file.identity.adviser


def _when_and_where(meeting: ReportMeeting) -> str:
    day = fr_date(meeting.held_on) if meeting.held_on else "sans date"
    return f"{day}, {meeting.venue}" if meeting.venue else day


def _section(word: WordDocument, paragraph) -> None:
    word.heading(paragraph.title)
    if paragraph.text:
        word.paragraph(fr_typo(paragraph.text))


def _portrait(word: WordDocument, report: Report) -> None:
    if not report.portrait:
        return
    word.heading("Le portrait")
    if report.portrait.figures:
        word.table(
            ("Ce que dit le chiffre", "Valeur", "Année", "Source"),
            [
                (fr_typo(e.label), f"{e.value} {e.unit}".strip(), e.year, fr_typo(e.source))
                for e in report.portrait.figures
            ],
            caption="Les chiffres du portrait",
            widths_cm=(6.6, 3.4, 1.8, 5.4),
        )
    word.bullets(
        (f"{kind[:1].upper()}{kind[1:]}{NBSP}:", fr_typo(words))
        for kind, words in report.portrait.facts
    )


def _findings(word: WordDocument, report: Report) -> None:
    if not report.findings:
        return
    word.heading("Ce que le groupe en dit")
    groups = (
        ("Des forces", report.strengths),
        ("Des défis", report.challenges),
        ("Des pistes", report.leads),
    )
    for title, findings in groups:
        if findings:
            word.heading(title, 2)
            word.bullets(map(_finding, findings))


def _finding(finding: ReportFinding) -> str:
    text = fr_typo(finding.text)
    said = f"«{NBSP}{text}{NBSP}»" if finding.is_quote else text
    return f"{said} ({finding.dimension})" if finding.dimension else said


def _evening(word: WordDocument, part: MeetingPart, *, is_one: bool) -> None:
    if not is_one:
        held_on = part.meeting.held_on
        word.heading(f"Rencontre du {fr_date(held_on)}" if held_on else "Rencontre sans date", 2)
    for figures in part.figures:
        bars_in_word(word, figures.bars)
    if part.worded:
        word.table(
            ("Énoncé", "Niveau convenu", "Accord"),
            [
                (
                    item.name,
                    (item.agreed.label or "pas de niveau convenu") if item.agreed else "aucun",
                    TOO_FEW
                    if item.is_hidden
                    else item.agreement_words or "le groupe a répondu ensemble",
                )
                for item in part.worded
            ],
            caption="Niveaux convenus et mots de l’accord",
        )
    if part.agreed:
        word.heading("Pourquoi ces niveaux", 2)
        word.bullets((f"{item.name}.", fr_typo(item.agreed.reason)) for item in part.agreed)
    if part.meeting.dots:
        _ranking(word, part.meeting.dots)
    if part.exits:
        bars_in_word(word, part.exits)


def bars_in_word(word: WordDocument, chart: DistributionBars) -> None:
    levels = len(chart.scale)
    word.heading(chart.title, 2)
    word.paragraph(chart.sentence, style="Sentence")
    word.legend(_legend(chart))
    rows = [(bar.label, _drawn(bar, levels), _said(bar)) for bar in chart.bars]
    columns = 3 if any(words for _, _, words in rows) else 2
    word.table(
        (chart.row_heading, "Réponses", "En mots")[:columns],
        [row[:columns] for row in rows],
        caption=f"Les réponses, par {chart.row_heading.lower()}",
        widths_cm=BAR_WIDTHS[:columns],
        kind="Figure",
        source=f"Source{NBSP}: {chart.source}",
    )


def _drawn(bar: Bar, levels: int) -> str | CellPicture:
    if bar.is_suppressed:
        return TOO_FEW.capitalize()
    return CellPicture(svg_to_png(bar_svg(bar, levels), BAR_PIXELS), bar.spoken, BAR_CM)


def _legend(chart: DistributionBars) -> Iterator[tuple[str, str, str]]:
    levels = len(chart.scale)
    for level, entry in enumerate(chart.scale.legend, 1):
        yield "■", tint(level, levels)[1:].upper(), entry.label
    if chart.scale.unknown_label:
        yield "▨", HATCH[1:].upper(), chart.scale.unknown_label
    if chart.has_agreed_levels:
        yield "▲", NOW[1:].upper(), "Niveau convenu après discussion"


def _said(bar: Bar) -> str:
    words = ", ".join(filter(None, (bar.headline, bar.detail)))
    agreed = f"Convenu{NBSP}: {bar.agreed}" if bar.agreed not in ("", bar.headline) else ""
    return "\n".join(filter(None, (words, agreed)))


def _ranking(word: WordDocument, ranking: Ranking) -> None:
    word.heading("Par quoi commencer", 2)
    word.paragraph(fr_typo(ranking.sentence))
    if not ranking.lines:
        return
    counted = ("Points",) if ranking.has_counts else ()
    rows = [
        (
            f"{line.rank} (à égalité)" if line.is_tied else str(line.rank),
            fr_typo(line.text),
            *((line.dots,) if counted else ()),
        )
        for line in ranking.lines
    ]
    word.table(
        ("Rang", "Piste", *counted),
        rows,
        caption="Les pistes choisies avec des points",
        widths_cm=(3.2, 11.4, 2.6)[: 2 + len(counted)],
    )


def _discussion(word: WordDocument, file: ReportFile) -> None:
    dissents, quotes = file.presented["dissents"], file.report.quotes
    paragraph = file.presented["texts"]["discussion"]
    if not (paragraph.text or dissents or quotes):
        return
    _section(word, paragraph)
    word.bullets(
        (
            f"{item.name}." if item.agreed.level else f"{item.name}, pas de niveau convenu.",
            fr_typo(item.agreed.dissent),
        )
        for item in dissents
    )
    for quote in quotes:
        word.quote(fr_typo(quote.text), quote.dimension)


def _room_words(word: WordDocument, report: Report) -> None:
    if report.room_words:
        word.heading("Les mots de la salle")
    question = ""
    for group in report.room_words:
        if group.question != question:
            question = group.question
            word.paragraph("", strong=fr_typo(question))
        word.heading(fr_typo(group.title), 2)
        word.bullets(f"«{NBSP}{fr_typo(each)}{NBSP}»" for each in group.words)


def _photos(word: WordDocument, file: ReportFile) -> None:
    if file.photos:
        word.heading("Les grandes feuilles de la rencontre")
    for photo in file.photos:
        if photo.content:
            word.picture(photo.content, alt=photo.alt, width_cm=14, caption=photo.alt)
        else:
            word.paragraph(photo.alt)


def _comparison(word: WordDocument, part: ComparisonPart) -> None:
    compared = part.comparison
    word.heading("Avant / maintenant")
    word.paragraph(
        f"{part.before} ({compared.before_instrument}), puis {part.now.lower()} "
        f"({compared.now_instrument}). Ce ne sont pas les mêmes personnes{NBSP}: les mots disent "
        "ce que chaque salle a vu, sans dire si c’est mieux."
    )
    for figure in part.figures:
        bars_in_word(word, figure)
    word.bullets((f"{line.name}.", fr_typo(line.sentence)) for line in part.lines)
    if not part.lines:
        word.paragraph("Aucun énoncé ne se compare.")
    if part.done:
        word.heading("Ce qui s’est fait entre les deux", 2)
        word.bullets((f"{fr_typo(line.name)}.", fr_typo(line.sentence)) for line in part.done)
    if compared.left_out:
        word.heading("Ce qui ne se compare pas, et pourquoi", 2)
        word.bullets((f"{each.name}.", fr_typo(each.reason)) for each in compared.left_out)


def _actions(word: WordDocument, report: Report) -> None:
    word.numbers(
        (
            f"{fr_typo(action.title)}.",
            f"{fr_typo(action.first_step)}\nPorté par {action.carrier}, d’ici le "
            f"{fr_date(action.due_on)} ({action.state})",
        )
        for action in report.actions
    )


def _numbers(word: WordDocument, file: ReportFile) -> None:
    parts = file.presented["parts"]
    charts = [figures.bars for part in parts for figures in part.figures]
    charts += [part.exits for part in parts if part.exits]
    charts += file.presented["compared"].figures if file.presented["compared"] else ()
    if not charts:
        return
    word.page_break()
    word.heading("Les nombres derrière les barres")
    word.paragraph(
        f"Les mêmes réponses, comptées{NBSP}: combien de personnes ont choisi chaque niveau."
    )
    for chart in charts:
        table = chart.table()
        between = (TEXT_WIDTH_CM - FIRST_CM - LAST_CM) / (len(table.headers) - 2)
        widths = (FIRST_CM, *(between,) * (len(table.headers) - 2), LAST_CM)
        word.table(
            table.headers,
            table.rows,
            caption=chart.title,
            widths_cm=widths,
            source=f"Source{NBSP}: {chart.source}",
        )
