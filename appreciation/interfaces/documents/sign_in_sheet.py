"""Who is there, apart from any answer: blank lines, or the names of those who said that they come.

Names are never kept on the server: the sheet with names is made while the person waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appreciation.domain.contacts import contacts_purge_date
from appreciation.enums import InviteeAnswer
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts
from appreciation.interfaces.documents.hall_pages import lay_out
from core.pdf import Press

if TYPE_CHECKING:
    from weasyprint.document import Document

SPARE_LINES = 6
COMING = (InviteeAnswer.YES, InviteeAnswer.MAYBE)


def lay_out_sign_in(making: Making, facts: HallFacts, press: Press) -> Document:
    return _sheet(making, facts, press, [""] * (facts.people + SPARE_LINES))


def lay_out_named_sign_in(making: Making, facts: HallFacts, press: Press) -> Document:
    """Those who come or may come, in order, then room for the others."""
    coming = making.appraisal.invitees.filter(answer__in=COMING).order_by("name", "pk")
    names = list(coming.values_list("name", flat=True))
    spare = max(SPARE_LINES, facts.people - len(names))
    return _sheet(making, facts, press, [*names, *[""] * spare])


def nobody_to_name(making: Making) -> str:
    """Why a sheet with names cannot be made, or nothing."""
    if making.appraisal.invitees.filter(answer__in=COMING).exists():
        return ""
    return (
        "Personne n’a encore dit qu’elle vient, ou les noms sont effacés: prenez la feuille vierge."
    )


def _sheet(making: Making, facts: HallFacts, press: Press, names: list[str]) -> Document:
    return lay_out(
        press,
        "documents/hall/sign_in_sheet.html",
        facts,
        kind="signing-in",
        title="Feuille de présence",
        names=names,
        purge_on=contacts_purge_date(making.appraisal),
    )
