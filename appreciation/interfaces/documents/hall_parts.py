"""The papers of the hall, one by one: what the kit is made of."""

from __future__ import annotations

from django.utils import timezone

from appreciation.domain.agenda import AgendaCode
from appreciation.domain.calendar_files import appraisal_calendar, shared_calendar
from appreciation.interfaces.documents.agenda_document import agenda_pages
from appreciation.interfaces.documents.contract import (
    DocumentType,
    Making,
    Moment,
)
from appreciation.interfaces.documents.entry_workbook import entry_workbook
from appreciation.interfaces.documents.hall_facts import (
    facts_of,
    no_code_yet,
    nothing_to_rate,
)
from appreciation.interfaces.documents.hall_pages import PdfOf
from appreciation.interfaces.documents.hall_word import agenda_word, consent_word, tables_word
from appreciation.interfaces.documents.hand_tally import lay_out_hand_tally
from appreciation.interfaces.documents.letters import LETTERS, Letter, letter_text, letter_word
from appreciation.interfaces.documents.paper_forms import (
    LARGE_SHEETS_OPTION,
    SHEETS_OPTION,
    lay_out_forms,
    lay_out_large_print,
)
from appreciation.interfaces.documents.portrait_sheet import lay_out_portrait, nothing_to_tell
from appreciation.interfaces.documents.posters import (
    hall_poster,
    invitation_poster,
    not_open_to_all,
)
from appreciation.interfaces.documents.sign_in_sheet import (
    lay_out_named_sign_in,
    lay_out_sign_in,
    nobody_to_name,
)
from appreciation.interfaces.documents.table_sheets import lay_out_consent, lay_out_tables
from appreciation.interfaces.documents.welcome_slides import welcome_slides


def _dates(making: Making) -> bytes:
    banner = facts_of(making).banner
    notice = f"{banner}\N{NO-BREAK SPACE}– " if banner else ""
    return shared_calendar(making.appraisal, timezone.now(), notice).encode()


def _team_dates(making: Making) -> bytes:
    return appraisal_calendar(making.appraisal, timezone.now()).encode()


def _letter(letter: Letter, *, is_word: bool) -> DocumentType:
    """A letter in one of its two formats."""
    return DocumentType(
        code=f"{letter.code}-{'docx' if is_word else 'txt'}",
        title=letter.kind.label[:1].upper() + letter.kind.label[1:],
        hint=letter.hint,
        moment=Moment.BEFORE,
        extension="docx" if is_word else "txt",
        build=letter_word(letter) if is_word else letter_text(letter),
    )


