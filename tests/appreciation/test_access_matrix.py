"""Every address of the space × every role × every verb, against a table that people review.

A new address without a row fails. To add one: its verbs, who reads, who writes, and what stands in
its address. Nobody outside a démarche is told that it exists: 404 whatever the verb; a verb that an
address knows for nobody may answer 405 to all. The admin's list of démarches has its own table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from appreciation.domain.help import open_help_request
from appreciation.domain.rehearsals import start_rehearsal
from appreciation.domain.synthesis.freezing import freeze
from appreciation.enums import FindingKind
from appreciation.models import (
    CheckIn,
    Comment,
    DiscussionTable,
    Finding,
    Outcome,
    RoomQuestion,
    Synthesis,
    Theme,
)
from tests.factories import (
    AppraisalFactory,
    InterestRequestFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
    UserFactory,
)
from tests.factories.evenings import PhotoFactory
from tests.factories.invitees import InviteeFactory
from tests.factories.meetings import regional_meeting, registered
from tests.factories.practices import practice
from tests.factories.synthesis_sources import (
    make_region,
    make_synthesis,
    publish_in,
    territory_of,
)

ROLES = (
    "anonymous",
    "stranger",
    "neighbour",
    "observer",
    "co_facilitator",
    "lead",
    "coordinator",
    "other_coordinator",
    "editor",
    "administrator",
)
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READING = ("GET", "HEAD")
ODD_VERBS = frozenset({"PUT", "PATCH", "DELETE", "OPTIONS"})
ODD_ROLES = frozenset({"anonymous", "stranger", "neighbour", "observer", "lead"})
"""They ask even for verbs that an address does not know: no rule of ours tells the others apart."""

SIGNED_IN = frozenset(ROLES) - {"anonymous"}
TEAM = frozenset({"co_facilitator", "lead", "coordinator", "administrator"})
VIEWERS = TEAM | {"observer"}
SIGN_IN = resolve_url(settings.LOGIN_URL)
COORDINATION = frozenset({"coordinator", "administrator"})
"""The other coordinator's territory has no community to enter a past démarche for."""
ANY_COORDINATION = COORDINATION | {"other_coordinator"}
FACILITATORS = TEAM | {"neighbour", "other_coordinator"}
"""Whoever leads, co-facilitates or coordinates, here or elsewhere."""
ADMINISTRATION = frozenset({"administrator"})
"""And whoever coordinates every region: tests/appreciation/views/test_person.py."""
NOBODY: frozenset[str] = frozenset()
WHOEVER_REHEARSES = frozenset({"lead"})
"""The rehearsal is the lead's: not even the coordination or an administrator opens it."""


@dataclass(frozen=True)
class Row:
    """`of` says what `reference` names; `extra` fills the rest of the address.

    Where the reference stands in the question instead, `asked` is what follows `?`.
    """

    of: str
    verbs: str
    readers: frozenset[str]
    writers: frozenset[str] = NOBODY
    extra: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    family: str = "space"

    def url(self, name: str, reference: str, parts: dict[str, object]) -> str:
        if self.asked:
            return reverse(f"{self.family}:{name}") + "?" + self.asked.format(reference=reference)
        kwargs = {key: value.format(**parts) for key, value in self.extra.items()}
        if self.of != "nothing":
            kwargs["reference"] = reference
        return reverse(f"{self.family}:{name}", kwargs=kwargs)


# What stands in an address beside the reference, when it depends on the data.
DIMENSION, ITEM, FINDING, COMMENT = "{dimension}", "{item}", "{finding}", "{comment}"
INTEREST = "{interest}"
PHOTO = "{photo}"
HELP = "{help}"
ASKER_OR_COORDINATION = frozenset({"lead", "coordinator", "administrator"})
INVITEE = "{invitee}"
PHOTO, ROOM_QUESTION = "{photo}", "{room_question}"
OUTCOME = "{outcome}"
PRACTICE = "{practice}"
EVENT, ONE_REGISTERED = {"pk": "{event}"}, {"pk": "{event}", "number": "{registration}"}
SOURCE, THEME = "{source}", "{theme}"
SECTION = "introduction"


