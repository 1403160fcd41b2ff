import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.phases import (
    TRANSITIONS,
    advance,
    allowed_transitions,
    can_open_phase,
    change_state,
    current_phase,
    left_if_possible,
    missing_to_advance,
    missing_to_publish,
    reopen_phase,
)
from appreciation.enums import AppraisalState, FindingKind, Phase, PublicationLevel
from appreciation.models import (
    Action,
    AgreedRating,
    Appraisal,
    Finding,
    HandCount,
    PhaseRecord,
    RatingCount,
    TransitionLog,
)
from core.errors import DomainError
from tests.factories import (
    AppraisalFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)

STAMPS = [f"{phase}_done_at" for phase in Phase]


def done_phases(appraisal):
    return [phase for phase in Phase if appraisal.phase_done_at(phase) is not None]


@pytest.fixture
def framed(lead):
    appraisal = AppraisalFactory(phase=Phase.PORTRAIT, framing_done_at=timezone.now())
    MembershipFactory(appraisal=appraisal, user=lead)
    return appraisal


@pytest.fixture
def met(lead):
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead)
    return appraisal


# --- what is missing ---


def test_missing_at_framing_is_the_date_and_the_consent_text():
    appraisal = AppraisalFactory(expected_on=None, consent_text="  ")
    assert missing_to_advance(appraisal, Phase.FRAMING) == [
        "Indiquez la date approximative de la rencontre.",
        "Écrivez le texte de consentement que les gens liront.",
    ]


def test_missing_at_framing_includes_the_place_when_there_is_none():
    appraisal = Appraisal(expected_on=timezone.localdate(), consent_text="Texte")
    assert missing_to_advance(appraisal, Phase.FRAMING) == ["Choisissez la communauté."]


def test_missing_at_framing_is_nothing_once_the_date_and_text_are_there():
    assert missing_to_advance(AppraisalFactory(), Phase.FRAMING) == []


def test_missing_at_the_meeting_is_one_answer_and_one_finding():
    appraisal = AppraisalFactory(at_meeting=True)
    assert missing_to_advance(appraisal, Phase.MEETING) == [
        "Recueillez au moins une réponse ou un niveau convenu par le groupe.",
        "Inscrivez au moins un constat: une force, un défi ou une piste d’action.",
    ]


def _rating_count(meeting, item, round_):
    RatingCount.objects.create(
        meeting=meeting, round=round_, item=item, answer=2, medium="paper", count=1
    )


def _hand_count(meeting, item, round_):
    HandCount.objects.create(meeting=meeting, round=round_, item=item, answer=2, count=4)


def _agreed_rating(meeting, item, round_):
    AgreedRating.objects.create(meeting=meeting, item=item, level=3)


@pytest.mark.parametrize("answer", [_rating_count, _hand_count, _agreed_rating])
def test_one_answer_of_any_kind_is_enough_for_the_meeting(answer):
    meeting = MeetingFactory(open=True)
    dimension = meeting.instrument.instrument_dimensions.first()
    answer(meeting, dimension.items.first(), meeting.rounds.get(instrument_dimension=dimension))
    Finding.objects.create(
        appraisal=meeting.appraisal, kind=FindingKind.STRENGTH, text="L’entraide."
    )
    assert missing_to_advance(meeting.appraisal, Phase.MEETING) == []


def test_an_agreed_rating_without_level_is_not_an_answer():
    meeting = MeetingFactory()
    item = meeting.instrument.instrument_dimensions.first().items.first()
    AgreedRating.objects.create(meeting=meeting, item=item, level=None, reason="Pas d’accord")
    assert missing_to_advance(meeting.appraisal, Phase.MEETING)[0].startswith("Recueillez")


@pytest.mark.parametrize(
    "phase", [phase for phase in Phase if phase not in (Phase.FRAMING, Phase.MEETING)]
)
def test_no_other_phase_blocks(phase):
    assert missing_to_advance(AppraisalFactory(at_restitution=True), phase) == []


@pytest.mark.parametrize(
    ("phase", "wishes"),
    [
        (
            Phase.FRAMING,
            [
                "Cochez à quoi servira la démarche.",
                "Nommez la répondante ou le répondant local.",
            ],
        ),
        (Phase.PORTRAIT, ["Joignez ou écrivez un portrait, avec sa source."]),
        (Phase.CONVENING, ["Écrivez qui est invité, secteur par secteur."]),
        (Phase.MEETING, []),
        (Phase.RESTITUTION, ["Faites adopter le rapport, puis inscrivez-le."]),
        (
            Phase.ACTION_PLAN,
            ["Choisissez de une à trois actions, chacune portée par quelqu’un."],
        ),
        (Phase.SHARING, ["Publiez la démarche au registre, au niveau annoncé."]),
        (Phase.FOLLOW_UP, []),
    ],
)
def test_what_is_left_if_possible_at_each_phase(phase, wishes):
    assert left_if_possible(AppraisalFactory(at_restitution=True), phase) == wishes


