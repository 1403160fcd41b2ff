"""« Ouvrir une démarche »: a place, who asks, a rough date."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import User
from appreciation.domain.appraisals import create_appraisal
from appreciation.domain.interests import guess_place, open_from_interest
from appreciation.interfaces.appraisal_forms import AppraisalCreateForm
from appreciation.models import Appraisal, InterestRequest
from appreciation.views.guards import SAVED, kept_text, space_view
from core.errors import DomainError
from core.form_errors import add_refusal
from core.typography import of_name
from reference.models import Place


@space_view("GET", "HEAD", "POST")
def appraisal_create(request: HttpRequest) -> HttpResponse:
    places = Place.objects.appraisable().filter(valid_to__isnull=True)
    is_sent = request.method == "POST"
    data = request.POST if is_sent else kept_text(request)
    interest = _interest_asked(request, data)
    form = AppraisalCreateForm(data, places=places, initial=_first_answers(interest, places))
    if is_sent and form.is_valid():
        try:
            appraisal = _open(request.user, form, interest)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            words = f"La démarche {appraisal.reference} est ouverte."
            messages.success(request, words, extra_tags=SAVED)
            return redirect("space:appraisal", appraisal.reference)
    context = {"form": form, "interest": interest}
    return render(request, "space/appraisal_create.html", context)


def _interest_asked(request: HttpRequest, data: QueryDict | None) -> InterestRequest | None:
    """The community's request that this démarche answers, if she may see it."""
    asked = (data or request.GET).get("interet", "")
    if not asked.isdecimal():
        return None
    return get_object_or_404(InterestRequest.objects.editable_by(request.user), pk=asked)


def _first_answers(interest: InterestRequest | None, places: QuerySet[Place]) -> dict[str, object]:
    if interest is None:
        return {}
    place = guess_place(interest, places)
    return {
        "place": place.pk if place else None,
        "requested_by": f"Des gens {of_name(interest.community)}",
    }


def _open(user: User, form: AppraisalCreateForm, interest: InterestRequest | None) -> Appraisal:
    if interest is None:
        return create_appraisal(user=user, **form.cleaned_data)
    return open_from_interest(interest=interest, user=user, now=timezone.now(), **form.cleaned_data)
