"""What the people of the journey share: the clock, their devices, the night, the mails."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from appreciation.models import Appraisal
from background.models import OutgoingMail
from background.outbox import send_due_mails
from background.schedule import run_due_jobs
from core.typography import NBSP
from tests.browser.pictures import Album
from tests.browser.sizes import PHONE


@dataclass
class Road:
    """One of a kind per journey; `look` keeps a picture of the screen, when asked."""

    new_context: Callable[..., BrowserContext]
    sign_in: Callable[[BrowserContext, User], None]
    clock: object
    mails: list
    album: Album
    desks: dict[str, Page] = field(default_factory=dict)

    def look(self, page: Page, name: str) -> None:
        self.album.look(page, name)

    def at(self, day: str, hour: str = "10:00") -> dt.date:
        """It is that day now, for the server too; the clock goes on from there.

        Everybody had closed her computer: a page left open asks for its draft with an old session.
        """
        moment = timezone.make_aware(dt.datetime.fromisoformat(f"{day}T{hour}"))
        if moment.date() != timezone.localdate():
            for page in self.desks.values():
                page.goto("about:blank")
        self.clock.move_to(moment, tick=True)
        return moment.date()

    def night_before(self, day: str) -> dt.date:
        """What the worker does that night, then it is morning."""
        self.at(day, "03:30")
        run_due_jobs(timezone.now())
        self.post()
        return self.at(day, "09:00")

    def post(self) -> None:
        """The worker sends what is due."""
        send_due_mails(timezone.now())
        assert OutgoingMail.objects.given_up().count() == 0

    def desk(self, email: str) -> Page:
        """Her own computer, signed in: weeks later, the session is a new one."""
        if email not in self.desks:
            self.desks[email] = self.new_context().new_page()
        page = self.desks[email]
        self.sign_in(page.context, User.objects.get(email=email))
        return page

    def phone(self, **options) -> Page:
        return self.new_context(viewport=PHONE, **options).new_page()

    def letters_to(self, address: str) -> list:
        self.post()
        return [mail for mail in self.mails if mail.to == [address]]

    def letter_to(self, address: str, about: str):
        """The latest mail that she received with these words in its subject."""
        return [mail for mail in self.letters_to(address) if about in plain(mail.subject)][-1]


def plain(text: str) -> str:
    """A no-break space being a space."""
    return text.replace(NBSP, " ")


def words_of(mail) -> str:
    return plain(mail.body)


def link_in(mail) -> str:
    """The first address of the mail, as this browser opens it."""
    return re.search(r"https?://[^/\s]+(/\S*)", mail.body).group(1)


def the_demarche() -> Appraisal:
    return Appraisal.objects.latest("pk")


def demarche_url(end: str = "") -> str:
    return f"/espace/demarches/{the_demarche().reference}/{end}"


def step_url(slug: str) -> str:
    return demarche_url(f"etapes/{slug}/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, words: str) -> None:
    """The screen says what has just been done."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def finish_step(page: Page, slug: str) -> None:
    page.goto(step_url(slug))
    page.get_by_role("button", name="erminer l’étape").click()
    told(page, "Étape terminée")
