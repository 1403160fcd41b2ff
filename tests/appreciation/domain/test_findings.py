import pytest

from appreciation.domain.findings import (
    edit_finding,
    record_agreed_rating,
    record_finding,
    remove_agreed_rating,
    remove_finding,
    set_comment,
)
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import FindingKind, MeetingState
from appreciation.models import AgreedRating, Finding
from core.errors import ConcurrentEditError, DomainError
from tests.factories import MeetingFactory
from tests.factories.answers import items_of
from tests.factories.outcomes import ActionFactory, CommentFactory, FindingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def item(meeting):
    return questionnaire_for(meeting.instrument).items[0]


def strength(meeting, text="On s’entraide.", **values):
    return record_finding(
        appraisal=meeting.appraisal,
        meeting=meeting,
        kind=FindingKind.STRENGTH,
        text=text,
        **values,
    )


def test_findings_are_kept_in_the_order_they_are_said(meeting):
    first, second = strength(meeting), strength(meeting, "On est d’ici.")
    assert (first.position, second.position) == (1, 2)


def test_the_same_finding_sent_twice_is_kept_once(meeting):
    assert strength(meeting) == strength(meeting)
    assert Finding.objects.count() == 1


def test_a_quote_needs_to_have_been_announced(meeting):
    with pytest.raises(DomainError, match="annoncées") as refusal:
        strength(meeting, quotable=True)
    assert "quotable" in refusal.value.fields
    meeting.appraisal.quotes_announced = True
    meeting.appraisal.save()
    assert strength(meeting, quotable=True).quotable


def edited(finding, text, version):
    return edit_finding(
        finding=finding,
        version=version,
        kind=finding.kind,
        text=text,
        dimension=None,
        quotable=False,
    )


def test_editing_moves_the_version(meeting):
    finding = edited(strength(meeting), "On s’entraide beaucoup.", 1)
    assert (finding.text, finding.version) == ("On s’entraide beaucoup.", 2)


def test_a_concurrent_edit_is_refused_with_the_other_text(meeting):
    finding = strength(meeting)
    edited(finding, "Le premier texte.", 1)
    with pytest.raises(ConcurrentEditError) as refusal:
        edited(finding, "Le deuxième texte.", 1)
    assert refusal.value.theirs == "Le premier texte."
    assert Finding.objects.get().text == "Le premier texte."


def test_the_same_edit_twice_is_harmless(meeting):
    finding = strength(meeting)
    edited(finding, "Autrement.", 1)
    assert edited(finding, "Autrement.", 1).version == 2


def test_a_finding_taken_away_meanwhile_is_refused_in_words(meeting):
    finding = strength(meeting)
    remove_finding(finding=finding)
    finding.pk = finding.pk or 1
    with pytest.raises(DomainError, match="retiré"):
        edited(finding, "Trop tard.", 1)


def test_removing_twice_is_harmless(meeting):
    finding = strength(meeting)
    remove_finding(finding=finding)
    remove_finding(finding=Finding(pk=finding.pk or 0))
    assert Finding.objects.count() == 0


def test_a_finding_that_an_action_rests_on_stays(appraisal):
    finding = FindingFactory(appraisal=appraisal)
    ActionFactory(appraisal=appraisal, finding=finding)
    with pytest.raises(DomainError, match="action"):
        remove_finding(finding=finding)
    assert Finding.objects.count() == 1


def agree(meeting, item, level, version=0, **words):
    return record_agreed_rating(meeting=meeting, item=item, version=version, level=level, **words)


def test_an_agreed_level_is_kept_with_its_reason_and_moves_the_screens(meeting, item):
    before = meeting.revision
    agreed = agree(meeting, item, 3, reason="On le voit.", dissent="Pas dans les rangs.")
    assert (agreed.level, agreed.reason, agreed.dissent) == (
        3,
        "On le voit.",
        "Pas dans les rangs.",
    )
    meeting.refresh_from_db()
    assert meeting.revision == before + 1


@pytest.mark.parametrize("level", [0, 5, -1])
def test_an_agreed_level_outside_the_scale_is_refused(meeting, item, level):
    with pytest.raises(DomainError, match="1 à 4"):
        agree(meeting, item, level)
    assert AgreedRating.objects.count() == 0


def test_no_level_needs_a_word(meeting, item):
    with pytest.raises(DomainError, match="pourquoi"):
        agree(meeting, item, None)
    assert agree(meeting, item, None, dissent="Deux lectures.").level is None


def test_two_people_writing_the_agreed_level_see_both_texts(meeting, item):
    agree(meeting, item, 3, reason="La première.")
    with pytest.raises(ConcurrentEditError) as refusal:
        agree(meeting, item, 2, reason="La deuxième.")
    assert refusal.value.theirs == "Bien avancé\nLa première."
    assert agree(meeting, item, 3, reason="La première.").version == 1
    assert agree(meeting, item, 2, version=1, reason="La deuxième.").version == 2


def test_an_agreed_level_taken_away_meanwhile_is_a_conflict(meeting, item):
    agree(meeting, item, 3)
    remove_agreed_rating(meeting=meeting, item=item)
    with pytest.raises(ConcurrentEditError, match="pendant"):
        agree(meeting, item, 2, version=1)


def test_a_planned_meeting_has_nothing_to_agree_on(appraisal, item):
    planned = MeetingFactory(appraisal=appraisal)
    assert planned.state == MeetingState.PLANNED
    with pytest.raises(DomainError, match="Ouvrez"):
        agree(planned, item, 3)


def test_a_word_is_hidden_or_quoted_never_both(meeting):
    meeting.appraisal.quotes_announced = True
    meeting.appraisal.save()
    comment = CommentFactory(meeting=meeting, item=items_of(meeting.appraisal)[0])
    set_comment(comment=comment, is_hidden=False, is_quoted=True)
    assert comment.is_quoted
    set_comment(comment=comment, is_hidden=True, is_quoted=True)
    comment.refresh_from_db()
    assert (comment.is_hidden, comment.is_quoted) == (True, False)


def test_a_word_is_quoted_only_if_quotes_were_announced(meeting):
    comment = CommentFactory(meeting=meeting, item=items_of(meeting.appraisal)[0])
    with pytest.raises(DomainError, match="annoncées"):
        set_comment(comment=comment, is_hidden=False, is_quoted=True)
    comment.refresh_from_db()
    assert not comment.is_quoted
