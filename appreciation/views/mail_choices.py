"""« Mes préférences »: which mails one does without; and the link at the foot of those mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appreciation.interfaces.mail_choices_form import MailChoicesForm
from appreciation.models.directory import may_read_directory
from appreciation.views.guards import SAVED, space_view, typed_text
from background.preferences import choose_mails, optional_mail, refuse_mail, refused_kinds


@space_view("GET", "HEAD", "POST")
def preferences(request: HttpRequest) -> HttpResponse:
    form = MailChoicesForm(typed_text(request), refused=refused_kinds(request.user))
    if request.method == "POST" and form.is_valid():
        choose_mails(user=request.user, refused=form.refused())
        messages.success(request, "Vos préférences sont enregistrées.", extra_tags=SAVED)
        return redirect("space:preferences")
    context = {"form": form, "reads_directory": may_read_directory(request.user)}
    return render(request, "space/preferences.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Mail scanners open links: only the button stops. It cannot tell whether the link is good."""
    mail = optional_mail(kind)
    if mail is None:
        raise Http404
    if request.method == "POST":
        refuse_mail(token=token, kind=kind)
        return redirect(f"{reverse('mail_choices:stop', args=[token, kind])}?fait=oui")
    return render(request, "mail_choices/stop.html", {"mail": mail, "done": "fait" in request.GET})
