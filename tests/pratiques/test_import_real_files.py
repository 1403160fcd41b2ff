"""Two real files that were not made for us, kept as tests where the shared data lies beside us."""

from __future__ import annotations

from collections import Counter

import pytest

from pratiques.domain.imports.practices import Plan, import_practices
from pratiques.models import PracticePage
from reference.domain.vocabularies import load_vocabularies
from tests.factories.practices import catalogue
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR


@pytest.fixture
def ready(db) -> None:
    catalogue()
    load_vocabularies()


def load(name: str) -> Plan:
    content = (SAMPLE_DATA_DIR / "catalogue" / name).read_bytes()
    return import_practices(content, file_name=name)


if HAS_SAMPLE_DATA:

    def test_sections_of_markdown_find_their_fields(ready: None) -> None:
        plan = load("multibao_fiches.json")
        assert (plan.outcome.created, plan.outcome.changed) == (11, True)
        page = PracticePage.objects.get(source_key="multibao:multibao-cercle-excentrique")
        assert (page.live, page.licence) == (False, "cc_by_sa")
        assert page.source_name == "Multibao (multibao/contributions), CC BY-SA"
        assert page.source_url == (
            "https://github.com/multibao/contributions/blob/master/contributions/"
            "cercle_excentrique.md"
        )
        assert page.title == "Cercle excentrique / Fish Bowl"
        assert page.aims.startswith("<ul><li>") or page.aims.startswith("<p>")
        assert "<p><b>Sources</b></p>" in page.approach
        assert page.watch_points
        assert "#note" not in page.approach + page.summary
        assert "**" not in page.approach + page.aims + page.watch_points
        assert len(plan.remarks) == 9
        assert str(load("multibao_fiches.json").outcome) == "Rien à changer (11 déjà à jour)."

    def test_a_table_with_its_substitutes_and_lists(ready: None) -> None:
        plan = load("budget_participatif_paris_2014_2016.csv")
        assert plan.remarks == ["39 lignes laissées de côté par la correspondance."]
        pages = PracticePage.objects.prefetch_related("issues", "moments")
        assert pages.count() == plan.outcome.created == 375
        assert not pages.filter(title__startswith="NON ").exists()
        assert set(pages.values_list("licence", "live")) == {("odbl", False)}
        issues = Counter(each.code for page in pages for each in page.issues.all())
        assert issues.keys() == {
            "environment",
            "youth",
            "culture_leisure",
            "transport",
            "social_inequalities",
            "employment",
        }
        kiosks = pages.get(source_key="budget-participatif-paris:2205")
        assert [(row.when, row.text) for row in kiosks.moments.all()] == [
            ("2015-01", "Début des études"),
            ("2015-03", "Début des travaux"),
            ("2020-09", "Ouverture"),
        ]
        again = load("budget_participatif_paris_2014_2016.csv")
        assert str(again.outcome) == "Rien à changer (375 déjà à jour)."
