"""One entry of the register: what it shows, to whom, and what its address says afterwards."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from appreciation.models import AppraisalPage, RegisterPage
from tests.factories import (
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.adopted import adopted_appraisal
from tests.factories.places import DimensionFactory
from tests.factories.practices import practice
from tests.factories.register import publish_entry, publish_historical

URL = "/demarches/riviere-exemple-2026/"
FULL, SUMMARY, REGION = PublicationLevel.FULL, PublicationLevel.SUMMARY, PublicationLevel.REGION


def test_page_says_level_adoption_source_and_how_to_cite(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=SUMMARY, user=lead)
    text = client.get(URL).text
    assert "<h1>Rivière-Exemple, 2026</h1>" in text
    assert "Sommaire public" in text
    assert "sans le détail des réponses" in text
    assert "<dt>Adopté par</dt><dd>le comité local" in text
    assert "le 3\xa0novembre\xa02026" in text
    assert "Comment citer" in text
    assert "http://testserver/demarches/riviere-exemple-2026/" in text


def test_page_shows_the_snapshot_and_not_the_data(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=SUMMARY, user=lead)
    appraisal.requested_by = "Texte jamais publié"
    appraisal.save()
    assert "Texte jamais publié" not in client.get(URL).text


def test_unknown_address_and_longer_paths_are_404(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=SUMMARY, user=lead)
    assert client.get("/demarches/inconnue-2026/").status_code == 404
    assert client.get(f"{URL}encore/").status_code == 404


def test_embargo_answers_404_then_the_page(client, lead):
    until = timezone.now() + dt.timedelta(days=2)
    publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead, embargo_until=until)
    assert client.get(URL).status_code == 404
    assert "riviere-exemple" not in client.get("/sitemap.xml").text
    with time_machine.travel(until + dt.timedelta(seconds=1), tick=False):
        assert client.get(URL).status_code == 200


def test_withdrawn_answers_410_in_french_then_200_once_published_again(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=FULL, user=lead)
    withdraw(appraisal=appraisal, user=lead, reason="Raison interne")
    response = client.get(URL)
    assert response.status_code == 410
    assert "Cette démarche n’est plus publiée" in response.text
    assert "Raison interne" not in response.text
    assert "Rivière-Exemple" not in response.text
    publish(appraisal=appraisal, level=FULL, user=lead)
    assert client.get(URL).status_code == 200


def test_withdrawn_under_embargo_was_never_there(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    until = timezone.now() + dt.timedelta(days=2)
    publish(appraisal=appraisal, level=FULL, user=lead, embargo_until=until)
    withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    assert client.get(URL).status_code == 404


def test_a_deleted_page_answers_410_and_leaves_the_lists(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    AppraisalPage.objects.get().delete()
    assert client.get(URL).status_code == 410
    assert "Rivière-Exemple" not in client.get("/demarches/").text


def region_people():
    region = PlaceFactory(region=True)
    territory = PlaceFactory(territory=True, parent=region)
    place = PlaceFactory(name="Rivière-Exemple", parent=territory)
    other_region = PlaceFactory(region=True)
    coordinator, elsewhere, member, plain = (UserFactory() for _ in range(4))
    RoleAssignmentFactory(user=coordinator, place=region)
    RoleAssignmentFactory(user=elsewhere, place=other_region)
    MembershipFactory(user=member, appraisal__place=PlaceFactory(parent=territory))
    return place, {"in": (coordinator, member), "out": (elsewhere, plain)}


def test_region_level_is_read_by_the_people_of_the_region_only(client):
    place, people = region_people()
    publish_entry(place=place, level=REGION)
    assert client.get(URL).status_code == 404
    for user in people["out"]:
        client.force_login(user)
        assert client.get(URL).status_code == 404
    for user in people["in"]:
        client.force_login(user)
        response = client.get(URL)
        assert response.status_code == 200
        assert "private" in response["Cache-Control"]
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response.text


def test_region_level_withdrawn_is_404_for_those_who_never_read_it(client):
    place, people = region_people()
    edition = publish_entry(place=place, level=REGION)
    admin = UserFactory(is_superuser=True)
    withdraw(appraisal=edition.appraisal, user=admin, reason="Erreur")
    assert client.get(URL).status_code == 404
    client.force_login(people["in"][0])
    assert client.get(URL).status_code == 410


def test_public_then_region_is_gone_for_the_public(client):
    place, _ = region_people()
    edition = publish_entry(place=place, level=FULL)
    appraisal = edition.appraisal
    appraisal.announced_level = FULL
    appraisal.meeting_done_at = timezone.now()
    appraisal.adopted_by, appraisal.adopted_on = "A", dt.date(2026, 11, 3)
    appraisal.save()
    appraisal.findings.create(kind="strength", text="Force")
    publish(appraisal=appraisal, level=REGION, user=UserFactory(is_superuser=True))
    assert client.get(URL).status_code == 410


def test_hostile_text_is_shown_as_text(client):
    publish_entry(
        place=PlaceFactory(name="</script><script>alert(1)</script>"),
        summary='"><img src=x onerror=alert(2)>',
        subtitle="{{ settings.SECRET_KEY }}",
        adopted_by="<b>gras</b>",
    )
    for url in ("/demarches/", "/", "/demarches/scriptscriptalert1script-2026/"):
        response = client.get(url)
        assert response.status_code == 200
        assert "<script>alert" not in response.text
        assert "<img src=x" not in response.text
        assert "<b>gras</b>" not in response.text


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_queries_whatever_the_report(
    client, lead, number, django_assert_num_queries
):
    appraisal = adopted_appraisal(lead=lead)
    dimension = DimensionFactory()
    for index in range(number):
        appraisal.findings.create(kind="challenge", text=f"Défi {index}", dimension=dimension)
        sheet = practice()
        sheet.dimensions = [dimension]
        sheet.save()
    publish(appraisal=appraisal, level=FULL, user=lead)
    client.get(URL)
    with django_assert_num_queries(12):
        response = client.get(URL)
    assert len(response.content) < 60_000
    assert response.text.count('class="suggestion"') == number


@pytest.fixture
def admin_client(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.mark.parametrize("action", ["delete", "unpublish", "move", "copy", "set_privacy"])
def test_admin_cannot_go_around_the_rules(admin_client, lead, action):
    publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    page = AppraisalPage.objects.get()
    url = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
    response = admin_client.post(url, follow=True)
    assert response.status_code in (200, 403)
    assert AppraisalPage.objects.filter(pk=page.pk, live=True).exists()
    assert AppraisalPage.objects.count() == 1
    assert not page.view_restrictions.exists()


def test_admin_cannot_create_an_entry_nor_delete_the_register(admin_client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    register = RegisterPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["appreciation", "appraisalpage", register.pk])
    admin_client.post(add, {"title": "Fausse", "slug": "fausse"})
    for page in (register, register.get_parent()):
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    admin_client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        + f"?id={AppraisalPage.objects.get().pk}"
    )
    assert AppraisalPage.objects.count() == 1
    assert RegisterPage.objects.count() == 1


def test_admin_edits_the_introduction_and_nothing_else(admin_client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=SUMMARY, user=lead)
    page = AppraisalPage.objects.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {
        "title": "Titre changé",
        "slug": "autre-adresse",
        "introduction": '{"blocks":[{"key":"a","text":"Mot de la région","type":"unstyled",'
        '"depth":0,"inlineStyleRanges":[],"entityRanges":[],"data":{}}],"entityMap":{}}',
        "action-publish": "action-publish",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    response = admin_client.post(url, data, follow=True)
    page.refresh_from_db()
    assert response.status_code == 200
    assert (page.title, page.slug) == ("Rivière-Exemple, 2026", "riviere-exemple-2026")
    assert "Mot de la région" in page.introduction
    assert "Mot de la région" in admin_client.get(URL).text


def test_preview_of_a_withdrawn_entry_shows_no_fact(admin_client, lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=FULL, user=lead)
    page = AppraisalPage.objects.get()
    page.save_revision()
    withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    preview = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "On s’entraide" not in preview.text
    assert "Rivière-Exemple, 2026" not in preview.text


def test_wagtails_own_api_is_off(client):
    assert client.get("/api/v2/pages/").status_code == 404


def test_an_editor_without_rights_on_the_tree_sees_no_page_button(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    editor = UserFactory(is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    page = AppraisalPage.objects.get()
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code in (302, 403)


def test_full_level_shows_distributions_and_gives_their_numbers(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=FULL, user=lead)
    text = client.get(URL).text
    assert "On s’entraide quand ça compte" in text
    assert 'class="chart-bar' in text
    assert f'href="{URL}?format=csv"' in text
    response = client.get(URL, {"format": "csv"})
    table = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "niveau 1;niveau 2;niveau 3;niveau 4;ne sait pas" in table
    assert ";0;0;2;10;0;" in table


def test_summary_level_shows_findings_and_no_distribution(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=SUMMARY, user=lead)
    text = client.get(URL).text
    assert "On s’entraide quand ça compte" in text
    assert "accord net" in text
    assert "chart-bar" not in text
    assert "format=csv" not in text
    assert client.get(URL, {"format": "csv"}).status_code == 404


def test_the_same_community_at_other_dates(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=SUMMARY, user=lead)
    assert "à d’autres dates" not in client.get(URL).text
    publish_historical(place=appraisal.place, year=2012)
    publish_entry(place=appraisal.place, level=REGION, year=2020)
    publish_historical(place=PlaceFactory(name="Ailleurs"))
    text = client.get(URL).text
    _, _, others = text.partition("La même communauté, à d’autres dates")
    others = others.partition("</ul>")[0]
    assert others.count("<li>") == 1
    assert '<a href="/demarches/riviere-exemple-2012/">Rivière-Exemple, 2012</a>' in others
    assert "historique, non comparable" in others
    back = client.get("/demarches/riviere-exemple-2012/").text
    assert '<a href="/demarches/riviere-exemple-2026/">Rivière-Exemple, 2026</a>' in back
