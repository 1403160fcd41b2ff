"""« Mon compte »: one page that gathers what allauth keeps apart."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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


def admin_door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever it does not let in: to the site's sign-in, or to a plain refusal.

    Somebody already signed in would be sent back and forth for ever. Raises PermissionDenied.
    """
    if request.user.is_authenticated and not request.user.enters_admin:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")
