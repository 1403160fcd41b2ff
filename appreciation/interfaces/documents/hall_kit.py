"""« La trousse de salle »: all in one ZIP or one print job, for a hall without network."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appreciation.domain.agenda import AgendaCode
from appreciation.domain.answer_words import sheet_numbers_in_words
from appreciation.interfaces.documents.agenda_document import agenda_pages
from appreciation.interfaces.documents.contract import DocumentOption, DocumentType, Making
from appreciation.interfaces.documents.hall_facts import HallFacts, facts_of
from appreciation.interfaces.documents.hall_pages import Pages, PdfOf, hall_press, lay_out
from appreciation.interfaces.documents.hall_parts import HALL_PARTS
from appreciation.interfaces.documents.hand_tally import lay_out_hand_tally
from appreciation.interfaces.documents.letters import LETTERS
from appreciation.interfaces.documents.paper_forms import (
    LARGE_SHEETS,
    SHEETS,
    blank_page,
    lay_out_forms,
    lay_out_large_print,
)
from appreciation.interfaces.documents.portrait_sheet import lay_out_portrait, nothing_to_tell
from appreciation.interfaces.documents.posters import hall_poster
from appreciation.interfaces.documents.sign_in_sheet import lay_out_sign_in
from appreciation.interfaces.documents.table_sheets import lay_out_consent, lay_out_tables
from appreciation.interfaces.paper_form import sheet_numbers
from core.errors import DomainError
from core.pdf import Press
from core.plain_text import plain_text
from core.print_job import bound, on_rectos
from core.typography import fr_typo

if TYPE_CHECKING:
    from weasyprint.document import Page

RUNNING_ORDER = "deroulement"
READ_ME = "00-LISEZ-MOI.txt"
BY_CODE = {each.code: each for each in HALL_PARTS}
TO_BRING = (
    "crayons, ruban, feuillets, grandes feuilles et marqueurs",
    "marques « pas de photo »",
    "café, quelque chose à manger",
    "ordinateur, projecteur et rallonge, s’il y en a",
)


@dataclass(frozen=True)
class KitPart:
    """A paper of the kit: its name in the ZIP, the types of its files, how many are printed."""

    name: str
    codes: tuple[str, ...]
    copies: str


@dataclass(frozen=True)
class KitLine:
    """What the « LISEZ-MOI » says of one paper. `missing` tells why it is not there."""

    name: str
    title: str
    copies: str
    missing: str = ""


def kit_parts(making: Making, facts: HallFacts) -> tuple[KitPart, ...]:
    """In the order of the evening."""
    code = "deroulement" if _order(making) is AgendaCode.FULL else "deroulement-court"
    each_person = f"{facts.people} exemplaires: un par personne"
    parts = (
        ((f"{code}-pdf", f"{code}-docx"), "1 exemplaire, pour vous"),
        (("consentement-pdf", "consentement-docx"), "1 exemplaire, à lire à voix haute"),
        (("diapositives-pptx",), "à copier sur l’ordinateur, à ne pas imprimer"),
        (("portrait-pdf",), each_person),
        (("affiche-salle-pdf", "affiche-salle-grande-pdf"), "2 ou 3, à coller au mur"),
        (("presence-pdf",), "1 exemplaire, près de la porte"),
        (("feuilles-pdf",), f"déjà le bon nombre: {_said(making, SHEETS, facts.sheet_range)}"),
        (
            ("feuilles-gros-caracteres-pdf",),
            f"déjà le bon nombre: {_said(making, LARGE_SHEETS, facts.large_sheet_range)}",
        ),
        (("tables-pdf", "tables-docx"), f"déjà le bon nombre: {facts.tables}, une par table"),
        (("mains-levees-pdf",), "1 exemplaire"),
        (("saisie-xlsx",), "à copier sur l’ordinateur, à ne pas imprimer"),
        (("dates-ics",), "à envoyer aux gens, à ne pas imprimer"),
        (("affiche-invitation-pdf", "affiche-invitation-grande-pdf"), "avant la rencontre"),
        *(((f"{letter.code}-docx", f"{letter.code}-txt"), "au besoin") for letter in LETTERS),
    )
    return tuple(
        KitPart(f"{number:02}-{BY_CODE[codes[0]].code.rpartition('-')[0]}", codes, copies)
        for number, (codes, copies) in enumerate(parts, start=1)
    )


def hall_kit(making: Making) -> bytes:
    """Every paper in its order, then the « LISEZ-MOI » of what is really there."""
    facts, press = facts_of(making), hall_press()
    files, lines = io.BytesIO(), []
    parts = kit_parts(making, facts)
    with zipfile.ZipFile(files, "w", zipfile.ZIP_DEFLATED) as kit:
        for place, part in enumerate(parts):
            first = BY_CODE[part.codes[0]]
            making.tell(100 * place // len(parts), first.title)
            missing = first.refusal(making)
            lines.append(KitLine(part.name, first.title, part.copies, missing))
            for document in () if missing else _formats(part):
                name = f"{part.name}{_suffix(part, document)}"
                kit.writestr(name, _content(document, making, facts, press))
        kit.writestr(READ_ME, read_me(facts, lines))
    making.tell(100, "Prête")
    return files.getvalue()


def _content(document: DocumentType, making: Making, facts: HallFacts, press: Press) -> bytes:
    build = document.build
    if isinstance(build, PdfOf):
        return build.print_with(making, facts, press)
    return build(making)


def _formats(part: KitPart) -> Iterator[DocumentType]:
    return (BY_CODE[code] for code in part.codes)


def _suffix(part: KitPart, document: DocumentType) -> str:
    """« -grande » for the larger of two posters, then the extension."""
    own = document.code.removesuffix(f"-{document.extension}")
    return f"{own.removeprefix(part.name.partition('-')[2])}.{document.extension}"


def read_me(facts: HallFacts, lines: list[KitLine]) -> str:
    """What to print, how many, what is missing and why. For any text program."""
    said = [
        *([facts.banner, ""] if facts.banner else []),
        f"Trousse de salle, {facts.place}",
        _evening(facts),
        f"Prévue pour {facts.people} personnes.",
        "",
        "À IMPRIMER (papier lettre, noir et blanc, recto verso, taille réelle 100 %)",
        *(f"{line.name}  {line.title}: {line.copies}." for line in lines if not line.missing),
        "",
        "À APPORTER",
        *(f"- {thing}" for thing in TO_BRING),
        "",
        "SANS RÉSEAU",
        *(f"- {sentence}" for sentence in WITHOUT_NETWORK),
        "",
        *_missing(lines),
        facts.help_line,
    ]
    return "\r\n".join(plain_text(fr_typo(line)) for line in said).rstrip() + "\r\n"


WITHOUT_NETWORK = (
    "Tout se fait avec les feuilles. Comptez à la main, ou tapez-les dans le tableur de saisie: "
    "il met les questions en ordre tout seul.",
    "Deux personnes ne prennent jamais le même numéro de feuille.",
    "De retour au réseau, importez le tableur sur la page de la rencontre.",
    "Détruisez les feuilles une fois la saisie terminée et vérifiée.",
)


def _missing(lines: list[KitLine]) -> list[str]:
    absent = [f"- {line.title}: {line.missing}" for line in lines if line.missing]
    return ["CE QUI MANQUE", *absent, ""] if absent else []


def _evening(facts: HallFacts) -> str:
    when = f"{facts.day}, {facts.hour}" if facts.day else "____________________"
    return f"Quand: {when}. Où: {facts.venue or '____________________'}."


def print_job(making: Making) -> bytes:
    """One PDF to send to the printer once: each paper starts on a recto, in the right number."""
    facts, press = facts_of(making), hall_press()
    blank = blank_page(press, facts)
    lines: list[KitLine] = []
    papers: list[list[Page]] = []
    wanted = list(_printed(making, facts))
    numbers = {
        "Feuilles de réponse": _said(making, SHEETS, facts.sheet_range),
        "Feuilles en gros caractères": _said(making, LARGE_SHEETS, facts.large_sheet_range),
        "Feuilles de table": f"{facts.tables}, une par table",
    }
    for place, (title, pages, copies) in enumerate(wanted):
        making.tell(90 * place // len(wanted), title)
        papers += [pages(making, facts, press).pages] * copies
        lines.append(KitLine("", title, numbers.get(title, str(copies))))
    cover = lay_out(
        press,
        "documents/hall/kit_cover.html",
        facts,
        kind="cover",
        title="Trousse de salle",
        lines=lines,
        to_bring=TO_BRING,
        without_network=WITHOUT_NETWORK,
    )
    making.tell(90, "Reliure")
    return bound(cover, on_rectos([cover.pages, *papers], blank))


def _printed(making: Making, facts: HallFacts) -> Iterator[tuple[str, Pages, int]]:
    """Title, pages, copies. Sheets and tables hold their right number already."""
    yield "Déroulement", agenda_pages(_order(making)), 1
    yield "Texte de consentement", lay_out_consent, 1
    if not nothing_to_tell(making):
        yield "Portrait", lay_out_portrait, facts.people
    if making.meeting is not None:
        yield "Affiche de la salle", hall_poster("letter"), 2
    yield "Feuille de présence", lay_out_sign_in, 1
    yield "Feuilles de réponse", lay_out_forms, 1
    yield "Feuilles en gros caractères", lay_out_large_print, 1
    yield "Feuilles de table", lay_out_tables, 1
    yield "Compte des mains levées", lay_out_hand_tally, 1


def _order(making: Making) -> AgendaCode:
    return AgendaCode(making.options.get(RUNNING_ORDER, AgendaCode.FULL))


def _said(making: Making, option: str, proposed: str) -> str:
    """« feuilles 1 à 17 », or one to photocopy."""
    numbers = [each for each in sheet_numbers(making.options.get(option, proposed)) if each]
    return f"feuilles {sheet_numbers_in_words(numbers)}" if numbers else "une, à photocopier"


def _known_order(text: str) -> str:
    if text not in set(AgendaCode):
        raise DomainError("Choisissez un déroulement de la liste.")
    return text


RUNNING_ORDER_OPTION = DocumentOption(
    name=RUNNING_ORDER,
    label="Déroulement",
    hint="",
    default=lambda making: AgendaCode.FULL.value,
    clean=_known_order,
    choices=(
        (AgendaCode.FULL.value, "trois heures"),
        (AgendaCode.SHORT.value, "une heure et demie"),
    ),
)