HALL_PARTS: tuple[DocumentType, ...] = (
    DocumentType(
        code="dates-ics",
        title="Les dates de la démarche",
        hint="Rencontre, soirée publique, choix et suivis, pour tous les agendas. Aucun nom.",
        moment=Moment.BEFORE,
        extension="ics",
        build=_dates,
    ),
    DocumentType(
        code="calendrier-equipe-ics",
        title="Le calendrier de l’équipe",
        hint="Les mêmes dates, avec les choses à faire et à qui elles sont confiées.",
        moment=Moment.BEFORE,
        extension="ics",
        build=_team_dates,
        for_editors=True,
    ),
    *(_letter(letter, is_word=is_word) for letter in LETTERS for is_word in (True, False)),
    DocumentType(
        code="affiche-invitation-pdf",
        title="Affiche d’invitation",
        hint="Pour le babillard: date, lieu et code QR de la page publique. Papier lettre.",
        moment=Moment.BEFORE,
        extension="pdf",
        build=PdfOf(invitation_poster("letter")),
        refusal=not_open_to_all,
    ),
    DocumentType(
        code="affiche-invitation-grande-pdf",
        title="Affiche d’invitation, grand format",
        hint="La même, sur papier tabloïd (11 × 17 pouces).",
        moment=Moment.BEFORE,
        extension="pdf",
        build=PdfOf(invitation_poster("tabloid")),
        refusal=not_open_to_all,
    ),
    DocumentType(
        code="deroulement-pdf",
        title="Déroulement de trois heures",
        hint="L’heure de chaque moment, ce que je fais, ce que je dis.",
        moment=Moment.BEFORE,
        extension="pdf",
        build=PdfOf(agenda_pages(AgendaCode.FULL)),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="deroulement-docx",
        title="Déroulement de trois heures",
        hint="L’heure de chaque moment, ce que je fais, ce que je dis.",
        moment=Moment.BEFORE,
        extension="docx",
        build=agenda_word(AgendaCode.FULL),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="deroulement-court-pdf",
        title="Déroulement d’une heure et demie",
        hint="Pour la grille courte et un petit groupe.",
        moment=Moment.BEFORE,
        extension="pdf",
        build=PdfOf(agenda_pages(AgendaCode.SHORT)),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="deroulement-court-docx",
        title="Déroulement d’une heure et demie",
        hint="Pour la grille courte et un petit groupe.",
        moment=Moment.BEFORE,
        extension="docx",
        build=agenda_word(AgendaCode.SHORT),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="consentement-pdf",
        title="Texte de consentement",
        hint="À lire à voix haute avant que les gens répondent.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_consent),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="consentement-docx",
        title="Texte de consentement",
        hint="À lire à voix haute avant que les gens répondent.",
        moment=Moment.EVENING,
        extension="docx",
        build=consent_word,
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="diapositives-pptx",
        title="Diapositives de la rencontre",
        hint="Bienvenue, règles, qui verra quoi, code à scanner, une diapositive par dimension.",
        moment=Moment.EVENING,
        extension="pptx",
        build=welcome_slides,
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="portrait-pdf",
        title="Portrait pour la salle",
        hint="Le texte, les chiffres avec leur source et les repères: une copie par personne.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_portrait),
        refusal=nothing_to_tell,
    ),
    DocumentType(
        code="affiche-salle-pdf",
        title="Affiche de la salle",
        hint="Le code QR et le code à six caractères, à coller au mur. Papier lettre.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(hall_poster("letter")),
        refusal=no_code_yet,
    ),
    DocumentType(
        code="affiche-salle-grande-pdf",
        title="Affiche de la salle, grand format",
        hint="La même, sur papier tabloïd (11 × 17 pouces).",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(hall_poster("tabloid")),
        refusal=no_code_yet,
    ),
    DocumentType(
        code="presence-pdf",
        title="Feuille de présence",
        hint="Vierge, avec la case « pas de photo ». À part des réponses.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_sign_in),
    ),
    DocumentType(
        code="presence-noms-pdf",
        title="Feuille de présence avec les noms",
        hint="Les personnes qui ont dit qu’elles viennent. Le site n’en garde pas de copie.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_named_sign_in),
        refusal=nobody_to_name,
        for_editors=True,
    ),
    DocumentType(
        code="feuilles-pdf",
        title="Feuilles de réponse numérotées",
        hint="Une par personne, recto verso. La personne qui saisit la feuille la verra.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_forms),
        is_long=True,
        refusal=nothing_to_rate,
        options=(SHEETS_OPTION,),
    ),
    DocumentType(
        code="feuilles-gros-caracteres-pdf",
        title="Feuilles en gros caractères",
        hint="Une dimension par page, numérotées à la suite des autres.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_large_print),
        is_long=True,
        refusal=nothing_to_rate,
        options=(LARGE_SHEETS_OPTION,),
    ),
    DocumentType(
        code="tables-pdf",
        title="Feuilles de table",
        hint="Une par table de discussion: de quoi on parle, et place pour les constats.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_tables),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="tables-docx",
        title="Feuilles de table",
        hint="Une par table de discussion: de quoi on parle, et place pour les constats.",
        moment=Moment.EVENING,
        extension="docx",
        build=tables_word,
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="mains-levees-pdf",
        title="Compte des mains levées",
        hint="Par question, un nombre par niveau, et combien ne savent pas.",
        moment=Moment.EVENING,
        extension="pdf",
        build=PdfOf(lay_out_hand_tally),
        refusal=nothing_to_rate,
    ),
    DocumentType(
        code="saisie-xlsx",
        title="Tableur de saisie sans réseau",
        hint="Compte les feuilles et met les questions en ordre, puis s’importe sur le site.",
        moment=Moment.EVENING,
        extension="xlsx",
        build=entry_workbook,
        refusal=nothing_to_rate,
    ),
)
