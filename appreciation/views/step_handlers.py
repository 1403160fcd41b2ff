"""What differs from one step to the next: its form, what saving it calls, what it shows beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from appreciation.domain import action_plan, appraisals, meeting_plan, phase_records, portraits
from appreciation.domain.contacts import contacts_purge_date
from appreciation.domain.dots import rankings_of
from appreciation.domain.queries.invitees import gathering
from appreciation.domain.room_mix import awaited_mix
from appreciation.enums import Pace, Phase
from appreciation.interfaces.action_forms import ActionPlanForm
from appreciation.interfaces.portrait_form import PortraitForm
from appreciation.interfaces.step_forms import (
    ConveningForm,
    FollowUpForm,
    FrameForm,
    MeetingForm,
    StepForm,
)
from appreciation.models import Appraisal, PhaseRecord
from cms.models import SiteDocument
from cms.stored_documents import store_document
from core.errors import DomainError


@dataclass(frozen=True)
class StepHandler:
    """`build(appraisal, data, files)` makes the form; `save(appraisal, user, form)` keeps it.

    `beside(appraisal)` is what its template shows that the form does not hold.
    """

    template: str
    build: Callable[[Appraisal, Any, Any], StepForm]
    save: Callable[[Appraisal, User, Any], None]
    beside: Callable[[Appraisal], dict[str, object]] = lambda _appraisal: {}


def _record(appraisal: Appraisal, phase: str) -> PhaseRecord | None:
    return (
        PhaseRecord.objects.select_related("document", "updated_by")
        .filter(appraisal=appraisal, phase=phase)
        .first()
    )


def _frame_form(appraisal: Appraisal, data, _files) -> FrameForm:
    is_frozen = appraisals.is_frame_frozen(appraisal)
    return FrameForm(data, appraisal=appraisal, is_frozen=is_frozen)


def _save_frame(appraisal: Appraisal, user: User, form: FrameForm) -> None:
    appraisals.save_frame(
        appraisal=appraisal, user=user, version=form.cleaned_data["version"], values=form.frame()
    )


def _portrait_form(appraisal: Appraisal, data, files) -> PortraitForm:
    record = _record(appraisal, Phase.PORTRAIT)
    kept = portraits.figure_lines(appraisal), portraits.fact_lines(appraisal)
    begun = any(kept)
    suggestion = (
        portraits.Suggestion() if begun else portraits.suggested_portrait(appraisal, record)
    )
    return PortraitForm(
        data,
        files,
        record=record,
        figures=kept[0] or list(suggestion.figures),
        facts=kept[1] or list(suggestion.facts),
        is_suggested=bool(suggestion),
    )


def _save_portrait(appraisal: Appraisal, user: User, form: PortraitForm) -> None:
    """A refusal leaves no file behind: nobody's screen would lead to it."""
    document = _portrait_document(appraisal, user, form.cleaned_data["document"])
    try:
        portraits.save_portrait(
            appraisal=appraisal,
            user=user,
            version=form.cleaned_data["version"],
            text=form.cleaned_data["text"],
            source=form.cleaned_data["source"],
            document=document,
            figures=form.figures(),
            facts=form.facts(),
        )
    except DomainError:
        if document is not None:
            document.delete()
        raise


def _portrait_document(
    appraisal: Appraisal, user: User, upload: UploadedFile | None
) -> SiteDocument | None:
    if not upload:
        return None
    return store_document(
        upload.read(),
        name=upload.name or "portrait.pdf",
        title=f"Portrait, {appraisal.reference}",
        is_private=True,
        field="document",
        user=user,
    )


def _convening_form(appraisal: Appraisal, data, _files) -> ConveningForm:
    return ConveningForm(
        data,
        record=_record(appraisal, Phase.CONVENING),
        tasks=phase_records.tasks_of(appraisal, Phase.CONVENING),
    )


