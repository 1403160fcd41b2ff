"""A rule that refuses in Wagtail's own screens says so there: never an error, nothing half done."""

import pytest
from django.db.models.signals import pre_save
from django.urls import resolve, reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from accounts.domain.groups import assign_role
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.publishing import publish_edition, withdraw_edition
from cms.due_publications import publish_what_is_due
from cms.refusals import RefusalMiddleware
from core.errors import DomainError
from rencontres.models import RegionalMeetingPage
from tests.admin_forms import as_typed
from tests.factories import UserFactory
from tests.factories.meetings import STARTS, meeting_list, regional_meeting, registered
from tests.factories.synthesis_sources import make_region, make_synthesis, publish_in, take_back

TYPED = "Ce que j’ai tapé en dernier"


@pytest.fixture
def region():
    meeting_list()  # before anything that numbers them: see `remembered`
    return make_region()


@pytest.fixture
def user(region):
    user = UserFactory(is_superuser=True)
    assign_role(user=user, role="coordinator", place=region)
    return user


@pytest.fixture
def edition_of_a_place(region):
    return publish_in(region.children.get(), "Village-A")


@pytest.fixture
def synthesis(region, user, edition_of_a_place):
    return make_synthesis(region, user, edition_of_a_place)


@pytest.fixture
def draft(region, synthesis):
    page = regional_meeting(region=region, live=False, synthesis=synthesis)
    page.save_revision()
    return page


@pytest.fixture
def admin(client, user):
    client.force_login(user)
    return client


def fresh(page) -> RegionalMeetingPage:
    return RegionalMeetingPage.objects.get(pk=page.pk)


def said(response) -> str:
    return response.text.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def add_and_publish(admin, like, **changed):
    """Another page that says the same, typed in the form that adds one."""
    edit = reverse("wagtailadmin_pages:edit", args=[like.pk])
    typed = as_typed(admin.get(edit).context["form"], slug="autre") | changed
    for name in typed:
        if name.endswith("-INITIAL_FORMS"):
            typed[name] = 0
        elif name.endswith("-id"):
            typed[name] = ""
    kind = ["rencontres", "regionalmeetingpage", meeting_list().pk]
    add = reverse("wagtailadmin_pages:add", args=kind)
    return admin.post(add, typed | {"action-publish": "oui"})


class TestAtTheLastInstant:
    """The form was found right; a team takes its démarche back before the synthesis goes out."""

    @pytest.fixture
    def quicker(self, synthesis, user, edition_of_a_place):
        freeze(synthesis=synthesis, user=user)

        def takes_back(instance, **_signal) -> None:
            if instance.live:
                take_back(edition_of_a_place)

        pre_save.connect(takes_back, sender=RegionalMeetingPage)
        yield
        pre_save.disconnect(takes_back, sender=RegionalMeetingPage)

    def test_an_edited_page_comes_back_as_it_was_typed(self, admin, draft, synthesis, quicker):
        address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        typed = as_typed(admin.get(address).context["form"], title=TYPED)
        response = admin.post(address, typed | {"action-publish": "oui"})
        assert response.status_code == 200
        assert "N’est plus publiée" in said(response)
        assert "N’est plus publiée" in str(response.context["form"].errors["synthesis"])
        assert response.context["form"]["title"].value() == TYPED
        assert not fresh(draft).live
        assert draft.revisions.count() == 1
        assert not synthesis.editions.out().exists()

    def test_an_added_page_too_and_no_page_is_left_behind(self, admin, draft, quicker):
        before = Page.objects.count()
        response = add_and_publish(admin, draft, title=TYPED)
        assert "N’est plus publiée" in said(response)
        assert response.context["form"]["title"].value() == TYPED
        assert Page.objects.count() == before


def test_added_and_published_at_once_both_go_out(admin, draft, synthesis, user):
    freeze(synthesis=synthesis, user=user)
    response = add_and_publish(admin, draft)
    assert response.status_code == 302
    assert RegionalMeetingPage.objects.get(slug="autre").live
    assert synthesis.editions.out().exists()


def test_the_address_of_the_registrations_is_refused_and_what_was_typed_stays(admin, draft):
    """Under it, nobody could register."""
    before = Page.objects.count()
    response = add_and_publish(admin, draft, title="Inscriptions", slug="inscriptions")
    assert response.status_code == 200
    errors = str(response.context["form"].errors["slug"])
    assert "mène déjà aux inscriptions: choisissez-en une autre" in errors
    assert response.context["form"]["title"].value() == "Inscriptions"
    assert Page.objects.count() == before
    assert resolve("/rencontres/inscriptions/inscription/").url_name == "mine"


def copy_as(admin, page, slug: str):
    """By Wagtail's own form, published at once; a refusal goes back to it."""
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    typed = {
        "new_title": "Copie",
        "new_slug": slug,
        "new_parent_page": meeting_list().pk,
        "publish_copies": "on",
    }
    return admin.post(address, typed, headers={"Referer": f"http://testserver{address}"})


