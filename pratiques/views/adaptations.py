"""« On l’a adaptée ici »: the visitor's form, and the moderators' list."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from cms.public_forms import TOO_OLD, TooManySendingsError, count_sending, key_of_form
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough, visitor_address
from pratiques.domain.adaptations import record_adaptation, settle_adaptation
from pratiques.interfaces.adaptation_form import FORM, AdaptationForm
from pratiques.models import Adaptation, PracticePage

PER_PAGE = 30


@origin_is_enough
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adapted(request: HttpRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(PracticePage.objects.live().public(), pk=pk)
    form = AdaptationForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            _keep(request, practice, form)
        except DomainError as refusal:
            if str(refusal) == TOO_OLD:
                form.start_again()
            status = 429 if isinstance(refusal, TooManySendingsError) else 200
            add_refusal(form, refusal)
        else:
            return redirect(f"{reverse('pratiques:adapted', args=[pk])}?envoye=oui")
    is_sent = "envoye" in request.GET and request.method != "POST"
    context = {"practice": practice, "form": form, "is_sent": is_sent}
    return render(request, "pratiques/adapted.html", context, status=status)


def _keep(request: HttpRequest, practice: PracticePage, form: AdaptationForm) -> None:
    now = timezone.now()
    said = form.said()
    form_key = key_of_form(FORM, form.cleaned_data["started"], said=said)
    count_sending(form=FORM, address=visitor_address(request), now=now)
    record_adaptation(practice=practice, said=said, form_key=form_key, now=now)


@never_cache
@require_safe
def adaptations(request: HttpRequest) -> HttpResponse:
    """Those to read first (« waiting » comes last in the alphabet)."""
    mine = Adaptation.objects.visible_to(request.user).order_by("-state", "received_at", "pk")
    rows = Paginator(mine.select_related("practice", "territory"), PER_PAGE)
    context = {"page": rows.get_page(request.GET.get("page"))}
    return render(request, "pratiques/admin/adaptations.html", context)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    adaptation = get_object_or_404(Adaptation.objects.visible_to(request.user), pk=pk)
    is_shown = "show" in request.POST
    settle_adaptation(
        adaptation=adaptation, user=request.user, is_shown=is_shown, now=timezone.now()
    )
    messages.success(request, "Elle paraît sur la fiche." if is_shown else "Elle ne paraît pas.")
    return redirect("pratiques_adaptations")
