"""From an evening's answers to a published synthesis by the rules, and what everybody reads."""

import csv
from io import BytesIO, StringIO

import openpyxl
from django.utils import timezone

from appreciation.domain.publications import publish
from appreciation.domain.synthesis.files import prepare_public_files
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.publishing import publication_obstacles, publish_edition
from appreciation.domain.synthesis.selection import candidates, choose_sources, start_synthesis
from appreciation.enums import ExportState, FindingKind, Phase, PublicationLevel, SourceShown
from appreciation.interfaces.documents.making import run_exports
from appreciation.models import ExportJob, Meeting
from tests.factories.outcomes import FindingFactory


def adopt_and_publish(meeting: Meeting, user):
    """The rest of the way of a démarche, by its rules: a finding, adopted, published in full."""
    appraisal = meeting.appraisal
    FindingFactory(appraisal=appraisal, kind=FindingKind.STRENGTH, text="Constat de l’essai")
    appraisal.meeting_done_at = timezone.now()
    appraisal.phase = Phase.RESTITUTION
    appraisal.announced_level = PublicationLevel.FULL
    appraisal.adopted_by, appraisal.adopted_on = "le comité local", timezone.localdate()
    appraisal.save()
    return publish(appraisal=appraisal, level=PublicationLevel.FULL, user=user)


def put_through_the_workshop(region, user):
    """All that is published there is chosen, frozen and let out; the workbook of it is made.

    (the synthesis, its edition, what was offered by name of the community)
    """
    synthesis = start_synthesis(user=user, region=region, title="De vraies notes", year=2026)
    offered = candidates(region=region)
    choose_sources(
        synthesis=synthesis,
        user=user,
        appraisals={each.appraisal_id: SourceShown.NAMED for each in offered},
    )
    edition = freeze(synthesis=synthesis, user=user)
    assert publication_obstacles(edition=edition) == []
    publish_edition(edition=edition, user=user)
    prepare_public_files(timezone.now())
    ExportJob.objects.exclude(code__endswith="-xlsx").update(state=ExportState.FAILED)
    run_exports(timezone.now())
    return synthesis, edition, {each.name: each for each in offered}


def sheets_of(client, synthesis, scales=(5, 6)):
    """`{length of the scale: {(community, dimension): {column: cell}}}` of the workbook."""
    answer = client.get(f"/syntheses/{synthesis.page.slug}/", {"format": "xlsx"})
    book = openpyxl.load_workbook(BytesIO(answer.content))
    return {
        scale: lines(book[f"Niveaux de 1 à {scale}"].iter_rows(values_only=True))
        for scale in scales
    }


def tables_of(client, synthesis, scales=(5, 6)):
    """The same of the page's own figures; the scale of the most démarches comes first."""
    found = {}
    for number, scale in enumerate(scales, start=1):
        asked = {"format": "csv", "figure": f"matrice-{number}"}
        answer = client.get(f"/syntheses/{synthesis.page.slug}/", asked)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        found[scale] = lines(
            row for row in csv.reader(StringIO(text), delimiter=";") if len(row) > 2
        )
    return found


def lines(rows):
    header, *others = rows
    return {(row[0], row[2]): dict(zip(header, row, strict=True)) for row in others}