def test_an_unfinished_entry_is_left_at_the_meeting():
    meeting = MeetingFactory(open=True)
    assert left_if_possible(meeting.appraisal, Phase.MEETING) == [
        "Fermez la rencontre et déclarez la saisie terminée."
    ]


def test_nothing_is_left_to_share_when_private_was_announced():
    appraisal = AppraisalFactory(announced_level=PublicationLevel.PRIVATE)
    assert left_if_possible(appraisal, Phase.SHARING) == []


def test_missing_to_publish_is_the_meeting_and_the_adoption():
    assert missing_to_publish(AppraisalFactory()) == [
        "Terminez d’abord l’étape «\u00a0Tenir la rencontre\u00a0».",
        "Inscrivez qui a adopté le rapport, et quand.",
    ]


def test_missing_to_publish_is_nothing_from_restitution_on_once_adopted():
    appraisal = AppraisalFactory(
        at_restitution=True, adopted_by="Comité", adopted_on=timezone.localdate()
    )
    assert missing_to_publish(appraisal) == []


# --- advancing ---


def test_advance_stamps_moves_and_logs(appraisal, lead):
    appraisal.purposes, appraisal.contact_name = ["other"], "Luce"
    appraisal.save()
    advanced = advance(appraisal=appraisal, phase=Phase.FRAMING, user=lead)
    assert advanced.phase == Phase.PORTRAIT
    assert done_phases(advanced) == [Phase.FRAMING]
    log = TransitionLog.objects.get(appraisal=appraisal)
    assert (log.name, log.from_phase, log.to_phase, log.user) == (
        "finish_framing",
        "framing",
        "portrait",
        lead,
    )


def test_advance_refuses_with_the_missing_list(appraisal, lead):
    appraisal.expected_on = None
    appraisal.save()
    with pytest.raises(DomainError, match="Indiquez la date approximative de la rencontre"):
        advance(appraisal=appraisal, phase=Phase.FRAMING, user=lead, comment="Tant pis")
    appraisal.refresh_from_db()
    assert done_phases(appraisal) == []
    assert not TransitionLog.objects.exists()


def test_advance_asks_for_a_sentence_when_something_is_left(framed, lead):
    with pytest.raises(DomainError) as refusal:
        advance(appraisal=framed, phase=Phase.PORTRAIT, user=lead, comment=" ")
    assert str(refusal.value) == (
        "Joignez ou écrivez un portrait, avec sa source. "
        "Ou dites en une phrase pourquoi vous passez cette étape."
    )
    assert list(refusal.value.fields) == ["comment"]


def test_a_phase_is_passed_with_one_sentence(framed, lead):
    advance(appraisal=framed, phase=Phase.PORTRAIT, user=lead, comment="Il existe déjà.")
    log = TransitionLog.objects.get()
    assert (log.name, log.comment) == ("pass_portrait", "Il existe déjà.")


def test_portrait_and_convening_end_in_either_order(framed, lead):
    first = advance(appraisal=framed, phase=Phase.CONVENING, user=lead, comment="Fait ailleurs.")
    assert (first.phase, done_phases(first)) == (Phase.PORTRAIT, [Phase.FRAMING, Phase.CONVENING])
    PhaseRecord.objects.create(appraisal=framed, phase=Phase.PORTRAIT, text="Douze chiffres.")
    second = advance(appraisal=framed, phase=Phase.PORTRAIT, user=lead)
    assert second.phase == Phase.MEETING


def test_sharing_may_end_from_restitution_and_the_phase_stays(met, lead):
    shared = advance(appraisal=met, phase=Phase.SHARING, user=lead, comment="Le conseil attend.")
    assert shared.phase == Phase.RESTITUTION
    restituted = advance(
        appraisal=met, phase=Phase.RESTITUTION, user=lead, comment="Adoption en janvier."
    )
    assert restituted.phase == Phase.ACTION_PLAN
    Action.objects.create(
        appraisal=met, title="Un café", carrier="Luce", first_step="Appeler", due_on="2027-01-15"
    )
    assert advance(appraisal=met, phase=Phase.ACTION_PLAN, user=lead).phase == Phase.FOLLOW_UP


