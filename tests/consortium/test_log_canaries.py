"""A canary in every field of the inventory, then everything is opened, sent and broken.

None is found in a log: not by the pages, nor by their errors, nor by the worker and its failures
(QUALITY.md §4 row 29).
"""

import datetime as dt
from contextlib import contextmanager, suppress
from html.parser import HTMLParser

import pytest
from django.db import IntegrityError, models, transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts.models import User
from appreciation.models import CheckIn, Invitee
from background.models import OutgoingMail
from background.outbox import queue_mail, send_due_mails
from background.schedule import run_due_jobs
from consortium.demo.loader import load_demo
from core.personal_data import Category, read_register
from core.purges import run_purges
from tests.faults.mail_server import MailServer
from tests.screens import STARTS, crawl, kind_of

pytestmark = pytest.mark.once

CANARY = "canari5e7b"
PLANTED = (Category.NAME, Category.EMAIL, Category.PHONE, Category.TEXT, Category.SECRET)
ROADS = {"token", "key", "signed", "tablet_pass", "code", "uidb36"}
"""What stands in an address and opens a door."""
NEVER_SENT = {"csrfmiddlewaretoken", "intent", "version"}
WITHOUT_ACCOUNT = ("/communaute-interessee/", "/comptes/connexion/", "/r/", "/suivre/demarches/x/")


@pytest.fixture(scope="module")
def demonstration(kept_for_the_module):
    load_demo()
    people = {user.email: user for user in User.objects.all()}
    plant()
    return people


def plant() -> None:
    """Whatever could name somebody, on every row, says « canari » (passwords and choices aside)."""
    for holding in read_register().values():
        rows = holding.model._base_manager.all()
        for name, category in holding.fields.items():
            field = holding.model._meta.get_field(name)
            if category not in PLANTED or field.choices or name == "password":
                continue
            if not isinstance(field, (models.CharField, models.TextField)):
                continue
            for pk in rows.values_list("pk", flat=True):
                # A row may not hold this together with what it holds: the others do.
                with suppress(IntegrityError), transaction.atomic():
                    rows.filter(pk=pk).update(**{name: canary(field, pk)})


def canary(field: models.Field, pk: object) -> str:
    if isinstance(field, models.EmailField):
        return f"{CANARY}-{pk}@exemple.org"
    return f"{CANARY}-{pk}" if field.unique else f"Mot de {CANARY}"[: field.max_length]


class Forms(HTMLParser):
    """`posted`: for each form that posts, its address and the names of its fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.posted: list[tuple[str, dict[str, str]]] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._open = (found.get("method") or "get").lower() == "post"
            if self._open:
                self.posted.append((found.get("action") or "", {}))
        elif self._open and tag in ("input", "textarea", "select", "button") and found.get("name"):
            self.posted[-1][1][found["name"]] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"


def send_every_form(client: Client, screens: dict[str, object]) -> int:
    """Each form of each kind of screen, once, with the canary wherever somebody types."""
    seen = set()
    for address, screen in screens.items():
        for action, fields in Forms(screen.html).posted:
            target = action or address
            if "deconnexion" in target or (key := (kind_of(target), *sorted(fields))) in seen:
                continue
            seen.add(key)
            typed = {
                name: value if name in NEVER_SENT or name.endswith("_FORMS") else CANARY
                for name, value in fields.items()
            }
            with undone():
                client.post(target, typed)
    return len(seen)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def roads_with_a_canary(patterns=None, before: str = "/"):
    """Every address of ours that a secret opens, with a canary for the secret."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if not isinstance(pattern, URLPattern):
            yield from roads_with_a_canary(pattern.url_patterns, route)
        elif "admin" not in before and ROADS & set(pattern.pattern.converters):
            parts = dict.fromkeys(pattern.pattern.converters, "1") | dict.fromkeys(ROADS, CANARY)
            for name in pattern.pattern.converters:
                for kind in ("str", "slug", "int"):
                    route = route.replace(f"<{kind}:{name}>", parts[name])
            yield route


@pytest.mark.parametrize("who", ["visitor", "coordination@exemple.org"])
def test_what_people_write_and_read_stays_out_of_the_logs(
    demonstration, log_stream, monkeypatch, who
):
    """The coordination of the region reads and changes what the teams do, and more."""
    client = Client(raise_request_exception=False)
    starts = list(STARTS[who])
    if who != "visitor":
        client.force_login(demonstration[who], "django.contrib.auth.backends.ModelBackend")
    else:
        starts += [*WITHOUT_ACCOUNT, *their_links()]
    screens, _ = crawl(client, starts, enough=2)
    shown = [address for address, screen in screens.items() if CANARY in screen.html]
    assert len(shown) > (2 if who == "visitor" else 10)
    assert send_every_form(client, screens) > (3 if who == "visitor" else 20)
    monkeypatch.setattr(BaseForm, "is_valid", fail)
    send_every_form(client, screens)
    written = log_stream.getvalue()
    assert "ValueError" in written
    assert leaks(written) == []


def their_links() -> list[str]:
    """The links that mails give, to a guest and to whoever answers a follow-up."""
    guest = Invitee.objects.exclude(token=None).first()
    asked = CheckIn.objects.filter(state="waiting").first()
    return [f"/invitation/{guest.token}/", f"/suivi/{asked.token}/"]


def fail(form: BaseForm) -> bool:
    raise ValueError(f"impossible: {form.data!r}")


def leaks(written: str) -> list[str]:
    return [line for line in written.splitlines() if CANARY in line]


def test_no_address_that_a_secret_opens_tells_it(log_stream):
    roads = set(roads_with_a_canary())
    assert {f"/r/soir/{CANARY}/", f"/suivi/{CANARY}/", f"/r/photos/{CANARY}/"} <= roads
    client = Client(raise_request_exception=False)
    for road in sorted(roads):
        with undone():
            client.get(road, headers={"Referer": f"http://testserver{road}"})
            client.post(road, {"text": CANARY})
    written = log_stream.getvalue()
    assert "Not Found" in written
    assert leaks(written) == []


def test_the_worker_and_its_failures_say_nothing_of_whom_they_serve(
    demonstration, log_stream, settings, monkeypatch
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    mail = {"to": f"{CANARY}@exemple.org", "subject": CANARY, "body": CANARY}
    now = timezone.now() + dt.timedelta(minutes=1)
    OutgoingMail.objects.all().delete()
    with MailServer() as server:
        settings.EMAIL_PORT = server.port
        server.refusal = f"550 {CANARY}@exemple.org inconnue"
        queue_mail(kind="help", **mail)
        assert send_due_mails(now).given_up == 1
        OutgoingMail.objects.all().delete()
        queue_mail(kind="help", **mail | {"to": f"{CANARY}@exemple.org\nBcc: x"})
        assert send_due_mails(now).given_up == 1

    def break_down(*args, **kwargs):
        raise ValueError(f"{CANARY} {args!r}")

    monkeypatch.setattr(models.query.QuerySet, "delete", break_down)
    list(run_purges(now))
    run_due_jobs(now)
    written = log_stream.getvalue()
    assert "Courriel abandonné (help, " in written
    assert "Effacement: " in written
    assert leaks(written) == []
