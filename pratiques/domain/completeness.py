"""Eight fields make a sheet that may be read by everyone; the rest says « à compléter »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import CharField, TextField
from django.utils.text import capfirst
from wagtail.rich_text import get_text_for_indexing

from pratiques.enums import CRITERIA_OF_STATUS, EvidenceStatus

if TYPE_CHECKING:
    from pratiques.models import PracticePage

WORDS_AT_MOST = {
    "summary": 250,
    "situation": 100,
    "aims": 100,
    "approach": 400,
    "what_did_not_work": 150,
}
"""Words, by field (DOMAIN.md §6.2). Results: 250 words, all together."""
RESULTS_WORDS_AT_MOST = 250
RESULTS_TOO_LONG = "Résultats: {words} mots en tout, gardez-en au plus {at_most}."
EXAMPLE = "[à remplacer]"
"""Begins each text of the starter sheet: none of them is ever read by everyone."""
REPLACE = "Remplacez le texte d’exemple par le vôtre."
REPLACE_ROWS = "Remplacez ou retirez les exemples: moments, résultats et partenaires."
ROWS_TOLD = ("moments", "results", "partners")
"""Rows that the starter sheet also tells."""

REQUIRED = {
    "title": "Donnez un titre à la fiche.",
    "summary": "Résumez la pratique en quelques phrases.",
    "approach": "Dites comment on s’y est pris.",
    "holder_name": "Nommez l’organisme porteur.",
    "contact_email": "Donnez un courriel ou un téléphone de l’organisme.",
    "places": "Choisissez au moins un lieu.",
    "issues": "Choisissez au moins un enjeu.",
    "consent_given": "L’organisme doit avoir accepté que la fiche soit publiée.",
}
"""Field of the form → what to do. These eight make a sheet publishable."""

WISHED = (
    "situation",
    "aims",
    "moments",
    "results",
    "what_did_not_work",
    "success_conditions",
    "adaptation",
    "cost_band",
    "effort_band",
    "concerned_people",
    "partners",
    "dimensions",
    "milieu_size",
    "milieu_kind",
)
"""What a reader looks for; shown as « à compléter » when empty."""


def count_words(text: str) -> int:
    return len(re.findall(r"[\w’'-]+", get_text_for_indexing(text)))


def missing_to_publish(practice: PracticePage) -> dict[str, str]:
    """What is left to do before everyone may read the sheet, by field of the form."""
    return {field: said for field, said in REQUIRED.items() if not _is_filled(practice, field)}


def left_to_complete(practice: PracticePage) -> list[str]:
    """Names of the fields that the sheet shows as « à compléter »."""
    return [field for field in WISHED if not _is_filled(practice, field)]


def too_long(practice: PracticePage) -> dict[str, str]:
    """Fields with too many words, with what to do."""
    said = {}
    for field, at_most in WORDS_AT_MOST.items():
        if (words := count_words(getattr(practice, field))) > at_most:
            said[field] = f"{words} mots: gardez-en au plus {at_most}."
    return said


def results_too_long(texts: Iterable[str]) -> str:
    """What to do with results whose words, all together, are too many; empty when they are not."""
    words = sum(count_words(text) for text in texts)
    if words <= RESULTS_WORDS_AT_MOST:
        return ""
    return RESULTS_TOO_LONG.format(words=words, at_most=RESULTS_WORDS_AT_MOST)


def still_example(practice: PracticePage) -> dict[str, str]:
    """Fields of the form that still hold a text of the starter sheet."""
    fields = (f for f in practice._meta.fields if f.editable)
    texts = [f for f in fields if isinstance(f, (CharField, TextField))]
    return {f.name: REPLACE for f in texts if EXAMPLE in (getattr(practice, f.attname) or "")}


def rows_still_example(texts: Iterable[object]) -> str:
    """What to do with rows of which a text is still the starter sheet's; empty when none is."""
    return REPLACE_ROWS if any(isinstance(t, str) and EXAMPLE in t for t in texts) else ""


def _is_filled(practice: PracticePage, field: str) -> bool:
    if field == "contact_email":
        return bool(practice.contact_email or practice.contact_phone)
    value = getattr(practice, field)
    if hasattr(value, "all"):
        return bool(value.all())
    return bool(get_text_for_indexing(value).strip()) if isinstance(value, str) else bool(value)


def missing_criteria(practice: PracticePage) -> list[str]:
    """What the rung of the sheet asks and that it does not tell yet, in sentences.

    « Novatrice » asks for nothing more than the eight fields.
    """
    if practice.status == EvidenceStatus.EMERGING:
        return []
    told = {row.criterion for row in practice.criteria.all()}
    asked = CRITERIA_OF_STATUS.get(practice.status, ())
    said = []
    for group in asked:
        if not told.intersection(group):
            choice = "» ou «".join(f"\N{NO-BREAK SPACE}{c.label}\N{NO-BREAK SPACE}" for c in group)
            said.append(f"Dites comment on le sait: «{choice}».")
    return said


def left_to_publish(practice: PracticePage) -> list[str]:
    """All that keeps the sheet from being read by everyone, each with what to do."""
    names = practice._meta
    long = [
        f"{capfirst(names.get_field(field).verbose_name)}: {said}"
        for field, said in too_long(practice).items()
    ]
    rows = {name: list(getattr(practice, name).all()) for name in ROWS_TOLD}
    results = results_too_long(row.text for row in rows["results"])
    example = rows_still_example(
        v for told in rows.values() for r in told for v in vars(r).values()
    )
    return [
        *missing_to_publish(practice).values(),
        *set(still_example(practice).values()),
        *([example] if example else []),
        *long,
        *([results] if results else []),
        *missing_criteria(practice),
    ]
