import pytest

from appreciation.domain.report import assemble_report
from appreciation.domain.report.sections import reset_section, save_section
from appreciation.models import ReportSection
from core.errors import ConcurrentEditError, DomainError


def save(appraisal, user, text, version=0, key="discussion"):
    return save_section(appraisal=appraisal, key=key, text=text, version=version, user=user)


def test_a_first_text_starts_at_version_one(appraisal, lead):
    assert save(appraisal, lead, "À nous.").version == 1
    assert assemble_report(appraisal).paragraph("discussion").text == "À nous."


def test_two_first_texts_do_not_overwrite_each_other(appraisal, lead):
    save(appraisal, lead, "Le premier.")
    with pytest.raises(ConcurrentEditError) as refusal:
        save(appraisal, lead, "Le deuxième.")
    assert refusal.value.theirs == "Le premier."
    assert ReportSection.objects.get().text == "Le premier."


def test_the_same_text_twice_is_harmless(appraisal, lead):
    save(appraisal, lead, "Le même.")
    assert save(appraisal, lead, "Le même.").version == 1


def test_an_unknown_paragraph_is_refused(appraisal, lead):
    with pytest.raises(DomainError, match="rapport"):
        save(appraisal, lead, "x", key="autre")


def test_reset_gives_the_assembled_text_back(appraisal, lead):
    assembled = assemble_report(appraisal).paragraph("discussion")
    save(appraisal, lead, "À nous.")
    reset_section(appraisal=appraisal, key="discussion", version=1)
    assert assemble_report(appraisal).paragraph("discussion") == assembled
    reset_section(appraisal=appraisal, key="discussion", version=1)


def test_reset_refuses_to_erase_a_text_nobody_read(appraisal, lead):
    save(appraisal, lead, "Un.")
    save(appraisal, lead, "Deux.", version=1)
    with pytest.raises(ConcurrentEditError) as refusal:
        reset_section(appraisal=appraisal, key="discussion", version=1)
    assert refusal.value.theirs == "Deux."


def test_saving_over_a_reset_is_a_conflict(appraisal, lead):
    save(appraisal, lead, "Un.")
    reset_section(appraisal=appraisal, key="discussion", version=1)
    with pytest.raises(ConcurrentEditError, match="pendant"):
        save(appraisal, lead, "Deux.", version=1)
