"""Small steps and outcomes: written once, checked, shown at the register or kept."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from appreciation.domain.check_in_answers import ReplyDraft, Teller, answer_check_in
from appreciation.domain.documents import may_read_document
from appreciation.domain.outcomes import (
    OutcomeDraft,
    proposed_outcomes,
    record_outcome,
    remove_outcome,
    show_check_in,
)
from cms.models import SiteDocument
from core.errors import ConcurrentEditError, DomainError
from tests.factories.follow_up import followed_appraisal
from tests.factories.register import PDF

YESTERDAY = dt.date(2026, 11, 1)


@pytest.fixture
def followed(lead):
    return followed_appraisal(lead=lead)


def draft(**changes) -> OutcomeDraft:
    values = {"kind": "small_step", "happened_on": YESTERDAY, "words": "Quatre conductrices."}
    return OutcomeDraft(**(values | changes))


def test_the_same_step_sent_twice_is_kept_once(followed, lead):
    action = followed.actions.first()
    for _ in range(2):
        record_outcome(appraisal=followed, user=lead, draft=draft(action=action))
    kept = followed.outcomes.get()
    assert (kept.words, kept.action, kept.is_public, kept.created_by) == (
        "Quatre conductrices.",
        action,
        False,
        lead,
    )


def test_a_day_to_come_and_a_strange_link_are_refused(followed, lead):
    for changes, field in (
        ({"happened_on": dt.date(2100, 1, 1)}, "happened_on"),
        ({"evidence_link": "javascript:alert(1)"}, "evidence_link"),
        ({"evidence_link": "data:text/html,x"}, "evidence_link"),
        ({"evidence_link": "exemple.org"}, "evidence_link"),
    ):
        with pytest.raises(DomainError) as refusal:
            record_outcome(appraisal=followed, user=lead, draft=draft(**changes))
        assert list(refusal.value.fields) == [field]
    assert followed.outcomes.count() == 0


def test_a_document_stays_private_even_when_the_words_are_shown(
    followed, lead, neighbour, settings, tmp_path
):
    evidence = ContentFile(PDF, name="photo.pdf")
    outcome = record_outcome(
        appraisal=followed, user=lead, draft=draft(evidence=evidence, is_public=True)
    )
    document = outcome.evidence_document
    assert document.is_private
    assert may_read_document(lead, document)
    assert not may_read_document(neighbour, document)
    with pytest.raises(DomainError, match="Joignez un PDF ou une photo"):
        record_outcome(
            appraisal=followed,
            user=lead,
            draft=draft(words="Autre", evidence=ContentFile(b"<html>", name="page.pdf")),
        )


@pytest.mark.parametrize("is_held_elsewhere", [False, True])
def test_its_proof_goes_with_it_unless_something_else_holds_it(followed, lead, is_held_elsewhere):
    told = draft(evidence=ContentFile(PDF, name="photo.pdf"))
    outcome = record_outcome(appraisal=followed, user=lead, draft=told)
    if is_held_elsewhere:
        followed.adoption_evidence = outcome.evidence_document
        followed.save()
    for _ in range(2):
        remove_outcome(outcome=outcome, user=lead)
    assert SiteDocument.objects.exists() is is_held_elsewhere


def test_two_people_changing_it_are_told(followed, lead):
    outcome = record_outcome(appraisal=followed, user=lead, draft=draft())
    changed = record_outcome(
        appraisal=followed, user=lead, draft=draft(words="Cinq."), outcome=outcome, version=1
    )
    assert (changed.words, changed.version) == ("Cinq.", 2)
    with pytest.raises(ConcurrentEditError) as refusal:
        record_outcome(
            appraisal=followed, user=lead, draft=draft(words="Six."), outcome=outcome, version=1
        )
    assert refusal.value.theirs == "Cinq."
    same = draft(words="Cinq.")
    record_outcome(appraisal=followed, user=lead, draft=same, outcome=outcome, version=1)
    assert followed.outcomes.get().version == 2


def test_showing_and_hiding_keeps_the_first_day_shown(followed, lead):
    outcome = record_outcome(appraisal=followed, user=lead, draft=draft(is_public=True))
    since = outcome.shown_at
    changed = record_outcome(
        appraisal=followed,
        user=lead,
        draft=draft(words="Cinq.", is_public=True),
        outcome=outcome,
        version=1,
    )
    assert changed.shown_at == since
    hidden = record_outcome(
        appraisal=followed, user=lead, draft=draft(words="Cinq."), outcome=outcome, version=2
    )
    assert hidden.shown_at is None


def test_only_the_team_writes_and_removes(followed, neighbour, lead):
    with pytest.raises(DomainError, match="pas la changer"):
        record_outcome(appraisal=followed, user=neighbour, draft=draft())
    outcome = record_outcome(appraisal=followed, user=lead, draft=draft())
    with pytest.raises(DomainError, match="pas la changer"):
        remove_outcome(outcome=outcome, user=neighbour)
    for _ in range(2):
        remove_outcome(outcome=outcome, user=lead)
    assert followed.outcomes.count() == 0


def test_an_action_told_done_asks_for_a_word_until_it_has_one(followed, lead):
    first = followed.check_ins.get(months=3)
    with pytest.raises(DomainError, match="rien à montrer"):
        show_check_in(check_in=first, user=lead, is_public=True)
    one, two = followed.actions.all()
    answer_check_in(
        check_in=first,
        replies=[ReplyDraft(one, "done", "Ça roule."), ReplyDraft(two, "in_progress")],
        teller=Teller(),
    )
    (proposed,) = proposed_outcomes(followed)
    assert (proposed.title, proposed.words) == ("Action 1", "Ça roule.")
    record_outcome(appraisal=followed, user=lead, draft=draft(action=one))
    assert proposed_outcomes(followed) == []
    show_check_in(check_in=first, user=lead, is_public=True)
    first.refresh_from_db()
    assert first.shown_at is not None
    show_check_in(check_in=first, user=lead, is_public=False)
    first.refresh_from_db()
    assert first.shown_at is None
