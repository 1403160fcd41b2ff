"""The public sheet: what it tells, what it owns up to not knowing, and what it never shows."""

import datetime as dt
from datetime import date

import pytest
from django.core.cache import cache
from wagtail.models import Page, PageViewRestriction

from appreciation.models import Publication
from core.typography import NBSP
from pratiques.domain.contact_asked import SHOWN_AT_MOST
from pratiques.models import PracticeAppraisal, PracticeDocument, PracticePage
from tests.factories.practices import full_practice, practice, public_document
from tests.factories.register import publish_entry
from tests.factories.videos import video, video_list


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_full_sheet_tells_all_of_it(client):
    text = client.get(full_practice(rows=2).url).text
    for said in (
        *("L’autobus ne passait plus.", "Sortir une fois par semaine.", "Le départ du soir."),
        *("Étape 1", "Résultat 1", "Chiffres suivis&nbsp;: Registre 1", "Partenaire 1"),
        *("Enjeu 1", "Dimension 1", "Secteur 1", "Rive-Exemple 1", "Mékinac"),
        *(
            f"Moins de 1{NBSP}000{NBSP}$",
            "Depuis 2022",
            "On comprend pourquoi cela devrait marcher",
        ),
        *("Horaire 1", "Licence&nbsp;: CC BY 4.0", f"mai{NBSP}2026"),
    ):
        assert said in text
    assert "compléter" not in text


def test_what_is_missing_is_said_kindly(client):
    text = client.get(practice(verified_on=None).url).text
    assert text.count("À compléter avec l’organisme.") == 8
    assert text.count("<small>à compléter</small>") == 5
    assert "Dernière vérification&nbsp;: <b>à compléter</b>" in text
    assert "À surveiller" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_the_sheet_holds(client, rows, django_assert_num_queries):
    sheet = full_practice(rows=rows)
    client.get(sheet.url)
    with django_assert_num_queries(14):
        response = client.get(sheet.url)
    assert response.text.count("<figure") == rows
    assert len(response.content) < 60_000


def test_an_empty_sheet_asks_as_many_queries(client, django_assert_num_queries):
    sheet = practice()
    client.get(sheet.url)
    with django_assert_num_queries(14):
        client.get(sheet.url)


def test_photos_are_sized_described_credited_and_modern(client):
    text = client.get(full_practice().url).text
    assert '<source type="image/webp" srcset="' in text
    assert 'width="960" height="640" alt="Un quai 0"' in text
    assert "Photo&nbsp;: Ana" in text


def test_only_public_files_are_offered(client):
    sheet = full_practice()
    hidden = public_document("privé.pdf")
    hidden.is_private = True
    hidden.save()
    sheet.files.add(PracticeDocument(title="Secret", document=hidden))
    sheet.files.add(PracticeDocument(title="Guide ailleurs", url="https://exemple.org/guide"))
    sheet.save_revision().publish()
    text = client.get(sheet.url).text
    assert "Secret" not in text
    assert 'href="https://exemple.org/guide"' in text
    assert "horaire-0" in text


def test_a_demarche_is_linked_while_everyone_may_read_it(client):
    publish_entry()
    page = Publication.objects.get().appraisal.page
    sheet = full_practice()
    sheet.appraisal_links.add(PracticeAppraisal(register_page=page))
    sheet.save_revision().publish()
    assert f'href="{page.url}"' in client.get(sheet.url).text
    Publication.objects.update(level="committee")
    assert page.live
    assert f'href="{page.url}"' not in client.get(sheet.url).text


def test_a_video_is_linked_while_it_is_live(client):
    film = video(video_list())
    sheet = practice(video_page=Page.objects.get(pk=film.pk))
    assert f'href="{film.url}"' in client.get(sheet.url).text
    film.unpublish()
    assert f'href="{film.url}"' not in client.get(sheet.url).text


def test_a_preview_shows_what_is_not_saved(rf):
    sheet = full_practice()
    sheet.summary = "Tout autre chose."
    sheet.results.clear()
    request = sheet.make_preview_request().context_data
    assert request["page"].summary == "Tout autre chose."
    assert "results" in request["screen"].to_complete


def test_a_draft_is_nowhere(client):
    sheet = practice()
    sheet.unpublish()
    assert client.get(sheet.url).status_code == 404
    assert client.get(f"{sheet.url}courriel/").status_code == 404


def test_the_address_of_an_organisation_is_shown_after_a_button_only(client):
    sheet = full_practice(contact_phone="819 555-0100")
    assert "navette@exemple.org" not in client.get(sheet.url).text
    assert 'href="tel:8195550100"' in client.get(sheet.url).text
    page = client.get(f"{sheet.url}courriel/")
    assert "navette@exemple.org" not in page.text
    assert "noindex" in page.text
    shown = client.post(f"{sheet.url}courriel/")
    assert 'href="mailto:navette@exemple.org"' in shown.text
    assert "no-store" in shown["Cache-Control"]


def test_addresses_are_not_gathered_by_the_hundred(client):
    cache.clear()
    sheet = practice()
    statuses = [client.post(f"{sheet.url}courriel/").status_code for _ in range(SHOWN_AT_MOST + 1)]
    assert statuses == [200] * SHOWN_AT_MOST + [429]
    assert client.get(sheet.url).status_code == 200


def test_another_site_does_not_press_the_button(db):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    sheet = practice()
    address = f"{sheet.url}courriel/"
    assert strict.post(address, headers={"origin": "https://ailleurs.org"}).status_code == 403
    assert strict.post(address, headers={"origin": "http://testserver"}).status_code == 200


def test_a_restricted_sheet_keeps_its_address_too(client):
    sheet = practice()
    PageViewRestriction.objects.create(page=sheet, restriction_type="login")
    assert client.post(f"{sheet.url}courriel/").status_code == 404


def test_the_date_of_the_last_check_is_a_month(client):
    assert f"mai{NBSP}2024" in client.get(practice(verified_on=date(2024, 5, 3)).url).text


def test_a_fictitious_sheet_says_so(client):
    sheet = practice(is_demo=True)
    assert "Fiche de démonstration." in client.get(sheet.url).text
    PracticePage.objects.filter(pk=sheet.pk).update(is_demo=False)
    assert "Fiche de démonstration." not in client.get(sheet.url).text


def test_a_sheet_that_nobody_checked_says_so(client):
    old = full_practice(review_due_on=dt.date(2024, 5, 1))
    assert "Personne n’a pu la revoir" in client.get(old.url).text
    checked = full_practice(review_due_on=dt.date(2090, 5, 1))
    assert "Personne n’a pu la revoir" not in client.get(checked.url).text