def _save_convening(appraisal: Appraisal, user: User, form: ConveningForm) -> None:
    phase_records.save_convening(
        appraisal=appraisal,
        user=user,
        version=form.cleaned_data["version"],
        done=form.cleaned_data["tasks"],
        added=form.cleaned_data["added_task"],
    )


def _who_is_invited(appraisal: Appraisal) -> dict[str, object]:
    return {
        "gathering": gathering(appraisal),
        "mix": awaited_mix(appraisal),
        "purge_on": contacts_purge_date(appraisal),
    }


def _meeting_form(appraisal: Appraisal, data, _files) -> MeetingForm:
    planned, was_held = meeting_plan.planned_and_held(appraisal)
    return MeetingForm(data, meeting=planned, appraisal=appraisal, was_held=was_held)


def _save_meeting(appraisal: Appraisal, user: User, form: MeetingForm) -> None:
    if not form.plans_a_meeting:
        return
    meeting_plan.plan_meeting(
        appraisal=appraisal,
        user=user,
        version=form.cleaned_data["version"],
        starts_at=form.starts_at(),
        venue=form.cleaned_data["venue"],
        pace=form.cleaned_data["pace"] or Pace.GUIDED,
        asks_sector=form.cleaned_data["asks_sector"],
    )


def _action_plan_form(appraisal: Appraisal, data, _files) -> ActionPlanForm:
    return ActionPlanForm(
        data,
        actions=list(appraisal.actions.all()),
        leads=action_plan.action_leads(appraisal),
        version=phase_records.record_version(appraisal, Phase.ACTION_PLAN),
    )


def _save_actions(appraisal: Appraisal, user: User, form: ActionPlanForm) -> None:
    action_plan.save_actions(
        appraisal=appraisal,
        user=user,
        version=form.cleaned_data["version"],
        drafts=form.drafts(),
    )


def _what_the_room_chose(appraisal: Appraisal) -> dict[str, object]:
    return {"rankings": rankings_of(appraisal)}


def _follow_up_form(appraisal: Appraisal, data, _files) -> FollowUpForm:
    return FollowUpForm(
        data,
        actions=list(appraisal.actions.all()),
        version=phase_records.record_version(appraisal, Phase.FOLLOW_UP),
    )


def _save_states(appraisal: Appraisal, user: User, form: FollowUpForm) -> None:
    action_plan.save_action_states(
        appraisal=appraisal,
        user=user,
        version=form.cleaned_data["version"],
        states=form.states(),
    )


def _plain_form(_appraisal: Appraisal, data, _files) -> StepForm:
    return StepForm(data)


def _save_nothing(_appraisal: Appraisal, _user: User, _form: forms.Form) -> None:
    """The work of this step is done on other screens."""


def _what_is_published(appraisal: Appraisal) -> dict[str, object]:
    return {"is_published": appraisal.publications.current().exists()}


HANDLERS: dict[str, StepHandler] = {
    Phase.FRAMING: StepHandler("space/steps/framing.html", _frame_form, _save_frame),
    Phase.PORTRAIT: StepHandler("space/steps/portrait.html", _portrait_form, _save_portrait),
    Phase.CONVENING: StepHandler(
        "space/steps/convening.html", _convening_form, _save_convening, _who_is_invited
    ),
    Phase.MEETING: StepHandler("space/steps/meeting.html", _meeting_form, _save_meeting),
    Phase.RESTITUTION: StepHandler("space/steps/elsewhere.html", _plain_form, _save_nothing),
    Phase.ACTION_PLAN: StepHandler(
        "space/steps/action_plan.html", _action_plan_form, _save_actions, _what_the_room_chose
    ),
    Phase.SHARING: StepHandler(
        "space/steps/elsewhere.html", _plain_form, _save_nothing, _what_is_published
    ),
    Phase.FOLLOW_UP: StepHandler("space/steps/follow_up.html", _follow_up_form, _save_states),
}