def test_advance_twice_is_harmless(framed, lead):
    for _ in range(2):
        advance(appraisal=framed, phase=Phase.PORTRAIT, user=lead, comment="Plus tard.")
    assert TransitionLog.objects.count() == 1


def test_advance_refuses_a_later_phase(framed, lead):
    with pytest.raises(DomainError, match="Préparer le portrait"):
        advance(appraisal=framed, phase=Phase.RESTITUTION, user=lead, comment="Vite.")


@pytest.mark.parametrize("role", ["observer", "committee"])
def test_advance_refuses_who_may_only_look(framed, role):
    member = MembershipFactory(appraisal=framed, role=role)
    with pytest.raises(DomainError, match="responsable ou à la coordination"):
        advance(appraisal=framed, phase=Phase.PORTRAIT, user=member.user, comment="Oui.")


def test_advance_is_open_to_the_coordinator_of_the_territory():
    territory = PlaceFactory(territory=True)
    appraisal = AppraisalFactory(
        place__parent=territory, phase=Phase.PORTRAIT, framing_done_at=timezone.now()
    )
    coordinator = RoleAssignmentFactory(place=territory).user
    moved = advance(
        appraisal=appraisal, phase=Phase.PORTRAIT, user=coordinator, comment="Voir MRC."
    )
    assert moved.phase == Phase.CONVENING


def test_ending_the_follow_up_closes_with_lessons(lead):
    done = dict.fromkeys(STAMPS[:-1], timezone.now())
    appraisal = AppraisalFactory(phase=Phase.FOLLOW_UP, **done)
    MembershipFactory(appraisal=appraisal, user=lead)
    with pytest.raises(DomainError, match="Écrivez ce que vous avez appris"):
        advance(appraisal=appraisal, phase=Phase.FOLLOW_UP, user=lead)
    closed = advance(
        appraisal=appraisal, phase=Phase.FOLLOW_UP, user=lead, comment="Commencer par un café."
    )
    assert (closed.state, closed.phase) == (AppraisalState.CLOSED, Phase.FOLLOW_UP)
    opened = reopen_phase(
        appraisal=appraisal, phase=Phase.FOLLOW_UP, user=lead, comment="Une nouvelle."
    )
    assert (opened.state, opened.follow_up_done_at) == (AppraisalState.ACTIVE, None)


# --- going back ---


@pytest.mark.parametrize(
    ("phase", "kept"),
    [
        (Phase.FRAMING, []),
        (Phase.PORTRAIT, [Phase.FRAMING, Phase.CONVENING]),
        (Phase.CONVENING, [Phase.FRAMING, Phase.PORTRAIT]),
        (Phase.MEETING, [Phase.FRAMING, Phase.PORTRAIT, Phase.CONVENING]),
        (Phase.RESTITUTION, list(Phase)[:4]),
        (Phase.ACTION_PLAN, list(Phase)[:5]),
        (Phase.SHARING, list(Phase)[:6]),
    ],
)
def test_reopening_clears_exactly_the_later_stamps(lead, phase, kept):
    appraisal = AppraisalFactory(
        phase=Phase.FOLLOW_UP, **dict.fromkeys(STAMPS[:-1], timezone.now())
    )
    MembershipFactory(appraisal=appraisal, user=lead)
    reopened = reopen_phase(appraisal=appraisal, phase=phase, user=lead, comment="À revoir.")
    assert done_phases(reopened) == kept
    assert reopened.phase == phase
    assert TransitionLog.objects.get().name == f"reopen_{phase}"


def test_reopening_asks_for_a_sentence(met, lead):
    with pytest.raises(DomainError, match="Dites en une phrase pourquoi"):
        reopen_phase(appraisal=met, phase=Phase.MEETING, user=lead, comment="")


def test_reopening_is_not_for_the_co_facilitator(met):
    member = MembershipFactory(appraisal=met, role="co_facilitator")
    with pytest.raises(DomainError, match="responsable ou à la coordination"):
        reopen_phase(appraisal=met, phase=Phase.MEETING, user=member.user, comment="Oups.")


def test_reopening_what_was_adopted_takes_the_adoption_away_and_says_so(met, lead):
    met.adopted_by, met.adopted_on = "Comité local", timezone.localdate()
    met.save()
    reopened = reopen_phase(appraisal=met, phase=Phase.MEETING, user=lead, comment="Erreur.")
    assert (reopened.adopted_by, reopened.adopted_on) == ("", None)
    assert TransitionLog.objects.get(name="adoption_cleared").comment.startswith(
        "Adopté par Comité local le 20"
    )


