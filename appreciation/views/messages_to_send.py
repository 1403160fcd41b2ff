"""Messages ready to copy, send or print: proposed from the facts, changed before they leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.contacts import contacts_purge_date
from appreciation.domain.messages import (
    NEVER_SENT,
    already_sent,
    is_meant_for,
    message_of,
    on_paper,
    reset_message,
    save_message,
    send_message,
)
from appreciation.enums import MessageKind, Phase
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.message_forms import MessageForm
from appreciation.models import Appraisal
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal

SLUGS = {
    "municipalite": MessageKind.MUNICIPALITY,
    "groupes": MessageKind.GROUPS,
    "citoyens": MessageKind.RESIDENTS,
    "telephone": MessageKind.PHONE,
    "rappel": MessageKind.REMINDER,
    "merci": MessageKind.THANKS,
}


@appraisal_view("GET", "HEAD", to_edit=True)
def message_list(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    context = {
        "appraisal": appraisal,
        "kinds": SLUGS.items(),
        **stepper(appraisal, shown=Phase.CONVENING),
    }
    return render(request, "convening/messages.html", context)


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def message(request: HttpRequest, appraisal: Appraisal, slug: str) -> HttpResponse:
    kind = _kind(slug)
    if request.POST.get("intent") == "reset":
        reset_message(appraisal=appraisal, user=request.user, kind=kind)
        messages.success(request, "Le texte proposé est remis.", extra_tags=SAVED)
        return redirect("space:message", appraisal.reference, slug)
    form = _form(appraisal, kind, typed_text(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, appraisal, slug, form)
    try:
        return _carry_out(request, appraisal, slug, form)
    except ConcurrentEditError as conflict:
        stored = _form(appraisal, kind, None)
        form.data = form.data.copy()
        form.data["version"] = stored.initial["version"]
        more = {"conflict": str(conflict), "differences": differences(form, stored)}
        return _page(request, appraisal, slug, form, status=409, **more)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _page(request, appraisal, slug, form)


def _carry_out(
    request: HttpRequest, appraisal: Appraisal, slug: str, form: MessageForm
) -> HttpResponse:
    """Whatever is asked, the text on screen is kept first."""
    what = {"appraisal": appraisal, "user": request.user, "kind": SLUGS[slug]}
    save_message(**what, **form.text())
    intent = request.POST.get("intent")
    if intent == "print":
        return redirect("space:message_print", appraisal.reference, slug)
    words = "Le texte est enregistré."
    if intent == "send":
        sent = send_message(**what, people=[int(pk) for pk in form.cleaned_data["people"]])
        words = _sent_in_words(sent)
    messages.success(request, words, extra_tags=SAVED)
    return redirect("space:message", appraisal.reference, slug)


def _sent_in_words(sent: int) -> str:
    if not sent:
        return "Ces personnes l’ont déjà reçu: rien n’est parti une deuxième fois."
    return "1 courriel part maintenant." if sent == 1 else f"{sent} courriels partent maintenant."


def _kind(slug: str) -> MessageKind:
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]


def _form(appraisal: Appraisal, kind: MessageKind, data) -> MessageForm:
    sent = already_sent(appraisal, kind)
    people = [one for one in appraisal.invitees.select_related("sector") if one.email]
    waiting = [one for one in people if one.pk not in sent]
    ticked = [one.pk for one in waiting if is_meant_for(kind, one)]
    return MessageForm(data, message=message_of(appraisal, kind), people=waiting, ticked=ticked)


def _page(
    request: HttpRequest,
    appraisal: Appraisal,
    slug: str,
    form: MessageForm,
    *,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    kind = SLUGS[slug]
    context = {
        "appraisal": appraisal,
        "kind": kind,
        "slug": slug,
        "form": form,
        "message": message_of(appraisal, kind),
        "is_sent_by_mail": kind not in NEVER_SENT,
        "sent": len(already_sent(appraisal, kind)),
        "purge_on": contacts_purge_date(appraisal),
        **stepper(appraisal, shown=Phase.CONVENING),
        **more,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "convening/message.html", context, status=status)


@appraisal_view("GET", "HEAD", to_edit=True)
def message_print(request: HttpRequest, appraisal: Appraisal, slug: str) -> HttpResponse:
    text = message_of(appraisal, _kind(slug))
    context = {
        "appraisal": appraisal,
        "slug": slug,
        "message": text,
        "body": on_paper(text, appraisal),
        **stepper(appraisal, shown=Phase.CONVENING),
    }
    return render(request, "convening/message_print.html", context)
