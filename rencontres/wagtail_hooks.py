"""What the editor of an event is told once it is published: who is written to, or waits for it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from core.typography import NBSP, join_words
from rencontres.domain.changes import (
    changed_words,
    facts_of,
    what_changed,
    without_address,
)
from rencontres.domain.queries.events import coordinated_events
from rencontres.models import EventPage, Registration


@hooks.register("before_publish_page")
def remember_what_was_announced(request: HttpRequest, page: Page) -> None:
    if isinstance(page, EventPage):
        request.announced = facts_of(page.pk)


@hooks.register("after_publish_page")
def say_who_is_told(request: HttpRequest, page: Page) -> None:
    before = getattr(request, "announced", None)
    after = facts_of(page.pk) if before is not None else None
    expected = Registration.objects.expected().filter(event=page.pk, erased_at=None)
    if before is None or after is None or not (count := expected.count()):
        return
    if before.is_called_off != after.is_called_off:
        _say_it_is_told(request, page)
    elif changed := what_changed(before, after):
        _offer_the_mail(request, page, changed, count)


def _say_it_is_told(request: HttpRequest, page: Page) -> None:
    """Those whom no mail reaches are named: somebody telephones."""
    words = "Les personnes inscrites en sont averties par courriel."
    if names := without_address(page):
        words = f"{words} Sans courriel, à avertir autrement{NBSP}: {join_words(names)}."
    messages.warning(request, words)


def _offer_the_mail(request: HttpRequest, page: Page, changed: list[str], count: int) -> None:
    who = f"{count} personnes inscrites ne le savent" if count > 1 else "Une personne ne le sait"
    words = f"{changed_words(changed)} {who} pas encore."
    if not coordinated_events(request.user).filter(pk=page.pk).exists():
        messages.warning(request, f"{words} Demandez à la coordination de leur écrire.")
        return
    address = reverse("meetings:write", args=[page.pk], query={"change": ",".join(changed)})
    messages.warning(request, words, buttons=[messages.button(address, "Leur écrire")])
