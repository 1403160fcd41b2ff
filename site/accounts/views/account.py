"""« Mon compte »: one page that gathers what allauth keeps apart."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.domain.invitations import can_invite


@login_required
@require_safe
def account_home(request: HttpRequest) -> HttpResponse:
    context = {
        "has_second_factor": is_mfa_enabled(request.user),
        "has_password": request.user.has_usable_password(),
        "can_invite": can_invite(request.user),
        "roles": request.user.role_assignments.select_related("place"),
    }
    return render(request, "account/home.html", context)
