"""Files of sheets, as the admin imports them (`cms.imports`)."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from cms.imports import jobs
from cms.imports.kinds import ImportKind, ImportWords, Report, Tell, Then, report_of
from cms.imports.models import BaseImportJob
from core.imports import ImportRefusedError
from pratiques.domain.imports.mapping import MAPPINGS, PracticeMapping, load_mapping
from pratiques.domain.imports.practices import Plan, import_practices, plan_import
from pratiques.domain.imports.records import label_of
from pratiques.models import CataloguePage, ImportJob

SHOWN_ROWS = 10
NAMES = {
    "maison": "notre propre tableau",
    "multibao": "Multibao",
    "eig": "Entrepreneurs d’intérêt général",
    "aides_territoires": "Aides-territoires",
    "budget_participatif_paris": "Budget participatif de Paris",
}
WORDS = ImportWords(
    title="Importer des fiches",
    introduction=(
        "Envoyez un tableau de fiches. Vous verrez ce qui serait créé, changé ou refusé; rien n’est"
        " enregistré avant que vous le confirmiez. Les fiches arrivent en brouillon. Ce que vous"
        " avez récrit ici n’est jamais remplacé."
    ),
    file_help="CSV, Excel (.xlsx) ou JSON: 5 Mo et 10 000 fiches au plus.",
    counts=("Fiches créées, en brouillon", "Fiches changées", "Fiches laissées comme elles sont"),
    columns=("Où", "Fiche", "Ce qui se fait", "Champs remplis"),
    erased="Le fichier est effacé. Les fiches restent comme elles sont.",
)


def look(content: bytes, _name: str, mapping: bytes) -> Report:
    """What the file would do; what is refused is told with its lines."""
    chosen = _mapping(mapping)
    try:
        return told(plan_import(content, mapping=chosen))
    except ImportRefusedError as refusal:
        return told(Plan(problems=refusal.problems))


def write(job: BaseImportJob, content: bytes, tell: Tell) -> Report:
    plan = import_practices(
        content,
        file_name=job.name,
        mapping=_mapping(job.mapping.encode()),
        user=job.asked_by,
        tell=tell,
    )
    return told(plan)


def told(plan: Plan) -> Report:
    """What the screen shows of a plan: counts, first sheets, what is refused, what to know."""
    rows = [
        [
            record.where,
            record.values["title"],
            "nouvelle fiche, en brouillon",
            str(len([value for value in record.values.values() if value])),
        ]
        for record in plan.created[:SHOWN_ROWS]
    ]
    rows += [
        [
            change.record.where,
            change.page.title,
            f"changée: {', '.join(label_of(name) for name in change.values)}",
            str(len(change.values)),
        ]
        for change in plan.changed[:SHOWN_ROWS]
        if change.values
    ]
    return report_of(
        plan.outcome,
        changes=bool(plan.created or plan.changed),
        rows=rows[:SHOWN_ROWS],
        problems=plan.problems,
        remarks=plan.remarks,
    )


def _mapping(content: bytes) -> PracticeMapping | None:
    return load_mapping(content, name="de ce fichier") if content else None


def _then() -> Then | None:
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        return None
    address = reverse("wagtailadmin_explore", args=[catalogue.pk])
    return Then("Ouvrir le catalogue et compléter ces fiches", address)


PRACTICES = ImportKind(
    url_name="pratiques_import",
    model=ImportJob,
    words=WORDS,
    mappings=MAPPINGS,
    mapping_names=NAMES,
    look=look,
    write=write,
    then=_then,
)
prepare_import = partial(jobs.prepare_import, PRACTICES)
run_imports = partial(jobs.run_imports, PRACTICES)
erase_old_imports = partial(jobs.erase_old_imports, PRACTICES)
next_old_import = partial(jobs.next_old_import, PRACTICES)