def _of_meeting(verbs: str, parts: dict[str, str] = EVENT) -> Row:
    readers = NOBODY if verbs == "POST" else COORDINATION
    writers = COORDINATION if "POST" in verbs else NOBODY
    return Row("nothing", verbs, readers, writers, parts, family="meetings")


ROWS: dict[str, Row] = {
    # démarches
    "home": Row("nothing", "GET HEAD", SIGNED_IN),
    "appraisal_create": Row("nothing", "GET HEAD POST", SIGNED_IN, SIGNED_IN),
    "appraisal": Row("appraisal", "GET HEAD", VIEWERS),
    "step": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM, {"slug": "decider"}),
    "team": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "leave_team": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "replace_lead": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "drafts": Row(
        "appraisal",
        "GET HEAD POST DELETE",
        TEAM,
        TEAM,
        asked="adresse=/espace/demarches/{reference}/etapes/decider/",
    ),
    "journal": Row("appraisal", "GET HEAD", VIEWERS),
    "state": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    # who is invited: names and addresses, not for whoever observes
    "invitees": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "invitee": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"pk": INVITEE}),
    "invitee_removal": Row("appraisal", "POST", NOBODY, TEAM, {"pk": INVITEE}),
    # the calendar
    "calendar": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "calendar_file": Row("appraisal", "GET HEAD", VIEWERS),
    "task": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"code": "salle"}),
    "task_tick": Row("appraisal", "POST", NOBODY, TEAM, {"code": "salle"}),
    "invitation_plan": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "messages": Row("appraisal", "GET HEAD", TEAM),
    "message": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"slug": "citoyens"}),
    "message_print": Row("appraisal", "GET HEAD", TEAM, extra={"slug": "citoyens"}),
    "poster": Row("meeting", "GET HEAD", VIEWERS),
    "door": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    # paper, hands, spreadsheets
    "entry_grid": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "hands": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "ratings_import": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "ratings_template": Row("meeting", "GET HEAD", TEAM),
    "ratings_export": Row("meeting", "GET HEAD", TEAM),
    "paper_form": Row("meeting", "GET HEAD", VIEWERS),
    "evening_passes": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "paper_words": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "shared_tablet": Row("meeting", "GET HEAD", TEAM),
    # the evening
    "console": Row("meeting", "GET", VIEWERS),
    "console_state": Row("meeting", "GET", VIEWERS),
    "gesture": Row("meeting", "POST", NOBODY, TEAM, {"gesture": "pause"}),
    "remote": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "remote_state": Row("meeting", "GET HEAD", TEAM),
    "dots": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "dots_poster": Row("meeting", "GET HEAD", TEAM),
    "hall": Row("meeting", "GET", VIEWERS),
    "hall_state": Row("meeting", "GET", VIEWERS),
    # deliberation, results, report
    "results": Row("meeting", "GET HEAD", VIEWERS),
    "results_csv": Row("meeting", "GET HEAD", VIEWERS),
    "deliberation": Row("meeting", "GET HEAD", VIEWERS),
    "deliberation_dimension": Row("meeting", "GET HEAD", VIEWERS, extra={"code": DIMENSION}),
    "agreed_rating": Row("meeting", "GET HEAD POST", TEAM, TEAM, {"item_id": ITEM}),
    "agreed_rating_removal": Row("meeting", "POST", NOBODY, TEAM, {"item_id": ITEM}),
    "finding_new": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "finding_edit": Row("meeting", "GET HEAD POST", TEAM, TEAM, {"pk": FINDING}),
    "finding_removal": Row("meeting", "POST", NOBODY, TEAM, {"pk": FINDING}),
    "comment_choice": Row("meeting", "POST", NOBODY, TEAM, {"pk": COMMENT}),
    "report": Row("appraisal", "GET HEAD", VIEWERS),
    "report_csv": Row("appraisal", "GET HEAD", VIEWERS),
    "report_section": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"key": SECTION}),
    "report_section_reset": Row("appraisal", "POST", NOBODY, TEAM, {"key": SECTION}),
    "privacy_preview": Row("appraisal", "GET HEAD", VIEWERS),
    # rehearsal
    "rehearsal": Row("nothing", "GET HEAD POST", SIGNED_IN, SIGNED_IN),
    "rehearsal_open": Row("rehearsal", "POST", NOBODY, WHOEVER_REHEARSES),
    "rehearsal_answers": Row("rehearsal", "POST", NOBODY, WHOEVER_REHEARSES),
    "rehearsal_sheets": Row("rehearsal", "GET HEAD", WHOEVER_REHEARSES),
    "rehearsal_wipe": Row("rehearsal", "GET HEAD POST", WHOEVER_REHEARSES, WHOEVER_REHEARSES),
    "rehearsal_keep": Row("rehearsal", "POST", NOBODY, WHOEVER_REHEARSES),
    # the meetings and what is kept of them
    "meetings": Row("appraisal", "GET HEAD", VIEWERS),
    "gathering_new": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"kind": "restitution"}),
    "meeting_page": Row("meeting", "GET HEAD", VIEWERS),
    "gathering_when": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "gathering_removal": Row("meeting", "POST", NOBODY, TEAM),
    "meeting_minutes": Row("meeting", "GET HEAD POST", TEAM, TEAM),
    "tables": Row("meeting", "GET HEAD POST", VIEWERS, TEAM),
    "table": Row("meeting", "GET HEAD POST", TEAM, TEAM, {"number": "1"}),
    "thanks_sheet": Row("meeting", "GET HEAD", VIEWERS),
    "room_questions": Row("meeting", "GET HEAD POST", VIEWERS, TEAM),
    "room_question": Row("meeting", "GET HEAD POST", VIEWERS, TEAM, {"pk": ROOM_QUESTION}),
    "meeting_photos": Row("meeting", "GET HEAD POST", VIEWERS, TEAM),
    "meeting_photo": Row("meeting", "GET HEAD POST", TEAM, TEAM, {"pk": PHOTO}),
    "meeting_photo_file": Row("meeting", "GET HEAD", VIEWERS, extra={"pk": PHOTO}),
    "meeting_photo_removal": Row("meeting", "POST", NOBODY, TEAM, {"pk": PHOTO}),
    # once more
    "repeat": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "comparison": Row("appraisal", "GET HEAD", VIEWERS),
    "comparison_csv": Row("appraisal", "GET HEAD", VIEWERS),
    # restitution
    "restitution": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "corrections": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    # adoption, publication
    "historical": Row("nothing", "GET HEAD POST", COORDINATION, COORDINATION),
    "historical_words": Row("appraisal", "GET HEAD POST", NOBODY, NOBODY),
    "adoption": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "adopted_version": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "publication": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "publication_preview": Row("appraisal", "GET HEAD", VIEWERS, extra={"level": "summary"}),
    "withdrawal": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    # support
    "help_list": Row("nothing", "GET HEAD", SIGNED_IN),
    "help_new": Row("nothing", "GET HEAD POST", SIGNED_IN, SIGNED_IN),
    "help_request": Row(
        "nothing",
        "GET HEAD POST",
        ASKER_OR_COORDINATION,
        ASKER_OR_COORDINATION,
        {"pk": HELP},
    ),
    "frequent_question": Row("nothing", "GET HEAD POST", COORDINATION, COORDINATION, {"pk": HELP}),
    "coordination": Row("nothing", "GET HEAD", ANY_COORDINATION),
    # the workshop of the synthesis: whole regions; the coordinator here has a territory only
    "syntheses": Row("nothing", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    "synthesis": Row("synthesis", "GET HEAD", ADMINISTRATION),
    "synthesis_edit": Row("synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    "synthesis_choice": Row("synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    "synthesis_themes": Row("synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    "synthesis_uncode": Row("synthesis", "POST", NOBODY, ADMINISTRATION),
    "synthesis_theme": Row(
        "synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION, {"pk": THEME}
    ),
    "synthesis_theme_merge": Row("synthesis", "POST", NOBODY, ADMINISTRATION, {"pk": THEME}),
    "synthesis_theme_removal": Row("synthesis", "POST", NOBODY, ADMINISTRATION, {"pk": THEME}),
    "synthesis_words": Row("synthesis", "GET HEAD", ADMINISTRATION),
    "synthesis_text": Row(
        "synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION, {"key": SECTION}
    ),
    "synthesis_text_reset": Row("synthesis", "POST", NOBODY, ADMINISTRATION, {"key": SECTION}),
    "synthesis_story": Row(
        "synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION, {"pk": SOURCE}
    ),
    "synthesis_quotes": Row("synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    "synthesis_preview": Row("synthesis", "GET HEAD", ADMINISTRATION, extra={"scope": "public"}),
    "synthesis_edition_preview": Row(
        "synthesis", "GET HEAD", ADMINISTRATION, extra={"number": "1", "scope": "region"}
    ),
    "synthesis_evolution": Row("synthesis", "GET HEAD", ADMINISTRATION),
    "synthesis_editions": Row("synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    "synthesis_files": Row("synthesis", "GET HEAD", ADMINISTRATION),
    "synthesis_files_state": Row("synthesis", "GET HEAD", ADMINISTRATION),
    "synthesis_file": Row(
        "synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION, {"kind": "xlsx"}
    ),
    "synthesis_edition": Row(
        "synthesis", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION, {"number": "1"}
    ),
    "coordinated_answers": Row("nothing", "GET HEAD", ANY_COORDINATION),
    "outbox": Row("nothing", "GET HEAD POST", ANY_COORDINATION, NOBODY),
    "incidents": Row("nothing", "GET HEAD POST", ANY_COORDINATION, ANY_COORDINATION),
    "personal_data": Row("nothing", "GET HEAD", ANY_COORDINATION),
    "preferences": Row("nothing", "GET HEAD POST", SIGNED_IN, SIGNED_IN),
    "person": Row("nothing", "GET HEAD POST", ADMINISTRATION, ADMINISTRATION),
    # the directory
    "directory": Row("nothing", "GET HEAD", FACILITATORS),
    "directory_entry": Row("nothing", "GET HEAD POST", FACILITATORS, FACILITATORS),
    "directory_removal": Row("nothing", "POST", NOBODY, FACILITATORS),
    "pairing": Row("appraisal", "GET HEAD", TEAM),
    # before inviting
    "consultations": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "portrait_sheet": Row("appraisal", "GET HEAD", VIEWERS),
    "consultation_removal": Row("appraisal", "POST", NOBODY, TEAM, {"pk": "1"}),
    # communities that are interested
    "interests": Row("nothing", "GET HEAD", COORDINATION | {"other_coordinator"}),
    "interest": Row("nothing", "GET HEAD POST", COORDINATION, COORDINATION, extra={"pk": INTEREST}),
    "interest_invitation": Row("nothing", "POST", NOBODY, COORDINATION, {"pk": INTEREST}),
    # follow-up
    "check_ins": Row("nothing", "GET HEAD", SIGNED_IN),
    "follow_up": Row("appraisal", "GET HEAD", VIEWERS),
    "check_in": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"months": "3"}),
    "check_in_showing": Row("appraisal", "POST", NOBODY, TEAM, {"months": "3"}),
    "export": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "export_file": Row("appraisal", "GET HEAD", TEAM, extra={"signed": "lien-d-un-autre"}),
    "appraisal_answers": Row("appraisal", "GET HEAD", TEAM),
    "documents": Row("appraisal", "GET HEAD", VIEWERS),
    "tools": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "tool_use_removal": Row("appraisal", "POST", NOBODY, TEAM, {"pk": "1"}),
    "documents_state": Row("appraisal", "GET HEAD", VIEWERS),
    "document": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM, extra={"code": "rapport-nombres"}),
    "document_file": Row("appraisal", "GET HEAD", TEAM, extra={"signed": "lien-d-un-autre"}),
    "review": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "practices": Row("appraisal", "GET HEAD POST", VIEWERS, TEAM),
    "origin_removal": Row("appraisal", "POST", NOBODY, TEAM, {"pk": PRACTICE}),
    "practice_aside": Row("appraisal", "POST", NOBODY, TEAM, {"pk": PRACTICE}),
    "practices_declined": Row("appraisal", "POST", NOBODY, TEAM),
    "outcome_new": Row("appraisal", "GET HEAD POST", TEAM, TEAM),
    "outcome_edit": Row("appraisal", "GET HEAD POST", TEAM, TEAM, {"pk": OUTCOME}),
    "outcome_removal": Row("appraisal", "POST", NOBODY, TEAM, {"pk": OUTCOME}),
    # regional meetings: names, addresses and needs, for the coordination of the region alone
    "events": Row("nothing", "GET HEAD", ANY_COORDINATION, family="meetings"),
    "roll": _of_meeting("GET HEAD"),
    "name_list": _of_meeting("GET HEAD"),
    "roll_file": _of_meeting("GET HEAD", EVENT | {"kind": "csv"}),
    "enter": _of_meeting("GET HEAD POST"),
    "write": _of_meeting("GET HEAD POST"),
    "registration": _of_meeting("GET HEAD POST", ONE_REGISTERED),
    "presence": _of_meeting("POST", ONE_REGISTERED),
}


ELSEWHERE = {
    "": "pages of the site (tests/appreciation/pages, tests/home)",
    "admin/": "ADMIN_ROWS below, tests/appreciation/admin, tests/cms, tests/reference",
    "api/": "public: tests/home/test_api.py",
    "courriels/": "no account: tests/appreciation/views/test_preferences.py",
    "communaute-interessee/": "public: tests/appreciation/views/test_interest_form.py",
    "comptes/": "tests/accounts",
    "demarches/": "public: tests/appreciation/pages/test_register_page.py",
    "documents/": "tests/cms/test_documents.py",
    "invitation/": "no account: tests/appreciation/views/test_rsvp.py",
    "ma-selection/": "public: tests/home/test_selection.py",
    "media/<path:name>": "tests/cms/test_media.py",
    "pistes/": "public: tests/cms/test_tracks.py",
    "pratiques/": "public and no account: tests/pratiques",
    "rencontres/": "public and no account: tests/rencontres",
    "r/": "no account: tests/appreciation/views/test_joining.py, test_room.py",
    "suivre/": "no account: tests/appreciation/views/test_following.py",
    "suivi/": "no account: tests/appreciation/views/test_check_ins.py",
    "rencontre/": "no account: tests/appreciation/views/test_rsvp.py",
    "sante/": "public: tests/consortium/test_health.py",
    "styles/": "public: tests/core/test_joined_styles.py",
}
"""First parts of addresses that are not the space's, and where who opens what is tried."""


def addresses(patterns=None, before: str = "") -> Iterator[tuple[str, str | None]]:
    """(address, name) of every pattern of the site, from the root resolver down."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.name
        else:
            yield from addresses(pattern.url_patterns, address)


@dataclass
class World:
    appraisal: object
    meeting: object
    rehearsal: object
    synthesis: object
    users: dict[str, object]
    parts: dict[str, object]
    clients: dict[str, tuple[Client, str]] = field(default_factory=dict)

    def url(self, name: str) -> str:
        row = ROWS[name]
        reference = "" if row.of == "nothing" else getattr(self, row.of).reference
        return row.url(name, reference, self.parts)

    def __post_init__(self) -> None:
        for role in ROLES:
            client = Client()
            if role != "anonymous":
                client.force_login(self.users[role])
            self.clients[role] = client, client.cookies.output(header="")

    def client(self, role: str) -> Client:
        """Signed in once for all: her cookies are given back, whatever was done with them since."""
        client, cookies = self.clients[role]
        client.cookies = SimpleCookie(cookies)
        return client


@pytest.fixture(scope="module")
def world(kept_for_the_module) -> World:
    territory = PlaceFactory(territory=True)
    appraisal = AppraisalFactory(at_meeting=True, place__parent=territory)
    users = {
        role: MembershipFactory(appraisal=appraisal, role=role).user
        for role in ("observer", "co_facilitator", "lead")
    }
    users["stranger"] = UserFactory()
    users["neighbour"] = MembershipFactory().user
    role = RoleAssignment.Role
    for name, kind, place in (
        ("coordinator", role.COORDINATOR, territory),
        ("other_coordinator", role.COORDINATOR, PlaceFactory(territory=True)),
        ("editor", role.EDITOR, territory),
    ):
        users[name] = UserFactory()
        assign_role(user=users[name], role=kind, place=place)
    users["administrator"] = UserFactory(is_superuser=True, is_staff=True)
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    CheckIn.objects.create(appraisal=appraisal, months=3, due_on="2027-02-28")
    dimension = meeting.instrument.instrument_dimensions.first()
    item = dimension.items.first()
    parts = {
        "dimension": dimension.dimension.code,
        "item": item.pk,
        "finding": Finding.objects.create(appraisal=appraisal, meeting=meeting, text="Force").pk,
        "help": open_help_request(asker=users["lead"], appraisal=appraisal, text="Quand?").pk,
        "outcome": Outcome.objects.create(
            appraisal=appraisal, happened_on="2026-10-30", words="Un petit pas"
        ).pk,
        "comment": Comment.objects.create(meeting=meeting, item=item, text="Un mot").pk,
        "interest": InterestRequestFactory(territory=territory).pk,
        "photo": PhotoFactory(meeting=meeting).pk,
        "table": DiscussionTable.objects.create(meeting=meeting, number=1).pk,
        "invitee": InviteeFactory(appraisal=appraisal).pk,
        "practice": practice().pk,
        "room_question": RoomQuestion.objects.create(meeting=meeting, text="Un mot").pk,
    }
    event = regional_meeting(region=territory)
    parts |= {"event": event.pk, "registration": registered(event).pk}
    rehearsal = start_rehearsal(user=users["lead"], source=appraisal, now=timezone.now())
    synthesis = frozen_synthesis(users["administrator"], parts)
    return World(appraisal, meeting, rehearsal, synthesis, users, parts)


def frozen_synthesis(administrator, parts: dict[str, object]) -> Synthesis:
    """One démarche, one theme, one edition, in a region that nobody here coordinates."""
    region = make_region()
    edition = publish_in(territory_of(region, "Mékinac"), "Village-A")
    synthesis = make_synthesis(region, administrator, edition)
    freeze(synthesis=synthesis, user=administrator)
    theme = Theme.objects.create(region=region, kind=FindingKind.CHALLENGE, label="Un thème")
    parts |= {"source": edition.appraisal_id, "theme": theme.pk}
    return synthesis


def test_every_address_of_the_space_has_a_row():
    of_space = [name for address, name in addresses() if address.startswith("espace/")]
    assert sorted(of_space) == sorted(ROWS)


def test_every_other_family_of_addresses_is_tried_somewhere():
    families = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    families = {
        address if address.startswith("media") else first_part(address) for address in families
    }
    assert families - {"espace/"} == set(ELSEWHERE)


def first_part(address: str) -> str:
    head, slash, _ = address.partition("/")
    return head + slash


@contextmanager
def undone() -> Iterator[None]:
    """Whatever one role does, the next finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.once  # eight thousand requests, and the same answers whatever the engine
@pytest.mark.parametrize("name", ROWS)
def test_access(world, name):
    answers, expected = {}, {}
    for role in ROLES:
        with undone():
            client = world.client(role)
            for verb in _asked(ROWS[name], role):
                response = client.generic(verb, world.url(name))
                answers[role, verb] = answer = _in_words(response)
                expected[role, verb] = _expected(ROWS[name], role, verb, answer)
    assert answers == expected


ADMIN_ROWS = {
    "list": "/admin/demarches/",
    "search": "/admin/demarches/?q=D-",
    "csv": "/admin/demarches/?export=csv",
    "xlsx": "/admin/demarches/?export=xlsx",
    "inspect": "/admin/demarches/inspect/{pk}/",
    "create": "/admin/demarches/create/",
    "edit": "/admin/demarches/edit/{pk}/",
    "delete": "/admin/demarches/delete/{pk}/",
    "choose_parent": "/admin/demarches/choose_parent/",
}
NEVER_WRITTEN = ("create", "edit", "delete", "choose_parent")


def test_every_address_of_the_admin_s_list_has_a_row():
    of_list = {
        address.removeprefix("admin/demarches/").partition("/")[0]
        for address, _ in addresses()
        if address.startswith("admin/demarches/")
    }
    assert of_list <= {"", *ADMIN_ROWS}


@pytest.mark.parametrize("name", ADMIN_ROWS)
def test_the_admin_s_list_is_read_by_the_coordinator_only(world, name):
    address = ADMIN_ROWS[name].format(pk=world.appraisal.pk)
    seen = {}
    for role in ROLES:
        response = world.client(role).get(address)
        content = b"".join(response) if response.streaming else response.content
        seen[role] = response.status_code == 200 and (
            name == "xlsx" or world.appraisal.reference.encode() in content
        )
    readers = set() if name in NEVER_WRITTEN else {"coordinator", "administrator"}
    if name == "xlsx":
        readers.add("other_coordinator")  # an empty sheet of her own territory
    assert {role for role, sees in seen.items() if sees} == readers


def _asked(row: Row, role: str) -> list[str]:
    known = row.verbs.split()
    return [verb for verb in VERBS if verb in known or verb not in ODD_VERBS or role in ODD_ROLES]


def _in_words(response) -> str:
    if response.status_code == 302 and response["Location"].startswith(SIGN_IN):
        return "sign in"
    return {404: "not here", 405: "no such verb", 403: "forbidden"}.get(
        response.status_code, "answered" if response.status_code < 500 else "broken"
    )


def _expected(row: Row, role: str, verb: str, answer: str) -> str:
    allowed = row.readers if verb in READING else row.writers
    known = verb in row.verbs.split()
    if role == "anonymous":
        return answer if answer == "no such verb" and not known else "sign in"
    if role in allowed and known:
        return "answered"
    if known:
        return "not here"
    if role in row.readers:
        return answer if answer == "not here" else "no such verb"
    return answer if answer == "no such verb" else "not here"


def test_private_answers_are_never_kept_by_a_cache(world):
    as_lead = world.client("lead")
    answers = {
        name: as_lead.get(world.url(name)).get("Cache-Control", "")
        for name, row in ROWS.items()
        if row.readers
    }
    kept = {
        name: said
        for name, said in answers.items()
        if not {"private", "no-store"} <= {part.strip() for part in said.split(",")}
    }
    assert kept == {}


@pytest.mark.parametrize("reference", ["D-1900-0001", "%2E%2E", "d", "x" * 300])
def test_an_invented_reference_is_not_here(world, reference):
    as_lead = world.client("lead")
    statuses = {}
    for name, row in ROWS.items():
        if row.of == "nothing":
            continue
        url = world.url(name).replace(getattr(world, row.of).reference, reference)
        statuses[name] = as_lead.generic(row.verbs.split()[0], url).status_code
    assert set(statuses.values()) == {404}, statuses
