"""What lives around the demonstration's sheets: proposals, replies, dossiers, a check, news."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from accounts.models import User
from background.outbox import cancel_mails
from consortium.demo.drawings import draw_scene, in_bytes
from home.models import NewsIndexPage, NewsPage
from pratiques.domain.adaptations import AdaptationWords, record_adaptation, settle_adaptation
from pratiques.domain.proposal_review import decline_proposal, draft_from_proposal
from pratiques.domain.proposals import ProposalWords, confirm_proposal, propose_practice
from pratiques.enums import AdaptationState, FreshnessReply, ProposalState
from pratiques.models import (
    Adaptation,
    CataloguePage,
    DossierEntry,
    DossierPage,
    FreshnessCheck,
    PracticePage,
    PracticeProposal,
)
from reference.enums import CodeScheme
from reference.models import Issue, Place, PlaceCode

CONTENT = Path(__file__).with_name("catalogue.toml")


def create_catalogue_life(people: dict[str, User], example: Page) -> None:
    """Everything as if it had been sent and settled; no mail leaves for it."""
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    now = timezone.now()
    for number, facts in enumerate(content["proposals"]):
        _propose(facts, number, people["edition"], now)
    for number, facts in enumerate(content["adaptations"]):
        _adapt(facts, number, people["edition"], now)
    for facts in content["dossiers"]:
        _put_together(facts, example)
    for facts in content["news"]:
        _tell(facts, now)
    _ask_holders(now)


def _propose(facts: dict[str, Any], number: int, editor: User, now: dt.datetime) -> None:
    received_at = now - dt.timedelta(days=facts["days_ago"])
    words = ("story", "outcome", "holder", "contact", "email")
    proposal = propose_practice(
        said=ProposalWords(
            **{name: facts[name] for name in words},
            territory=_territory(facts["territory"]),
            photo_words=facts.get("photo_words", ""),
        ),
        photo=_photo(facts["scene"]) if "scene" in facts else None,
        form_key=f"demonstration-{number}",
        now=received_at,
    )
    proposal.is_demo = True
    proposal.save(update_fields=["is_demo"])
    _settle(proposal, facts, editor, received_at)
    cancel_mails(key_prefix=f"proposition/{proposal.pk}/")


def _settle(
    proposal: PracticeProposal, facts: dict[str, Any], editor: User, received_at: dt.datetime
) -> None:
    state = facts["state"]
    if state == ProposalState.UNCONFIRMED:
        return
    confirm_proposal(proposal=proposal, now=received_at + dt.timedelta(minutes=20))
    settled_at = received_at + dt.timedelta(days=6)
    if state == ProposalState.DECLINED:
        decline_proposal(
            proposal=proposal,
            user=editor,
            reason=facts["reason"],
            words=facts["words"],
            now=settled_at,
        )
    elif state == ProposalState.DRAFTED:
        sheet = draft_from_proposal(proposal=proposal, user=editor, now=settled_at)
        sheet.approach = facts["edited_approach"]
        sheet.save_revision(user=editor)


def _photo(scene: str) -> bytes:
    with Image.open(io.BytesIO(draw_scene(scene))) as drawn:
        return in_bytes(drawn, "JPEG")


def _adapt(facts: dict[str, Any], number: int, editor: User, now: dt.datetime) -> None:
    received_at = now - dt.timedelta(days=facts["days_ago"])
    territory = _territory(facts["territory"])
    adaptation = record_adaptation(
        practice=PracticePage.objects.get(title=facts["practice"]),
        said=AdaptationWords(territory, facts["group"], facts["words"], facts["email"]),
        form_key=f"demonstration-{number}",
        now=received_at,
    )
    Adaptation.objects.filter(pk=adaptation.pk).update(is_demo=True)
    if facts["state"] != AdaptationState.WAITING:
        settle_adaptation(
            adaptation=adaptation,
            user=editor,
            is_shown=facts["state"] == AdaptationState.SHOWN,
            now=received_at + dt.timedelta(days=2),
        )


def _put_together(facts: dict[str, Any], example: Page) -> None:
    dossier = DossierPage(
        title=facts["title"],
        slug=facts["slug"],
        introduction=facts["introduction"].replace("@example", str(example.pk)),
    )
    dossier.entries = [
        DossierEntry(
            practice=PracticePage.objects.get(title=entry["practice"]), sentence=entry["sentence"]
        )
        for entry in facts["entries"]
    ]
    CataloguePage.objects.get().add_child(instance=dossier)


def _tell(facts: dict[str, Any], now: dt.datetime) -> None:
    news = NewsPage(
        title=facts["title"],
        summary=facts["summary"],
        source_name=facts["source_name"],
        source_url=facts["source_url"],
        published_on=timezone.localdate(now - dt.timedelta(days=facts["days_ago"])),
    )
    news.issues = list(Issue.objects.filter(code__in=facts["issues"]))
    news.places = [_territory(facts["territory"])]
    NewsIndexPage.objects.get().add_child(instance=news)


def _ask_holders(now: dt.datetime) -> None:
    """Of the two sheets that are due, one holder is silent, the other says what changed."""
    silent, changed = PracticePage.objects.filter(
        live=True, review_due_on__lt=timezone.localdate(now)
    ).order_by("review_due_on")
    FreshnessCheck.objects.create(
        practice=silent,
        asked_at=now - dt.timedelta(days=30),
        reminded_at=now - dt.timedelta(days=16),
    )
    FreshnessCheck.objects.create(
        practice=changed,
        asked_at=now - dt.timedelta(days=20),
        reply=FreshnessReply.CHANGED,
        words="La halte ouvre maintenant le dimanche matin, et l’on réserve aussi par courriel.",
    )


def _territory(code: str) -> Place | None:
    found = PlaceCode.objects.filter(scheme=CodeScheme.MRC, code=code).select_related("place")
    row = found.first()
    return row.place if row else None
