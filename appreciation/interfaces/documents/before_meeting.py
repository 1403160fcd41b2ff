"""What is handed out before and at the meeting: the kit first, then its papers one by one."""

from __future__ import annotations

from appreciation.interfaces.documents.contract import DocumentType, Moment
from appreciation.interfaces.documents.hall_facts import nothing_to_rate
from appreciation.interfaces.documents.hall_kit import RUNNING_ORDER_OPTION, hall_kit, print_job
from appreciation.interfaces.documents.hall_parts import HALL_PARTS
from appreciation.interfaces.documents.paper_forms import LARGE_SHEETS_OPTION, SHEETS_OPTION

KIT_OPTIONS = (SHEETS_OPTION, LARGE_SHEETS_OPTION, RUNNING_ORDER_OPTION)

HALL_DOCUMENTS: tuple[DocumentType, ...] = (
    DocumentType(
        code="trousse-pdf",
        title="La trousse de salle",
        hint="Tout pour une salle sans réseau: à imprimer d’un coup, ou en fichiers à changer.",
        moment=Moment.EVENING,
        extension="pdf",
        build=print_job,
        is_long=True,
        refusal=nothing_to_rate,
        options=KIT_OPTIONS,
    ),
    DocumentType(
        code="trousse-zip",
        title="La trousse de salle",
        hint="Tous les papiers en un fichier, avec un LISEZ-MOI.",
        moment=Moment.EVENING,
        extension="zip",
        build=hall_kit,
        is_long=True,
        refusal=nothing_to_rate,
        options=KIT_OPTIONS,
    ),
    *HALL_PARTS,
)
