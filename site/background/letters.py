"""The text of a mail, from its template, and the full address of a link in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse

from core.typography import fr_typo


def write_letter(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject (first line) and body of a plain mail: what is not HTML is not escaped.

    Written as Québec does, templates and typed words alike; addresses are left as they are.
    """
    text = Engine.get_default().get_template(template).render(Context(context, autoescape=False))
    subject, _, body = fr_typo(text.strip()).partition("\n")
    return subject.strip(), body.strip() + "\n"


def full_address(name: str, *args: object) -> str:
    """A link that works outside the site: the worker that sends mails has no request."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)
