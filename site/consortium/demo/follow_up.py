"""What became of the demonstration's actions: one check-in answered, one without news."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from appreciation.domain.check_in_answers import ReplyDraft, Teller, answer_check_in
from appreciation.domain.check_ins import SILENT_AFTER
from appreciation.domain.facilitator_review import ReviewDraft, save_review
from appreciation.domain.outcomes import OutcomeDraft, record_outcome, show_check_in
from appreciation.enums import CheckInMonths, CheckInReply, CheckInState
from appreciation.models import Appraisal, CheckIn

REPLIES = (
    (CheckInReply.DONE, "Quatre personnes conduisent à tour de rôle (exemple fictif)."),
    (CheckInReply.NEEDS_HELP, "Il manque une animatrice pour l’atelier (exemple fictif)."),
)

OUTCOMES = (
    ("small_step", 60, "L’horaire du covoiturage est affiché au bureau de poste (fictif).", True),
    ("outcome", 20, "Douze personnes vont à la clinique chaque jeudi (fictif).", True),
    ("small_step", 10, "Une bénévole a proposé sa salle (fictif).", False),
)
REVIEW = ReviewDraft(
    worked="Les affiches à l’épicerie ont amené des gens qu’on ne voit jamais (fictif).",
    difficult="Trouver une date qui convienne aux agricultrices et agriculteurs (fictif).",
    differently="Appeler les jeunes un mois plus tôt (fictif).",
    community_says="« On s’est enfin parlé » (fictif).",
    advice="Prévoir le café et une gardienne (fictif).",
    hours=Decimal("41.5"),
)


def tell_check_in(appraisal: Appraisal, outcome: str, lead: User) -> None:
    """The check-in at 3 months, `answered` or `silent`. No mail leaves for it."""
    check_in = CheckIn.objects.get(appraisal=appraisal, months=CheckInMonths.THREE)
    evening = timezone.make_aware(dt.datetime.combine(check_in.due_on, dt.time(3, 15)))
    asked_at = min(evening, timezone.now())
    CheckIn.objects.filter(pk=check_in.pk).update(asked_at=asked_at)
    if outcome == "silent":
        CheckIn.objects.filter(pk=check_in.pk).update(
            state=CheckInState.SILENT, reminded_at=asked_at + SILENT_AFTER / 2
        )
        return
    answered = answer_check_in(
        check_in=check_in,
        replies=[
            ReplyDraft(action, *REPLIES[number % len(REPLIES)])
            for number, action in enumerate(appraisal.actions.all())
        ],
        words="Le comité se réunit chaque mois (exemple fictif).",
        teller=Teller(label="Une personne du comité (fictive)"),
    )
    show_check_in(check_in=answered, user=lead, is_public=True)
    _tell_outcomes(appraisal, lead)


def _tell_outcomes(appraisal: Appraisal, lead: User) -> None:
    """A small step and an outcome at the register, one more for the team, and a look back."""
    today = timezone.localdate()
    for kind, days, words, is_public in OUTCOMES:
        record_outcome(
            appraisal=appraisal,
            user=lead,
            draft=OutcomeDraft(
                kind=kind,
                happened_on=today - dt.timedelta(days=days),
                words=words,
                is_public=is_public,
                evidence_link="https://exemple.org/marche" if is_public else "",
            ),
        )
    save_review(appraisal=appraisal, user=lead, version=0, draft=REVIEW)
