"""Inviting people (coordinators), and accepting an invitation (whoever holds the link)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.invitations import (
    accept_invitation,
    can_invite,
    find_invitation,
    invite,
    revoke_invitation,
)
from accounts.forms import AcceptInvitationForm, InvitationForm
from accounts.models import Invitation
from background.letters import full_address, write_letter
from background.outbox import queue_mail
from core.errors import DomainError
from core.form_errors import add_refusal

BACKEND = "django.contrib.auth.backends.ModelBackend"
SHOWN = 100
INVITED_EMAIL = "invited_email"
"""In the session: the address that another screen asks to invite, shown once."""


def _send_by_mail(invitation: Invitation, token: str) -> None:
    link = full_address("accounts:invitation_accept", token)
    context = {"invitation": invitation, "link": link}
    subject, body = write_letter("account/email/invitation.txt", context)
    queue_mail(
        kind="invitation",
        to=invitation.email,
        subject=subject,
        body=body,
        key=f"invitation/{invitation.pk}/",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    if not can_invite(request.user):
        raise Http404
    initial = {"email": request.session.pop(INVITED_EMAIL, "")} if request.method == "GET" else None
    form = InvitationForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invite(invited_by=request.user, send=_send_by_mail, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "L’invitation est partie. Son lien vaut sept jours.")
            return redirect("accounts:invitations")
    sent = Invitation.objects.visible_to(request.user).select_related("place", "invited_by")
    context = {"form": form, "invitations": sent[:SHOWN]}
    return render(request, "account/invitations.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if not can_invite(request.user):
        raise Http404
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        revoke_invitation(invitation=invitation)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "L’invitation est annulée: son lien ne marche plus.")
    return redirect("accounts:invitations")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "account/invitation_over.html", status=410)
    form = AcceptInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(token=token, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, "Bienvenue! Votre compte est ouvert.")
            return redirect("/espace/")
    context = {"form": form, "invitation": invitation}
    return render(request, "account/invitation_accept.html", context)
