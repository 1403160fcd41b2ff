"""An answer that may serve others: rewritten without naming anyone, then published."""

from __future__ import annotations

import re

from django.db import transaction

from accounts.models import User
from appreciation.models import FrequentQuestion, HelpRequest
from core.errors import DomainError

EMAIL_OR_PHONE = re.compile(r"\S+@\S+\.\S+|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")


@transaction.atomic
def make_frequent_question(
    *, request: HelpRequest, user: User, question: str, answer: str, is_published: bool
) -> FrequentQuestion:
    """By who may answer it. One per request: making it again changes it.
    It is told at the page of the toolkit where the question came up, until an editor says another.

    Refused while it holds an e-mail, a telephone, or the name of who asked or of her community.
    """
    if not HelpRequest.objects.editable_by(user).filter(pk=request.pk).exists():
        raise DomainError("La coordination rédige les questions fréquentes.")
    fields = {"question": question.strip(), "answer": answer.strip()}
    refused = {name: _named(request, text) for name, text in fields.items()}
    if found := {name: words for name, words in refused.items() if words}:
        raise DomainError("Une question fréquente ne nomme personne.", fields=found)
    return FrequentQuestion.objects.update_or_create(
        made_from=request,
        defaults={**fields, "is_published": is_published, "written_by": user},
        create_defaults={
            **fields,
            "is_published": is_published,
            "written_by": user,
            "phase": request.phase,
        },
    )[0]


def _named(request: HelpRequest, text: str) -> str:
    """What must go from `text`, in a sentence; empty when nothing."""
    if EMAIL_OR_PHONE.search(text):
        return "Retirez le courriel ou le téléphone."
    names = [str(request.asker)] if request.asker else []
    names += (
        [request.appraisal.place.name, request.appraisal.reference] if request.appraisal else []
    )
    for name in names:
        if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            return f"Retirez «\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»."
    return ""
