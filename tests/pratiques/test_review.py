"""A sheet is complete, then read by somebody else, then public: Wagtail's own workflow."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageSubscription, TaskState, Workflow, WorkflowPage, WorkflowState

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from background.models import OutgoingMail
from cms.page_screens import NOBODY_WAITS
from core.errors import DomainError
from core.typography import fr_typo
from home.models import StandardPage
from pratiques.domain.completeness import left_to_publish
from pratiques.domain.readers import readers_of_sheet, sheets_read_by
from pratiques.domain.readings import record_reading
from pratiques.domain.review_workflow import ensure_review
from pratiques.enums import GridLine
from pratiques.models import (
    DossierPage,
    PracticeCriterion,
    PracticePage,
    PracticeReading,
    ReadingTask,
    ReviewSettings,
)
from tests.admin_forms import as_typed
from tests.factories import PlaceFactory, UserFactory
from tests.factories.practices import catalogue, practice
from tests.factories.site import ensure_site_tree

Role = RoleAssignment.Role
GRID = {line.value: 2 for line in GridLine}
RECOGNIZED = ("coherent_account", "measured_change", "local_recognition", "replicated")


class Region:
    """A region of two territories, and a person for each role in the tests."""

    def __init__(self) -> None:
        self.place = PlaceFactory(region=True, name="Région-Exemple")
        self.mekinac = PlaceFactory(territory=True, name="Mékinac-Exemple", parent=self.place)
        self.elsewhere = PlaceFactory(territory=True, name="Ailleurs-Exemple", parent=self.place)
        self.village = PlaceFactory(name="Rive-Exemple", parent=self.mekinac)
        self.author = self.person(Role.EDITOR, self.place)
        self.editor = self.person(Role.EDITOR, self.place)
        self.moderator = self.person(Role.MODERATOR, self.mekinac)
        self.neighbour = self.person(Role.MODERATOR, self.elsewhere)

    def person(self, role: str, place) -> User:
        user = UserFactory()
        assign_role(user=user, role=role, place=place)
        return user

    def draft(self, **fields) -> PracticePage:
        sheet = practice(places=[self.village], live=False, owner=self.author, **fields)
        sheet.save_revision(user=self.author)
        return sheet

    def recognized(self) -> PracticePage:
        sheet = self.draft(status="recognized")
        sheet.criteria = [
            PracticeCriterion(criterion=name, explanation="On le sait.") for name in RECOGNIZED
        ]
        sheet.save_revision(user=self.author)
        return sheet

    def submit(self, sheet: PracticePage) -> WorkflowState:
        return sheet.get_workflow().start(sheet, self.author)


@pytest.fixture(scope="module", name="region")
def _region(kept_for_the_module) -> Region:
    catalogue()
    return Region()


def read(state: WorkflowState, reader: User, *, approves: bool = True, **said) -> None:
    task_state = WorkflowState.objects.get(pk=state.pk).current_task_state
    record_reading(task_state=task_state, reader=reader, approves=approves, **said)


def told(kind: str) -> set[str]:
    return set(OutgoingMail.objects.filter(kind=kind).values_list("to", flat=True))


def sign_in(client, user: User) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def send(client, sheet: PracticePage, **changed):
    """Press a button of the editor’s form."""
    address = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    return client.post(address, as_typed(client.get(address).context["form"], **changed))


def test_the_workflow_is_set_up_once_and_left_alone(region):
    assert [task.name for task in Workflow.objects.get(workflow_pages__page=catalogue()).tasks] == [
        "Complétude",
        "Seconde lecture",
    ]
    WorkflowPage.objects.all().delete()
    assert ensure_review() is None
    assert not WorkflowPage.objects.exists()


def test_other_pages_have_no_workflow(region):
    ensure_site_tree()
    dossier = catalogue().add_child(instance=DossierPage(title="Se déplacer", introduction="a"))
    for page in (catalogue(), dossier, StandardPage.objects.first()):
        assert (page.has_workflow, page.get_workflow()) == (False, None), page
    assert practice().has_workflow


def test_an_incomplete_sheet_comes_back_by_itself_with_the_list(region):
    sheet = region.draft(status="promising", consent_given=False)
    state = region.submit(sheet)
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment.splitlines() == [
        "Il reste à faire:",
        "- L’organisme doit avoir accepté que la fiche soit publiée.",
        "- Dites comment on le sait: «\xa0On comprend pourquoi cela devrait marcher\xa0».",
        "- Dites comment on le sait: «\xa0Un changement a été observé, avec une trace\xa0» ou "
        "«\xa0Un changement a été mesuré avant et après\xa0».",
    ]
    assert told("practice_to_read") == set()


def test_the_first_rung_asks_for_the_eight_fields_and_no_more(region):
    assert left_to_publish(region.draft()) == []


def test_one_reader_of_its_territory_makes_it_public(region):
    sheet = region.draft()
    state = region.submit(sheet)
    assert told("practice_to_read") == {region.editor.email, region.moderator.email}
    read(state, region.moderator, words="On y est.")
    sheet.refresh_from_db()
    assert (sheet.live, sheet.review_due_on is not None) == (True, True)
    letter = OutgoingMail.objects.get(kind="practice_approved")
    assert letter.to == region.author.email
    assert letter.subject == f"Votre fiche est publiée : « {sheet.title} »"
    assert "On y est." in letter.body
    assert told("practice_to_read") == set(), "nobody is called for what is decided"
    assert mail.outbox == [], "Wagtail writes nothing by itself"


@pytest.mark.parametrize("who", ["author", "neighbour", "stranger"])
def test_neither_its_author_nor_anybody_from_elsewhere_decides(region, who, stranger):
    state = region.submit(region.draft())
    user = stranger if who == "stranger" else getattr(region, who)
    with pytest.raises(DomainError, match="n’attend pas votre lecture"):
        read(state, user)
    task = state.current_task_state.task.specific
    page = state.content_object.specific
    assert task.get_actions(page, user) == []
    assert not task.user_can_access_editor(page, user)
    assert task.locked_for_user(page, user)
    assert list(TaskState.objects.reviewable_by(user)) == []


def test_who_wrote_in_it_does_not_read_it(region):
    sheet = region.draft()
    sheet.save_revision(user=region.editor)
    assert readers_of_sheet(sheet, region.submit(sheet)) == [region.moderator]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_waits_for_her_is_found_at_once(region, rows, django_assert_num_queries):
    states = [region.submit(region.draft()).current_task_state for _ in range(rows)]
    other = practice(places=[region.elsewhere], live=False, owner=region.author)
    other.save_revision(user=region.author)
    region.submit(other)
    task = ReadingTask.objects.get()
    with django_assert_num_queries(5):
        found = list(task.get_task_states_user_can_moderate(region.moderator).order_by("pk"))
    assert found == states
    read(states[0].workflow_state, region.moderator, approves=False, words="À revoir.")
    left = task.get_task_states_user_can_moderate(region.moderator)
    assert list(left.order_by("pk")) == states[1:]
    assert list(task.get_task_states_user_can_moderate(region.author)) == []


def test_where_nobody_else_is_administrators_are_told(region):
    admin = UserFactory(is_superuser=True)
    RoleAssignment.objects.exclude(user=region.author).delete()
    region.submit(region.draft())
    assert told("practice_to_read") == {admin.email}


def test_a_practice_from_outside_belongs_to_whoever_reads_for_a_region(region):
    abroad = PlaceFactory(kind="external", name="Loin", parent=None)
    sheet = practice(places=[abroad], live=False)
    assert sheet in sheets_read_by(region.editor)
    assert sheet not in sheets_read_by(region.moderator)


def test_sending_back_takes_a_reason_and_its_author_reads_it(region):
    sheet = region.draft()
    state = region.submit(sheet)
    with pytest.raises(DomainError, match="Dites ce qu’il faut revoir"):
        read(state, region.moderator, approves=False, words="  ")
    read(state, region.moderator, approves=False, words="Qui paie l’essence?")
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    letter = OutgoingMail.objects.get(kind="practice_sent_back")
    assert (letter.to, "Qui paie l’essence?" in letter.body) == (region.author.email, True)
    state.resume(region.author)
    assert told("practice_to_read") == {region.editor.email, region.moderator.email}
    read(state, region.moderator)
    sheet.refresh_from_db()
    assert sheet.live


def test_the_second_reader_of_what_is_read_already_is_told(region, client):
    sheet = region.draft()
    state = region.submit(sheet)
    sign_in(client, region.editor)
    address = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    asked = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    typed = as_typed(client.get(address).context["form"]) | asked
    read(state, region.moderator, approves=False, words="Qui paie l’essence?")
    answer = client.post(address, typed)
    assert answer.status_code == 200
    assert fr_typo(NOBODY_WAITS) in answer.context["form"].non_field_errors()
    assert sheet.revisions.count() == 1
    sheet.refresh_from_db()
    assert not sheet.live


def test_a_recognized_sheet_takes_two_people_and_their_grids(region):
    sheet = region.recognized()
    state = region.submit(sheet)
    with pytest.raises(DomainError, match="six lignes de la grille"):
        read(state, region.moderator)
    read(state, region.moderator, words="Oui.", **GRID)
    sheet.refresh_from_db()
    assert not sheet.live
    with pytest.raises(DomainError, match="n’attend pas votre lecture"):
        read(state, region.moderator, **GRID)
    read(state, region.editor, **GRID | {"evidence": 3})
    sheet.refresh_from_db()
    assert sheet.live
    body = OutgoingMail.objects.get(kind="practice_approved").body
    assert body.count("Pertinence") == 2
    assert "d’où viennent les résultats. 3\N{NO-BREAK SPACE}: très bien" in body


def test_the_number_of_readers_is_set_by_rung(region):
    settings = ReviewSettings.load()
    settings.readers_emerging, settings.readers_recognized = 0, 3
    settings.save()
    sheet = region.draft()
    state = region.submit(sheet)
    sheet.refresh_from_db()
    assert (state.status, sheet.live) == ("approved", True)
    recognized = region.submit(region.recognized())
    for reader in (region.moderator, region.editor):
        read(recognized, reader, **GRID)
    recognized.refresh_from_db()
    assert recognized.status == "in_progress"


def test_what_became_incomplete_meanwhile_goes_back(region):
    sheet = region.draft()
    state = region.submit(sheet)
    sheet.consent_given = False
    sheet.save_revision()
    read(state, region.moderator)
    state.refresh_from_db()
    assert state.status == "needs_changes"
    assert "L’organisme doit avoir accepté" in state.current_task_state.comment
    assert PracticeReading.objects.get().approves


def test_its_hour_is_respected(region):
    hour = timezone.now() + dt.timedelta(days=3)
    sheet = region.draft(go_live_at=hour)
    read(region.submit(sheet), region.editor)
    sheet.refresh_from_db()
    assert (sheet.live, sheet.approved_schedule) == (False, True)
    assert OutgoingMail.objects.get(kind="practice_approved").subject.startswith(
        "Votre fiche paraîtra le "
    )


class TestScreens:
    def test_publishing_at_once_is_for_what_is_already_public(self, region, client):
        sheet = region.draft()
        rights = sheet.permissions_for_user(region.editor)
        assert (rights.can_edit(), rights.can_publish()) == (True, False)
        sign_in(client, region.editor)
        send(client, sheet, **{"action-publish": "1"})
        sheet.refresh_from_db()
        assert not sheet.live
        assert practice().permissions_for_user(region.editor).can_publish()

    def test_a_new_sheet_is_not_published_from_its_first_screen(self, region, client):
        sign_in(client, region.editor)
        address = reverse(
            "wagtailadmin_pages:add", args=["pratiques", "practicepage", catalogue().pk]
        )
        page = client.get(f"{address}?vide=oui")
        assert 'name="action-publish"' not in page.text
        filled = {
            "title": "Navette",
            "slug": "navette-directe",
            "summary": "Une navette.",
            "holder_name": "Corporation",
            "contact_email": "a@exemple.org",
            "consent_given": "on",
            "places": [region.village.pk],
            "action-publish": "1",
        }
        client.post(address, as_typed(page.context["form"], **filled))
        assert not PracticePage.objects.get(slug="navette-directe").live

    def test_a_higher_rung_is_read_first(self, region, client):
        sheet = practice(places=[region.village], issues=None)
        sheet.save_revision()
        sign_in(client, region.editor)
        refused = send(client, sheet, status="supported", **{"action-publish": "1"})
        assert "Passer à « porteuse » demande une relecture" in str(
            refused.context["form"].non_field_errors()
        )
        assert send(client, sheet, summary="Corrigé.", **{"action-publish": "1"}).status_code == 302
        sheet.refresh_from_db()
        assert (sheet.summary, sheet.status) == ("Corrigé.", "emerging")

    def test_an_editor_submits_and_is_told_at_once_what_is_left(self, region, client):
        sheet = region.draft(status="promising")
        sign_in(client, region.author)
        page = client.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk])).text
        assert "Soumettre à la relecture" in page
        answer = send(client, sheet, **{"action-submit": "1"})
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[sheet.pk])
        page = client.get(answer.url).text
        assert "Dites comment on le sait" in page
        assert "Soumettre de nouveau" in page

    def test_a_moderator_reads_it_and_lands_where_she_may(self, region, client):
        sheet = region.draft()
        state = region.submit(sheet)
        sign_in(client, region.moderator)
        screen = client.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk])).text
        for label in ("Approuver", "Approuver avec un commentaire", "Renvoyer avec un commentaire"):
            assert label in screen
        for forbidden in ('name="action-publish"', "et Publier"):
            assert forbidden not in screen
        address = reverse(
            "wagtailadmin_pages:workflow_action",
            args=[sheet.pk, "reject", state.current_task_state_id],
        )
        assert client.post(address, {"comment": ""}).status_code == 302
        assert PracticeReading.objects.count() == 0
        answer = client.post(address, {"comment": "Qui appeler?"})
        assert answer.url == reverse("wagtailadmin_home")
        state.refresh_from_db()
        assert state.status == "needs_changes"

    @pytest.mark.parametrize("who", ["neighbour", "author"])
    def test_nobody_else_acts_by_address(self, region, client, who):
        sheet = region.draft()
        state = region.submit(sheet)
        sign_in(client, getattr(region, who))
        for name in ("workflow_action", "collect_workflow_action_data"):
            address = reverse(
                f"wagtailadmin_pages:{name}",
                args=[sheet.pk, "approve", state.current_task_state_id],
            )
            client.post(address, {"comment": "Oui."})
        state.refresh_from_db()
        assert (state.status, PracticeReading.objects.count()) == ("in_progress", 0)

    def test_a_forged_sending_back_without_reason_is_refused(self, region, client):
        sheet = region.draft()
        region.submit(sheet)
        sign_in(client, region.editor)
        forged = {
            "action-workflow-action": "1",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": '{"comment": "", "approves": true}',
        }
        assert send(client, sheet, **forged).status_code == 302
        assert PracticeReading.objects.count() == 0

    def test_what_waits_is_on_the_readers_first_screen_only(self, region, client):
        sheet = region.draft(title="Navette à relire")
        region.submit(sheet)
        for user, is_told in ((region.moderator, True), (region.neighbour, False)):
            sign_in(client, user)
            assert ("Navette à relire" in client.get("/admin/").text) is is_told

    def test_a_reader_comments_and_compares_without_a_mail_server(self, region, client, settings):
        settings.EMAIL_BACKEND = "tests.no_such_backend"
        sheet = region.draft()
        sheet.summary = "Une navette, deux fois la semaine."
        last = sheet.save_revision(user=region.author)
        region.submit(sheet)
        PageSubscription.objects.create(page=sheet, user=region.author, comment_notifications=True)
        PageSubscription.objects.create(
            page=sheet, user=region.neighbour, comment_notifications=True
        )
        sign_in(client, region.moderator)
        said = {
            "comments-TOTAL_FORMS": "1",
            "comments-0-text": "Combien de personnes?",
            "comments-0-contentpath": "summary",
            "comments-0-position": "",
            "comments-0-id": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
        }
        assert send(client, sheet, **said).status_code == 302
        letter = OutgoingMail.objects.get(kind="page_comments")
        assert (letter.to, "Combien de personnes?" in letter.body) == (region.author.email, True)
        first = sheet.revisions.order_by("pk").first()
        compare = reverse(
            "wagtailadmin_pages:revisions_compare", args=[sheet.pk, first.pk, last.pk]
        )
        sign_in(client, region.editor)
        assert "deux fois la semaine" in client.get(compare).text
