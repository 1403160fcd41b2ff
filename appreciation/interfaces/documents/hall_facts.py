"""What every paper of the hall says of the evening: who, where, when; blank when unknown."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from appreciation.domain.invitations import expected_people
from appreciation.domain.joining import REPORT_GOES, own_consent_text
from appreciation.domain.questionnaire import Questionnaire, QuestionnaireLevel, questionnaire_for
from appreciation.domain.restitution import LEVEL_READ
from appreciation.enums import RATING_KINDS, MeetingKind, PublicationLevel
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.paper_form import MOST_SHEETS
from appreciation.models import Appraisal, Meeting
from cms.settings import SiteSettings
from core.typography import fr_date, fr_time, fr_typo, join_words

USUAL_PEOPLE = 15
"""Eight to fifteen people come (DOMAIN.md §1.3)."""
SPARE = 10
"""One sheet more for each ten people: some come unannounced, some start again."""
LARGE_SHEETS = 2
"""In large print, unless more are asked for."""
AT_A_TABLE = 6
NO_INSTRUMENT = "Choisissez d’abord l’instrument de la démarche, à l’étape « Décider »."
NOTHING_RATED = "Rien ne s’apprécie à cette soirée: choisissez la rencontre d’appréciation."
NO_MEETING = (
    "Inscrivez d’abord la rencontre, à l’étape « Tenir la rencontre »: son code vient avec elle."
)


@dataclass(frozen=True)
class HallFacts:
    """`starts_at` is local. Empty texts are printed as a line to fill by hand."""

    appraisal: Appraisal
    meeting: Meeting | None
    place: str
    title: str
    starts_at: dt.datetime | None
    venue: str
    organisation: str
    motto: str
    adviser: str
    contact: str
    banner: str
    join_url: str
    report_url: str
    open_page_url: str
    short_address: str
    people: int

    @property
    def day(self) -> str:
        return fr_date(self.starts_at.date()) if self.starts_at else ""

    @property
    def hour(self) -> str:
        return fr_time(self.starts_at) if self.starts_at else ""

    @property
    def code(self) -> str:
        return self.meeting.spaced_join_code if self.meeting else ""

    @property
    def is_rehearsal(self) -> bool:
        return self.appraisal.is_rehearsal

    @property
    def foot(self) -> str:
        """At the edge of each page: whose paper it is."""
        return fr_typo(" · ".join(filter(None, (self.place, self.day, self.organisation))))

    @property
    def help_line(self) -> str:
        """Whom to call the same evening."""
        known = [words for words in (self.contact, self.adviser) if words]
        return fr_typo(f"Une question? {join_words(known, 'ou')}") if known else ""

    @property
    def report_goes(self) -> str:
        return REPORT_GOES[PublicationLevel(self.appraisal.announced_level)]

    @property
    def own_consent(self) -> str:
        return own_consent_text(self.appraisal)

    @property
    def report_will_open(self) -> bool:
        return (
            bool(self.report_url)
            and self.appraisal.announced_level in LEVEL_READ
            and not self.is_rehearsal
        )

    @property
    def sheets(self) -> int:
        return min(self.people + math.ceil(self.people / SPARE), MOST_SHEETS)

    @property
    def sheet_range(self) -> str:
        return f"1-{self.sheets}"

    @property
    def large_sheet_range(self) -> str:
        """Numbers that follow: a number is one person, whichever sheet she took."""
        return f"{self.sheets + 1}-{self.sheets + LARGE_SHEETS}"

    @property
    def tables(self) -> int:
        """Those that the team named, else six people at each."""
        named = self.meeting.tables.count() if self.meeting else 0
        return named or max(1, math.ceil(self.people / AT_A_TABLE))


def facts_of(making: Making) -> HallFacts:
    return making.once("hall_facts", lambda: _read_facts(making))


def _read_facts(making: Making) -> HallFacts:
    appraisal, meeting = making.appraisal, making.meeting
    settings = SiteSettings.of_default_site()
    kind = MeetingKind(meeting.kind) if meeting else MeetingKind.APPRAISAL
    starts_at = meeting.starts_at if meeting else None
    return HallFacts(
        appraisal=appraisal,
        meeting=meeting,
        place=appraisal.place.name,
        title=f"{kind.label[:1].upper()}{kind.label[1:]}",
        starts_at=timezone.localtime(starts_at) if starts_at else None,
        venue=meeting.venue if meeting else "",
        organisation=settings.organisation,
        motto=settings.motto,
        adviser=_called(settings.adviser_name, settings.adviser_phone),
        contact=_called(appraisal.contact_name, appraisal.contact_phone),
        banner=_banner(appraisal, settings),
        join_url=_address(making, "participant:room"),
        report_url=_address(making, "participant:report"),
        open_page_url=_open_page(making),
        short_address=f"{making.base_url.partition('://')[2]}/r",
        people=_people(appraisal, meeting),
    )


def _called(name: str, phone: str) -> str:
    return ", ".join(part for part in (name.strip(), phone.strip()) if part)


def _banner(appraisal: Appraisal, settings: SiteSettings) -> str:
    """On each page: what nobody may take for real."""
    said = (
        (appraisal.is_rehearsal, "RÉPÉTITION"),
        (appraisal.is_demo or settings.is_demo, "DÉMONSTRATION"),
    )
    return " · ".join(word for is_so, word in said if is_so)


def _address(making: Making, name: str) -> str:
    if making.meeting is None:
        return ""
    return making.base_url + reverse(name, args=[making.meeting.join_code])


def _open_page(making: Making) -> str:
    if making.meeting is None:
        return ""
    return making.base_url + reverse("invitation:open_page", args=[making.meeting.reference])


def _people(appraisal: Appraisal, meeting: Meeting | None) -> int:
    announced = expected_people(appraisal, meeting)
    return max(appraisal.expected_attendance or 0, announced) or USUAL_PEOPLE


def questions_of(making: Making) -> Questionnaire:
    """What is asked that evening: the meeting's instrument, else that of the démarche."""
    instrument = making.meeting.instrument if making.meeting else making.appraisal.instrument
    return questionnaire_for(instrument)


def common_scale(making: Making) -> tuple[QuestionnaireLevel, ...]:
    instrument = making.meeting.instrument if making.meeting else making.appraisal.instrument
    return tuple(
        QuestionnaireLevel(level.position, level.label, level.anchor)
        for level in instrument.scale.levels.order_by("position")
    )


def nothing_to_rate(making: Making) -> str:
    """Why a paper of the vote cannot be made, or nothing."""
    if making.meeting is not None:
        return "" if making.meeting.kind in RATING_KINDS else NOTHING_RATED
    return "" if making.appraisal.instrument else NO_INSTRUMENT


def no_code_yet(making: Making) -> str:
    return nothing_to_rate(making) or ("" if making.meeting else NO_MEETING)
