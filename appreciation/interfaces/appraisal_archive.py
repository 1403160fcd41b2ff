"""One ZIP that tells a démarche without our software: pages to read, tables, JSON, documents."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.contrib.staticfiles import finders
from django.db import models
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.dots import settled_ranking
from appreciation.domain.report import assemble_report
from appreciation.domain.results import Audience, meeting_results
from appreciation.interfaces.appraisal_tables import Table, hanging_models, tables_of
from appreciation.interfaces.ranking_table import ranking_rows
from appreciation.interfaces.ratings_workbook import export_table
from appreciation.interfaces.report_document import present_report
from appreciation.interfaces.results_csv import results_rows
from appreciation.models import Appraisal
from cms.models import SiteDocument, SiteImage
from core.csv_export import Value, csv_lines
from core.errors import DomainError

STYLES = ("tokens", "site", "charts", "report")
CHUNK = 256 * 1024
MOST_TITLE = 150


@dataclass(frozen=True)
class Shelf:
    """Documents and photos: (title, name in the archive) of those found, titles of those lost."""

    found: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]


def write_archive(appraisal: Appraisal, file: IO[bytes]) -> tuple[str, ...]:
    """Everything the team may read, but for what belongs to one person alone.

    A file that is no longer where it was kept stops nothing: its title is given back, and told in
    the archive.
    """
    tables = list(tables_of(appraisal))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        shelf = _store_documents(archive, appraisal)
        results = list(_store_results(archive, appraisal))
        for table in tables:
            _store_csv(archive, f"tableaux/{table.name}.csv", [table.headings, *table.rows])
        archive.writestr("demarche.json", _as_json(appraisal, tables, shelf))
        _store_pages(archive, appraisal, tables, results, shelf)
    return shelf.lost


def lost_words(lost: tuple[str, ...]) -> str:
    """What the person reads beside a copy that lacks files; empty when it lacks none."""
    if not lost:
        return ""
    if len(lost) == 1:
        return (
            "Un fichier manque dans cette copie, car le serveur ne le retrouve plus: "
            f"{lost[0][:MOST_TITLE].rstrip(' .')}. Dites-le à l’administration du site."
        )
    return (
        f"{len(lost)} fichiers manquent dans cette copie, car le serveur ne les retrouve plus. "
        "La page index.html de la copie les nomme. Dites-le à l’administration du site."
    )


def _store_pages(
    archive: zipfile.ZipFile,
    appraisal: Appraisal,
    tables: list[Table],
    results: list[str],
    shelf: Shelf,
) -> None:
    context = {
        "appraisal": appraisal,
        "tables": tables,
        "results": results,
        "shelf": shelf,
        "made_at": timezone.localtime(),
    }
    archive.writestr("index.html", render_to_string("exports/index.html", context))
    report = present_report(assemble_report(appraisal)) | {"appraisal": appraisal}
    archive.writestr("rapport.html", render_to_string("exports/report.html", report))
    for name in STYLES:
        archive.write(str(finders.find(f"css/{name}.css")), f"styles/{name}.css")


def _as_json(appraisal: Appraisal, tables: list[Table], shelf: Shelf) -> str:
    content = {
        "format": 1,
        "reference": appraisal.reference,
        "made_at": timezone.now().isoformat(),
        "tables": {table.name: table.as_json() for table in tables},
        "publications": [
            {"number": edition.number, "level": edition.level, "snapshot": edition.snapshot}
            for edition in appraisal.publications.order_by("number")
        ],
        "lost_files": shelf.lost,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _store_results(archive: zipfile.ZipFile, appraisal: Appraisal) -> Iterator[str]:
    """The figures of each meeting, and its rows without origin where they may leave."""
    thresholds = discretion_rules().thresholds
    for meeting in appraisal.meetings.select_related("instrument__scale").order_by("pk"):
        found = meeting_results(meeting, audience=Audience.TEAM, thresholds=thresholds)
        name = f"tableaux/resultats-{meeting.reference}.csv"
        _store_csv(archive, name, results_rows(found, source=f"Rencontre {meeting.reference}"))
        yield name
        if ranking := settled_ranking(meeting):
            name = f"tableaux/points-{meeting.reference}.csv"
            _store_csv(archive, name, ranking_rows(ranking))
            yield name
        try:
            rows = export_table(meeting)
        except DomainError:  # too few people, or entry not finished: no row leaves
            continue
        name = f"tableaux/reponses-{meeting.reference}.csv"
        _store_csv(archive, name, rows)
        yield name


def _store_csv(archive: zipfile.ZipFile, name: str, rows: Iterable[Iterable[Value]]) -> None:
    archive.writestr(name, "".join(csv_lines(rows)))


def _store_documents(archive: zipfile.ZipFile, appraisal: Appraisal) -> Shelf:
    """Documents and photos, each once. Any other fault of the storage may pass: it is raised."""
    found, lost = [], []
    for (folder, pk), (title, file) in sorted(_attached(appraisal).items()):
        path = PurePath(file.name)
        name = f"{folder}/{pk}-{slugify(path.stem)[:80]}{path.suffix.lower()}"
        try:
            stored = file.open("rb")
        except FileNotFoundError:
            lost.append(title)
            continue
        with stored as content, archive.open(name, "w") as kept:
            while piece := content.read(CHUNK):
                kept.write(piece)
        found.append((title, name))
    return Shelf(tuple(found), tuple(lost))


def _attached(appraisal: Appraisal) -> dict[tuple[str, int], tuple[str, FieldFile]]:
    """Whatever a field of the démarche, or of what hangs on it, holds or points to."""
    found: dict[tuple[str, int], tuple[str, FieldFile]] = {}
    for model, path in [(Appraisal, "pk"), *hanging_models()]:
        rows = model._default_manager.filter(**{path: appraisal.pk})
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                for row in rows.exclude(**{field.name: ""}):
                    title = f"{model._meta.verbose_name}, {row}"
                    found["photos", row.pk] = (title, getattr(row, field.name))
            elif field.related_model in (SiteDocument, SiteImage):
                folder = "images" if field.related_model is SiteImage else "documents"
                keys = rows.filter(**{f"{field.name}__isnull": False}).values(field.name)
                for stored in field.related_model.objects.filter(pk__in=keys):
                    found[folder, stored.pk] = (stored.title, stored.file)
    return found
