"""Posters: the one of the hall, to join by telephone, and the one that invites everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts
from appreciation.interfaces.documents.hall_pages import Pages, lay_out
from core.pdf import Press
from core.qr_code import qr_code
from core.typography import join_words

if TYPE_CHECKING:
    from weasyprint.document import Document

NOT_OPEN_TO_ALL = (
    "La page publique n’est pas ouverte: cochez « Toute la population est invitée », "
    "à l’étape « Mobiliser », « Rendez-vous »."
)


def hall_poster(paper: str) -> Pages:
    """`paper` is « letter » or « tabloid »."""

    def pages(making: Making, facts: HallFacts, press: Press) -> Document:
        return _on_one_page(
            press,
            "documents/hall/hall_poster.html",
            facts,
            kind=f"poster poster--{paper}",
            title="Répondez avec votre téléphone",
            qr=qr_code(facts.join_url),
        )

    return pages


def invitation_poster(paper: str) -> Pages:
    def pages(making: Making, facts: HallFacts, press: Press) -> Document:
        address = facts.open_page_url
        return _on_one_page(
            press,
            "documents/hall/invitation_poster.html",
            facts,
            kind=f"poster poster--{paper} invitation",
            title="Toute la population est invitée",
            qr=qr_code(address),
            address=address,
            practicals=_practicals(making),
        )

    return pages


def _on_one_page(
    press: Press, template: str, facts: HallFacts, *, kind: str, **context: Any
) -> Document:
    """Smaller letters where a long name or a long list would ask for a second page."""
    drawn = lay_out(press, template, facts, kind=kind, **context)
    if len(drawn.pages) == 1:
        return drawn
    return lay_out(press, template, facts, kind=f"{kind} poster--dense", **context)


def _practicals(making: Making) -> str:
    offered = [
        ": ".join(filter(None, (str(item.get_kind_display()), item.detail)))
        for item in making.appraisal.practicals.all()
    ]
    words = join_words(offered)
    return f"{words[:1].upper()}{words[1:]}"


def not_open_to_all(making: Making) -> str:
    meeting = making.meeting
    return "" if meeting is not None and meeting.is_open_to_all else NOT_OPEN_TO_ALL
