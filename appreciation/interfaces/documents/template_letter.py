"""What fills the template of the letters."""

from __future__ import annotations

from django.utils import timezone

from appreciation.domain.invitation_links import open_page_url
from appreciation.domain.invitations import invited_meeting
from appreciation.domain.messages import on_paper
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import facts_of
from appreciation.interfaces.documents.letters import Letter, letter_message
from appreciation.interfaces.documents.report_source import identity
from core.typography import fr_date, fr_time
from core.word_template import Filling


def letter_filling(making: Making, letter: Letter) -> Filling:
    """About the evening that people are invited to, whichever was chosen on the page."""
    appraisal, meeting = making.appraisal, invited_meeting(making.appraisal)
    message, facts, house = letter_message(making, letter), facts_of(making), identity()
    starts_at = timezone.localtime(meeting.starts_at) if meeting and meeting.starts_at else None
    territory = appraisal.place.territory
    is_open = meeting is not None and meeting.is_open_to_all
    values = {
        "lettre": letter.kind.label,
        "objet": message.subject,
        "texte": on_paper(message, appraisal),
        "date_du_jour": fr_date(timezone.localdate()),
        "communaute": appraisal.place.name,
        "territoire": str(territory) if territory else "",
        "reference": appraisal.reference,
        "demande_par": appraisal.requested_by,
        "date_rencontre": fr_date(starts_at.date()) if starts_at else "",
        "heure": fr_time(starts_at) if starts_at else "",
        "lieu": meeting.venue if meeting else "",
        "places": meeting.capacity if meeting else None,
        "page": open_page_url(meeting) if meeting and is_open else "",
        "contact": appraisal.contact_name,
        "telephone": appraisal.contact_phone,
        "organisme": house.organisation,
        "devise": house.motto,
        "conseil": house.adviser,
        "commodites": [
            {"nom": each.get_kind_display(), "detail": each.detail}
            for each in appraisal.practicals.all()
        ],
    }
    return Filling(values, message.subject, house.organisation, facts.banner)
