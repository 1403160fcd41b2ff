import pytest
from django.db import IntegrityError, transaction

from appreciation.domain.phases import left_if_possible
from appreciation.domain.portraits import (
    FactLine,
    FigureLine,
    fact_lines,
    figure_lines,
    portrait_of,
    save_portrait,
)
from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.enums import Phase
from appreciation.models import PhaseRecord, PortraitFigure
from core.errors import ConcurrentEditError, DomainError
from tests.factories import MembershipFactory

PEOPLE = FigureLine("Habitants", "312", "personnes", 2021, "Recensement")
HOMES = FigureLine("Ménages seuls", "x", "", 2021, "Recensement")
SCHOOL = FactLine("school", "École ouverte, 38 élèves")


def save(appraisal, user, **changes):
    facts = {
        "version": 0,
        "text": "",
        "source": "",
        "document": None,
        "figures": [PEOPLE],
        "facts": [SCHOOL],
    }
    save_portrait(appraisal=appraisal, user=user, **facts | changes)


def version(appraisal) -> int:
    return PhaseRecord.objects.get(appraisal=appraisal, phase=Phase.PORTRAIT).version


def test_figures_and_facts_are_kept_exactly_in_their_order(appraisal, lead):
    save(appraisal, lead, figures=[PEOPLE, HOMES])
    save(appraisal, lead, version=1, figures=[HOMES, PEOPLE], facts=[], text="Un village.")
    assert figure_lines(appraisal) == [HOMES, PEOPLE]
    assert fact_lines(appraisal) == []
    assert PhaseRecord.objects.get(appraisal=appraisal).text == "Un village."


def test_twelve_figures_are_kept_the_thirteenth_is_refused_kindly(appraisal, lead):
    twelve = [FigureLine(f"Chiffre {n}", str(n), "", 2021, "MRC") for n in range(12)]
    save(appraisal, lead, figures=twelve)
    assert len(figure_lines(appraisal)) == 12
    with pytest.raises(DomainError, match="Douze chiffres suffisent"):
        save(appraisal, lead, version=1, figures=[*twelve, PEOPLE])
    assert len(figure_lines(appraisal)) == 12


def test_too_many_facts_are_refused(appraisal, lead):
    with pytest.raises(DomainError, match="Vingt repères"):
        save(appraisal, lead, facts=[SCHOOL] * 21)


def test_a_figure_without_source_is_refused_by_the_rule_and_by_the_database(appraisal, lead):
    bare = FigureLine("Habitants", "312", "", 2021, " ")
    with pytest.raises(DomainError, match="d’où vient chaque chiffre"):
        save(appraisal, lead, figures=[bare])
    with pytest.raises(IntegrityError), transaction.atomic():
        PortraitFigure.objects.create(
            appraisal=appraisal, label="Habitants", value="1", year=2021, source=""
        )


def test_a_concurrent_edit_is_refused_and_the_same_twice_is_harmless(appraisal, lead):
    save(appraisal, lead)
    save(appraisal, lead)
    assert version(appraisal) == 1
    with pytest.raises(ConcurrentEditError):
        save(appraisal, lead, figures=[HOMES])
    with pytest.raises(ConcurrentEditError):
        save(appraisal, lead, text="Autre texte")
    assert figure_lines(appraisal) == [PEOPLE]
    save(appraisal, lead, version=1, figures=[HOMES], text="Autre texte")
    assert (figure_lines(appraisal), portrait_of(appraisal).text) == ([HOMES], "Autre texte")


def test_an_observer_changes_nothing(appraisal, lead):
    observer = MembershipFactory(appraisal=appraisal, role="observer").user
    with pytest.raises(DomainError, match="pas la changer"):
        save(appraisal, observer)
    assert not PortraitFigure.objects.exists()


def test_figures_make_a_portrait(appraisal, lead):
    assert left_if_possible(appraisal, Phase.PORTRAIT) != []
    save(appraisal, lead, facts=[])
    assert left_if_possible(appraisal, Phase.PORTRAIT) == []


@pytest.mark.parametrize("level", ["summary", "full"])
def test_the_report_tells_figures_and_facts_never_the_team_s_text(appraisal, lead, level):
    assert assemble_report(appraisal, level=level).portrait is None
    save(appraisal, lead, text="Entre nous.")
    report = assemble_report(appraisal, level=level)
    assert report.portrait.figures[0].value == "312"
    assert report.portrait.facts == (("école", "École ouverte, 38 élèves"),)
    snapshot = report_to_snapshot(report)
    assert "Entre nous" not in str(snapshot)
    assert report_from_snapshot(snapshot) == report


def test_an_edition_of_before_the_portrait_still_opens(appraisal, lead):
    save(appraisal, lead)
    snapshot = report_to_snapshot(assemble_report(appraisal))
    del snapshot["portrait"]
    assert report_from_snapshot(snapshot).portrait is None