def test_a_copy_does_not_take_the_address_of_the_registrations(admin, region):
    page = regional_meeting(region=region)
    response = copy_as(admin, page, "inscriptions")
    assert "mène déjà aux inscriptions" in said(admin.get(response["Location"]))
    assert not RegionalMeetingPage.objects.filter(slug="inscriptions").exists()


def test_a_page_whose_place_is_taken_away_while_typing_is_not_published(admin, region):
    page = regional_meeting(region=region)
    page.save_revision().publish()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    typed = as_typed(admin.get(address).context["form"]) | {"action-publish": "oui"}
    response = admin.post(address, typed | {"places-0-DELETE": "on"})
    assert "Dites où: une salle" in said(response)
    assert fresh(page).places.count() == 1
    assert admin.post(address, typed).status_code == 302


def test_many_at_once_name_the_one_that_is_not_ready(admin, draft, region):
    ready = regional_meeting("prete", region=region, live=False, title="Prête")
    address = f"/admin/bulk/wagtailcore/page/publish/?id={ready.pk}&id={draft.pk}"
    response = admin.post(address, {}, follow=True)
    assert "Rien n’a été publié. « Rencontre d’automne » n’est pas prête" in said(response)
    assert "n’est pas figée" in said(response)
    assert not fresh(ready).live


@pytest.fixture
def asked(draft, user):
    """Somebody is asked to approve it."""
    task = GroupApprovalTask.objects.create(name="Relire")
    workflow = Workflow.objects.create(name="Relecture")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    workflow.start(draft, user)
    return draft.current_workflow_task_state


@pytest.mark.parametrize("by_script", [False, True])
def test_approving_what_is_not_ready(admin, draft, asked, by_script):
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", asked.pk])
    came_from = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    headers = {"X-Requested-With": "XMLHttpRequest"} if by_script else {}
    headers["Referer"] = f"http://testserver{came_from}"
    response = admin.post(address, {}, headers=headers)
    if by_script:
        assert response.status_code == 422
        assert "n’est pas figée" in response.json()["error_message"]
    else:
        assert response["Location"] == f"http://testserver{came_from}"
        assert "C’est refusé. Cette synthèse n’est pas figée" in said(admin.get(came_from))
    asked.refresh_from_db()
    assert (asked.status, fresh(draft).live) == ("in_progress", False)


def test_a_copy_of_what_may_not_be_live_any_more(admin, draft, synthesis, user):
    edition = publish_edition(edition=freeze(synthesis=synthesis, user=user), user=user)
    draft.save_revision().publish(user=user)
    withdraw_edition(edition=edition, user=user, reason="Une erreur.")
    response = copy_as(admin, draft, "copie")
    assert "C’est refusé." in said(admin.get(response["Location"]))
    assert not RegionalMeetingPage.objects.filter(slug="copie").exists()


@pytest.mark.parametrize("screen", ["unpublish", "delete", "move"])
def test_other_screens_of_a_page_answer(admin, region, screen):
    page = regional_meeting(region=region)
    response = admin.post(reverse(f"wagtailadmin_pages:{screen}", args=[page.pk]), {})
    assert response.status_code in (200, 302)


@pytest.mark.parametrize("came_from", ["", "https://ailleurs.example/", "//ailleurs.example/"])
def test_a_refusal_never_leads_elsewhere(admin, draft, asked, came_from):
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", asked.pk])
    response = admin.post(address, {}, headers={"Referer": came_from} if came_from else {})
    assert response["Location"] == "/admin/"


def test_what_is_still_used_is_not_thrown_away(admin, region):
    """A page above a meeting to which people registered, deleted in bulk by an administrator."""
    event = regional_meeting(region=region)
    registered(event)
    above = meeting_list().get_parent()
    came_from = f"http://testserver/admin/pages/{above.get_parent().pk}/"
    address = f"/admin/bulk/wagtailcore/page/delete/?id={above.pk}"
    response = admin.post(address, {}, headers={"Referer": came_from})
    assert response["Location"] == came_from
    assert "Autre chose s’en sert encore" in said(admin.get(came_from))
    assert fresh(event).live


def test_outside_the_admin_a_rule_that_nobody_heard_stays_an_error(rf):
    request = rf.get("/espace/")
    assert RefusalMiddleware(lambda _: None).process_exception(request, DomainError("x")) is None


def test_at_its_hour_one_that_is_refused_stays_a_draft(draft, time_machine, caplog):
    fresh_one = fresh(draft)
    fresh_one.go_live_at = STARTS
    revision = fresh_one.save_revision(clean=False)
    revision.approved_go_live_at = STARTS
    revision.save()
    time_machine.move_to(STARTS.replace(hour=20))
    assert publish_what_is_due(STARTS.replace(hour=20)) == 0
    assert not fresh(draft).live
