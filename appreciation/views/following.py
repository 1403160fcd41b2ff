"""Following a published démarche without an account: ask, confirm, stop. A GET changes nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appreciation.domain.followers import (
    CONSENT,
    ask_to_follow,
    confirm_following,
    find_follower,
    find_request,
    followable,
    stop_following,
)
from appreciation.interfaces.following_form import FollowForm
from appreciation.models import Publication
from cms.public_forms import TooManySendingsError
from core.form_errors import add_refusal
from core.origin import visitor_address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    edition = followable(slug)
    if edition is None:
        raise Http404
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, edition, form):
        return redirect(f"{reverse('following:follow', args=[slug])}?envoye=oui")
    context = {
        "edition": edition,
        "form": form,
        "consent": CONSENT,
        "is_sent": "envoye" in request.GET and request.method != "POST",
    }
    return render(request, "following/follow.html", context, status=_status(form))


def _asked(request: HttpRequest, edition: Publication, form: FollowForm) -> bool:
    email, address = form.cleaned_data["email"], visitor_address(request)
    try:
        ask_to_follow(edition=edition, email=email, address=address)
    except TooManySendingsError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _status(form: FollowForm) -> int:
    if not form.errors:
        return 200
    return 429 if form.non_field_errors() else 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: only the button confirms."""
    follower = find_request(token)
    if follower is None:
        return render(request, "following/gone.html", status=404)
    if request.method == "POST":
        confirm_following(follower=follower)
        return redirect("following:confirm", token)
    return render(request, "following/confirm.html", {"follower": follower})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Once stopped, the link says so: it cannot tell whether it ever was good."""
    if request.method == "POST":
        stop_following(token=token)
        return redirect("following:stop", token)
    return render(request, "following/stop.html", {"follower": find_follower(token)})