def test_reopening_a_phase_that_is_not_done_is_harmless(framed, lead):
    reopen_phase(appraisal=framed, phase=Phase.PORTRAIT, user=lead, comment="Rien à faire.")
    assert not TransitionLog.objects.exists()


# --- states ---


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("active", "postpone", "postponed"),
        ("active", "put_to_sleep", "dormant"),
        ("postponed", "put_to_sleep", "dormant"),
        ("postponed", "resume", "active"),
        ("dormant", "resume", "active"),
        ("active", "cancel", "cancelled"),
        ("dormant", "cancel", "cancelled"),
        ("cancelled", "revive", "active"),
    ],
)
def test_states_change_along_the_table(appraisal, lead, before, name, after):
    Appraisal.objects.filter(pk=appraisal.pk).update(state=before)
    changed = change_state(appraisal=appraisal, name=name, user=lead, comment="La neige.")
    assert (changed.state, changed.phase) == (after, Phase.FRAMING)
    log = TransitionLog.objects.exclude(name="date_moved").get()
    assert (log.name, log.from_state, log.to_state) == (name, before, after)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("cancelled", "postpone"),
        ("closed", "cancel"),
        ("cancelled", "resume"),
        ("active", "revive"),
    ],
)
def test_states_refuse_what_the_table_does_not_list(appraisal, lead, before, name):
    if before == "active":
        assert (
            change_state(appraisal=appraisal, name=name, user=lead, comment="Non").state == before
        )
        return
    Appraisal.objects.filter(pk=appraisal.pk).update(state=before)
    with pytest.raises(DomainError, match="reprenez-la d’abord"):
        change_state(appraisal=appraisal, name=name, user=lead, comment="Non.")


def test_cancelling_asks_why(appraisal, lead):
    with pytest.raises(DomainError, match="Dites en une phrase pourquoi"):
        change_state(appraisal=appraisal, name="cancel", user=lead)


def test_a_postponed_appraisal_does_not_advance(appraisal, lead):
    later = timezone.localdate() + dt.timedelta(days=30)
    change_state(
        appraisal=appraisal, name="postpone", user=lead, comment="La neige.", new_date=later
    )
    with pytest.raises(DomainError, match="La démarche est reportée"):
        advance(appraisal=appraisal, phase=Phase.FRAMING, user=lead, comment="Quand même.")


def test_allowed_transitions_follow_the_role(met, lead):
    assert [row.name for row in allowed_transitions(met, lead)] == [
        "reopen_framing",
        "reopen_portrait",
        "reopen_convening",
        "reopen_meeting",
        "postpone",
        "put_to_sleep",
        "cancel",
    ]
    helper = MembershipFactory(appraisal=met, role="co_facilitator").user
    assert [row.name for row in allowed_transitions(met, helper)] == ["postpone", "put_to_sleep"]
    assert allowed_transitions(met, UserFactory()) == []


def test_every_transition_has_a_name_of_its_own_that_fits_the_log():
    names = [transition.name for transition in TRANSITIONS]
    assert len(names) == len(set(names)) == 28
    assert max(map(len, names)) <= 30


# --- which page opens ---


@pytest.mark.parametrize(
    ("stamped", "openable"),
    [
        (0, [Phase.FRAMING]),
        (1, [Phase.FRAMING, Phase.PORTRAIT, Phase.CONVENING]),
        (3, list(Phase)[:4]),
        (4, [*list(Phase)[:5], Phase.SHARING]),
        (6, list(Phase)[:7]),
        (7, list(Phase)),
    ],
)
def test_phases_that_open_by_address(stamped, openable):
    appraisal = Appraisal(**dict.fromkeys(STAMPS[:stamped], timezone.now()))
    appraisal.phase = current_phase(appraisal)
    assert [phase for phase in Phase if can_open_phase(appraisal, phase)] == openable


# --- the database is the last guard ---


@pytest.mark.parametrize(
    "incoherent",
    [
        {"phase": Phase.PORTRAIT},
        {"phase": Phase.MEETING, "framing_done_at": timezone.now()},
        {
            "phase": Phase.RESTITUTION,
            "framing_done_at": timezone.now(),
            "portrait_done_at": timezone.now(),
            "convening_done_at": timezone.now(),
        },
        {"adopted_on": timezone.now().date()},
        {"is_historical": True},
    ],
)
def test_the_database_refuses_an_incoherent_row(incoherent):
    appraisal = AppraisalFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.filter(pk=appraisal.pk).update(**incoherent)
