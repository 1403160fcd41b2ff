"""Who may open what in the space. Whoever may not is told that nothing is there (404)."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from appreciation.domain.actors import Actor
from appreciation.domain.evening_passes import usable_passes
from appreciation.domain.live import with_pulse
from appreciation.models import Appraisal, EveningPass, Meeting, Synthesis
from reference.enums import PlaceKind
from reference.models import Place
from reference.models.places import PlaceQuerySet

SECRETARY_KEY = "evening_secretary"


def appraisal_for(request: HttpRequest, reference: str, *, to_edit: bool = False) -> Appraisal:
    """The démarche, if this person may see it (or change it, with `to_edit`). Http404 otherwise."""
    manager = Appraisal.objects
    queryset = manager.editable_by(request.user) if to_edit else manager.visible_to(request.user)
    return get_object_or_404(
        queryset.select_related("place__parent", "instrument"), reference=reference
    )


def meeting_for(
    request: HttpRequest, reference: str, *, to_edit: bool = False, rehearsed: bool = False
) -> Meeting:
    """The meeting, if this person may see its démarche (or change it). Http404 otherwise.

    A screen that may also play a rehearsal says so (`rehearsed`); to all others it is not there.
    """
    manager = Meeting.every if rehearsed else Meeting.objects
    queryset = manager.editable_by(request.user) if to_edit else manager.visible_to(request.user)
    return get_object_or_404(
        queryset.select_related("appraisal__place__parent", "instrument__scale"),
        reference=reference,
    )


def live_meeting_for(request: HttpRequest, reference: str) -> Meeting:
    """As `meeting_for`, a rehearsal too, with what tells whether anything moved. One query."""
    visible = Meeting.every.visible_to(request.user).select_related(
        "appraisal__place", "instrument__scale"
    )
    return get_object_or_404(with_pulse(visible), reference=reference)


def coordinates(user: User) -> bool:
    """Whether this person coordinates a place, or administers the site."""
    return user.is_active and (user.is_superuser or user.coordinated_places().exists())


def coordinated_regions(user: User) -> PlaceQuerySet:
    """The whole regions that this person coordinates; all of them for an administrator."""
    places = Place.objects.all() if user.is_superuser else user.coordinated_places()
    return places.filter(kind=PlaceKind.REGION).order_by("name")


def coordinates_a_region(user: User) -> bool:
    """Whether she may open the workshop: a territory's coordinator may not."""
    return user.is_active and coordinated_regions(user).exists()


def synthesis_for(request: HttpRequest, reference: str, *, to_edit: bool = False) -> Synthesis:
    """The synthesis, for who coordinates its whole region: reading and writing ask the same right.

    Http404 otherwise.
    """
    visible = Synthesis.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("region"), reference=reference)


def coordinates_everything(user: User) -> bool:
    """Whether no démarche lies outside her sight: every region is hers, or she administers."""
    if user.is_superuser:
        return user.is_active
    regions = set(Place.objects.filter(kind=PlaceKind.REGION).values_list("pk", flat=True))
    hers = set(user.coordinated_places().values_list("pk", flat=True))
    return user.is_active and bool(regions) and regions <= hers


def rehearsal_for(request: HttpRequest, reference: str, *, to_edit: bool = False) -> Meeting:
    """The rehearsal, for whoever made it; to anybody else it is not there (404)."""
    return get_object_or_404(
        Meeting.every.editable_by(request.user)
        .filter(appraisal__is_rehearsal=True)
        .select_related("appraisal__place", "instrument__scale"),
        reference=reference,
    )


def may_try_entry(request: HttpRequest) -> bool:
    """Somebody with an account, or a « secrétaire d’un soir » whose pass is still good."""
    return request.user.is_authenticated or _evening_pass(request) is not None


def was_secretary(request: HttpRequest) -> bool:
    """Whether this session once joined by the link of an evening, over or not."""
    return SECRETARY_KEY in request.session


def meeting_for_entry(request: HttpRequest, reference: str) -> tuple[Meeting, Actor]:
    """The meeting and who types, if she may type paper and hands. Http404 otherwise.

    The team, by its account; or the secretary of that evening, for that meeting only.
    """
    if request.user.is_authenticated:
        editable = Meeting.every.editable_by(request.user).filter(reference=reference)
        meeting = editable.select_related("appraisal__place", "instrument__scale").first()
        if meeting is not None:
            return meeting, Actor(user=request.user)
    evening_pass = _evening_pass(request)
    if evening_pass is None or evening_pass.meeting.reference != reference:
        raise Http404
    return evening_pass.meeting, Actor(evening_pass=evening_pass)


def join_as_secretary(request: HttpRequest, evening_pass: EveningPass) -> None:
    """Put the pass in the session: checked again, with its end, at every request."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
    request.session[SECRETARY_KEY] = evening_pass.pk


def _evening_pass(request: HttpRequest) -> EveningPass | None:
    pk = request.session.get(SECRETARY_KEY)
    if pk is None:
        return None
    related = ("meeting__appraisal__place", "meeting__instrument__scale")
    return usable_passes().filter(pk=pk).select_related(*related).first()
