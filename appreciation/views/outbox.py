"""« Courriels en attente »: what waits, what was given up.

Neither text nor subject is shown; an address, to administrators only: a coordinator of one
territory would otherwise read who is written to in the others.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appreciation.views.guards import coordination_view
from background.lateness import lateness
from background.models import OutgoingMail
from background.outbox import try_again

SHOWN = 100


@coordination_view("GET", "HEAD", "POST")
def outbox(request: HttpRequest) -> HttpResponse:
    light = OutgoingMail.objects.defer("subject", "body", "attachment")
    if request.method == "POST":
        pk = request.POST.get("mail", "")
        mail = get_object_or_404(light.given_up(), pk=pk if pk.isdecimal() else 0)
        try_again(mail=mail)
        messages.success(request, "Le courriel repart: il est réessayé pendant 48 heures.")
        return redirect("space:outbox")
    context = {
        "is_late": bool(lateness(timezone.now())),
        "shows_addresses": request.user.is_superuser,
        "given_up": light.given_up().order_by("-given_up_at", "-pk")[:SHOWN],
        "waiting": light.waiting()[:SHOWN],
    }
    return render(request, "space/outbox.html", context)
