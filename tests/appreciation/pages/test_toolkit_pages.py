"""The toolkit as a visitor reads it, and what an editor may do with its pages."""

import pytest

from appreciation.domain.shipped_tasks import SHIPPED_BY_CODE
from appreciation.enums import Phase
from appreciation.models import (
    FrequentQuestion,
    ToolkitPage,
    ToolkitStepPage,
    VideoIndexPage,
    VideoPage,
)
from home.domain import starter_pages
from tests.admin_people import signed_in
from tests.factories.starter_site import ensure_site_pages
from tests.factories.videos import video

MEETING = "/trousse/tenir-la-rencontre/"


@pytest.fixture(autouse=True)
def pages():
    ensure_site_pages()


def html(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_door_lists_the_eight_phases_in_order(client):
    page = html(client, "/trousse/")
    places = [page.index(f">{phase.label}</a>") for phase in Phase]
    assert places == sorted(places)
    assert html(client, "/").count('href="/trousse/"') >= 2  # the menu, a door


def test_a_step_says_where_she_is_and_what_comes_before_and_after(client):
    page = html(client, MEETING)
    assert 'href="/trousse/tenir-la-rencontre/" aria-current="step"' in page
    assert "Phase suivante : Restituer" in page
    assert "Phase précédente : Mobiliser" in page
    assert "Version de travail" in page


def test_a_step_shows_the_checklist_of_the_guided_workflow(client):
    page = html(client, MEETING)
    for code, task in SHIPPED_BY_CODE.items():
        assert (task.label in page) == (task.phase == Phase.MEETING), code
    assert "10 jours avant la rencontre" in page
    assert "4 semaines après" not in page


def test_the_meeting_shows_its_running_order(client):
    page = html(client, MEETING)
    assert "Discuter là où l’on diffère" in page
    assert "Discuter là où l’on diffère" not in html(client, "/trousse/suivre/")


def test_published_questions_of_the_phase_are_shown_and_no_other(client):
    ask = FrequentQuestion.objects.create
    ask(question="Écrite ici?", answer="Oui.", phase="meeting", is_published=True)
    ask(question="Pas encore?", answer="Non.", phase="meeting", is_published=False)
    ask(question="Ailleurs?", answer="Oui.", phase="sharing", is_published=True)
    page = html(client, MEETING)
    assert "Écrite ici?" in page
    assert "Pas encore?" not in page
    assert "Ailleurs?" not in page


def test_a_phase_without_live_page_is_named_without_a_link(client):
    ToolkitStepPage.objects.get(phase=Phase.RESTITUTION).unpublish()
    page = html(client, MEETING)
    assert "Phase suivante : Choisir" in page
    assert '<span class="phase"><span class="n">5</span><span>Restituer</span></span>' in page
    assert "Cette page s’en vient." in html(client, "/trousse/")


def test_pages_are_found_by_what_they_say():
    found = ToolkitStepPage.objects.live().search("covoiturage")
    assert [page.phase for page in found] == [Phase.CONVENING]
    assert ToolkitStepPage.objects.live().search("corneilles").count() == 0


def test_seeded_once_and_an_editors_words_stay():
    page = ToolkitStepPage.objects.get(phase=Phase.SHARING)
    page.goal = "Notre but."
    page.save()
    FrequentQuestion.objects.filter(phase=Phase.SHARING).delete()
    ToolkitStepPage.objects.get(phase=Phase.FOLLOW_UP).delete()
    assert [made.specific.phase for made in starter_pages.ensure_site_pages()] == [Phase.FOLLOW_UP]
    page.refresh_from_db()
    assert page.goal == "Notre but."
    assert not FrequentQuestion.objects.filter(phase=Phase.SHARING).exists()
    assert ToolkitPage.objects.count() == 1


@pytest.mark.parametrize("role", ["editor", "coordinator"])
def test_an_editor_changes_a_page_previews_it_and_never_copies_it(client, role):
    page = ToolkitStepPage.objects.get(phase=Phase.MEETING)
    signed_in(client, role)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    preview = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert "Phase 4 de 8" in preview.content.decode()
    assert client.get(f"/admin/pages/{page.pk}/copy/").status_code == 302


def test_a_facilitator_does_not_edit_the_toolkit(client):
    page = ToolkitStepPage.objects.get(phase=Phase.MEETING)
    signed_in(client, "facilitator")
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code in (302, 403)


def test_a_step_shows_its_live_video_with_its_chapter_and_no_draft(client):
    shown = video(VideoIndexPage.objects.get(), title="Tenir une soirée", slug="soiree")
    step = ToolkitStepPage.objects.get(phase=Phase.MEETING)
    step.video, step.video_chapter = shown, "Ouvrir"
    step.save()
    page = html(client, MEETING)
    assert 'href="/videos/soiree/"' in page
    assert "Chapitre « Ouvrir »" in page
    VideoPage.objects.filter(pk=shown.pk).update(live=False)
    assert "/videos/soiree/" not in html(client, MEETING)


@pytest.mark.parametrize("restricts_list", [False, True])
def test_a_step_does_not_name_a_video_kept_back_from_strangers(client, restricts_list):
    parent = VideoIndexPage.objects.get()
    shown = video(parent, title="Entre nous", slug="entre-nous")
    step = ToolkitStepPage.objects.get(phase=Phase.MEETING)
    step.video = shown
    step.save()
    assert "Entre nous" in html(client, MEETING)
    (parent if restricts_list else shown).view_restrictions.create(restriction_type="login")
    assert "Entre nous" not in html(client, MEETING)
