"""Whatever was typed in a field, every paper of the hall is made, opens, and keeps the words."""

import datetime as dt
import io
import zipfile

import docx
import pikepdf
import pptx
import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from appreciation.interfaces.documents.before_meeting import HALL_DOCUMENTS
from appreciation.interfaces.documents.contract import Making
from appreciation.models import (
    Instrument,
    InstrumentDimension,
    Item,
    LocalFact,
    MessageText,
    PhaseRecord,
    PortraitFigure,
    PracticalItem,
    ScaleLevel,
)
from cms.settings import SiteSettings
from tests.appreciation.interfaces.documents.conftest import BASE_URL
from tests.factories import AppraisalFactory, InstrumentFactory, MeetingFactory, PlaceFactory
from tests.factories.invitees import InviteeFactory

HOSTILE = (
    "=1+1 \x01\x08\x1b\x7f 🎉👩🏽‍🌾 \u202eהפוך\u202c مرحبا "
    '<b>&amp; "gras"</b> ]]> {{ x }} {% y %} \ufffe'
)
"""Signs that XML forbids, emoji, right-to-left, markup, a template, the start of a formula."""
SHORT = HOSTILE[:60]
FULL = f"{HOSTILE} {'très ' * 60}"[:200]
LONG = f"{HOSTILE} {'très long ' * 1000}"
"""Ten thousand signs, where a field takes them."""
OPTIONS = {"feuilles": "1", "gros-caracteres": "3", "deroulement": "full"}
ALONE = ("trousse-pdf", "trousse-zip", "presence-noms-pdf", "calendrier-equipe-ics")
OTHER_ORDER = ("deroulement-court-pdf", "deroulement-court-docx")
"""The ZIP holds every other paper, and opening it opens them all."""


@pytest.fixture(scope="module")
def making(kept_for_the_module):
    instrument = InstrumentFactory(with_items=2)
    ScaleLevel.objects.filter(scale=instrument.scale).update(label=SHORT, anchor=FULL)
    Instrument.objects.filter(pk=instrument.pk).update(notice=FULL, name=SHORT)
    InstrumentDimension.objects.filter(instrument=instrument).update(title=SHORT, prompt=LONG)
    Item.objects.filter(instrument_dimension__instrument=instrument).update(text=FULL)
    appraisal = AppraisalFactory(
        at_meeting=True,
        instrument=instrument,
        place=PlaceFactory(name=SHORT),
        requested_by=FULL,
        contact_name=SHORT,
        contact_phone=SHORT[:40],
        consent_text=LONG,
        expected_attendance=2,
    )
    meeting = MeetingFactory(
        appraisal=appraisal,
        venue=FULL,
        is_open_to_all=True,
        starts_at=dt.datetime(2026, 10, 22, 23, tzinfo=dt.UTC),
    )
    PhaseRecord.objects.create(appraisal=appraisal, phase="portrait", text=LONG, source=FULL)
    PracticalItem.objects.create(appraisal=appraisal, kind="other", detail=FULL)
    LocalFact.objects.create(appraisal=appraisal, position=1, kind="other", words=FULL)
    PortraitFigure.objects.create(
        appraisal=appraisal,
        position=1,
        label=SHORT,
        value=SHORT[:20],
        unit=SHORT[:20],
        year=2021,
        source=SHORT,
    )
    for kind in ("municipality", "groups", "residents", "phone", "reminder", "thanks"):
        MessageText.objects.create(
            appraisal=appraisal,
            kind=kind,
            subject=SHORT,
            body=f"- {FULL}\n\n{LONG}",
            written_for=f"{meeting.starts_at.isoformat()} {meeting.venue}",
        )
    InviteeFactory(appraisal=appraisal, name=SHORT, answer="yes", answered_at=meeting.starts_at)
    SiteSettings.objects.update_or_create(
        site_id=1, defaults={"organisation_name": SHORT, "adviser_name": SHORT}
    )
    return Making(appraisal, meeting, BASE_URL, OPTIONS)


def open_pdf(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages) > 0 and bool(pdf.Root.MarkInfo.Marked)


def open_docx(content: bytes) -> bool:
    document = docx.Document(io.BytesIO(content))
    said = "\n".join(each.text for each in document.paragraphs)
    return "\x01" not in said and len(said) > 100


def open_pptx(content: bytes) -> bool:
    return len(pptx.Presentation(io.BytesIO(content)).slides) > 5


def open_xlsx(content: bytes) -> bool:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [
        cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, str)
    ]
    return "Feuilles" in book.sheet_names and not any(cell.startswith("=") for cell in cells)


def open_text(content: bytes) -> bool:
    said = content.decode()
    return "🎉" in said and "הפוך" in said and "\x01" not in said


def open_ics(content: bytes) -> bool:
    titles = [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]
    return all("🎉" in title for title in titles) and len(titles) > 3


def open_zip(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as kit:
        made = {name: kit.read(name) for name in kit.namelist()}
    assert len(made) == len(HALL_DOCUMENTS) - len(ALONE) - len(OTHER_ORDER) + 1
    broken = [name for name, each in made.items() if not OPENERS[name.rpartition(".")[2]](each)]
    assert broken == []
    return True


OPENERS = {
    "pdf": open_pdf,
    "docx": open_docx,
    "pptx": open_pptx,
    "xlsx": open_xlsx,
    "txt": open_text,
    "ics": open_ics,
    "zip": open_zip,
}


@pytest.mark.parametrize("code", [*ALONE, *OTHER_ORDER])
def test_every_paper_is_made_and_opens(making, code):
    document = next(each for each in HALL_DOCUMENTS if each.code == code)
    assert document.refusal(making) == ""
    assert OPENERS[document.extension](document.build(making))
