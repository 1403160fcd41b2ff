"""« Ma sélection »: by numbers in the address, of what everyone may read at that moment."""

import io

import docx
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.enums import PublicationLevel
from appreciation.models import AppraisalPage
from home.domain.selection import AT_MOST, asked_keys
from home.models import StandardPage
from tests.factories.practices import catalogue, practice
from tests.factories.register import publish_entry

URL = "/ma-selection/"


def test_an_address_is_read_whatever_a_mail_did_to_it():
    assert asked_keys("12,45,12") == ([12, 45], False)
    assert asked_keys("12%2C45 ;abc,-7,") == ([12, 2, 45, 7], False)
    assert asked_keys("'; DROP TABLE--\N{PILE OF POO}") == ([], False)
    keys, is_cut = asked_keys(",".join(map(str, range(1, 60))))
    assert (len(keys), is_cut) == (AT_MOST, True)
    assert asked_keys("9" * 5000)[1]


def titles(response):
    return [each.get_text() for each in BeautifulSoup(response.text, "html.parser").select("h2 a")]


@pytest.mark.django_db
def test_a_shared_link_shows_each_kind_in_its_order(client):
    sheet = practice(title="Navette", holder_name="Coop fictive", contact_phone="819 555-0101")
    edition = publish_entry()
    entry = AppraisalPage.objects.get()
    other = catalogue().get_parent().add_child(instance=StandardPage(title="Nous joindre tous"))
    response = client.get(URL, {"p": f"{other.pk},{entry.pk},{sheet.pk}"})
    assert titles(response) == ["Nous joindre tous", edition.entry["title"], "Navette"]
    assert "Coop fictive, 819 555-0101" in response.text
    assert sheet.contact_email not in response.text
    assert "no-store" in response["Cache-Control"]
    assert f"/ma-selection/?p={other.pk},{entry.pk},{sheet.pk}" in response.text


@pytest.mark.django_db
def test_each_page_can_go_one_place_up_or_down(client):
    first, second, third = (practice(title=letter).pk for letter in "ABC")
    page = BeautifulSoup(client.get(URL, {"p": f"{first},{second},{third}"}).text, "html.parser")
    offered = [
        (button["aria-label"], button["value"], button.has_attr("disabled"))
        for button in page.select("[data-selection-move] button")
    ]
    assert offered == [
        ("Monter\xa0: A", "", True),
        ("Descendre\xa0: A", f"{second},{first},{third}", False),
        ("Monter\xa0: B", f"{second},{first},{third}", False),
        ("Descendre\xa0: B", f"{first},{third},{second}", False),
        ("Monter\xa0: C", f"{first},{third},{second}", False),
        ("Descendre\xa0: C", "", True),
    ]
    alone = BeautifulSoup(client.get(URL, {"p": str(first)}).text, "html.parser")
    assert not alone.select("[data-selection-move]")


@pytest.mark.django_db
def test_what_left_is_said_kindly_and_named_nowhere(client):
    gone, hidden = practice(title="Retirée"), practice(title="Réservée")
    stays = practice(title="Navette")
    gone.unpublish()
    hidden.view_restrictions.create(restriction_type="login")
    private = AppraisalPage.objects.get(
        pk=publish_entry(level=PublicationLevel.REGION).appraisal.page.pk
    )
    for key in (gone.pk, hidden.pk, private.pk, 1, 987654321):
        response = client.get(URL, {"p": f"{stays.pk},{key}"})
        assert titles(response) == ["Navette"]
        assert "Cette page n’est plus en ligne" in response.text
    alone = client.get(URL, {"p": str(gone.pk)})
    assert alone.status_code == 200
    assert "Cette page n’est plus en ligne" in alone.text


@pytest.mark.django_db
def test_nothing_kept_yet_says_how_to_begin(client):
    catalogue()
    text = client.get(URL).text
    assert "Rien n’est gardé pour l’instant" in text
    assert '<h3><a href="/trousse/">Réaliser une appréciation</a></h3>' in text
    assert "Sans JavaScript, votre appareil" in text


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["", "abc", "0", "\N{PILE OF POO}", "1" * 5000])
def test_bad_numbers_break_nothing(client, bad):
    catalogue()
    assert client.get(URL, {"p": bad}).status_code == 200
    assert client.get(URL + "ma-selection.pdf", {"p": bad}).status_code == 302


@pytest.mark.django_db
def test_it_is_taken_along_in_word_and_pdf(client):
    sheet, gone = practice(title="Navette"), practice(title="Retirée")
    gone.unpublish()
    asked = {"p": f"{gone.pk},{sheet.pk}"}
    word = client.get(reverse("selection_file", args=["docx"]), asked)
    said = "\n".join(each.text for each in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert "Navette" in said
    assert "Retirée" not in said
    assert sheet.get_full_url() in said
    pdf = client.get(reverse("selection_file", args=["pdf"]), asked)
    assert pdf.content.startswith(b"%PDF-1.7")
    assert client.get(reverse("selection_file", args=["exe"]), asked).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_is_kept(client, rows, django_assert_max_num_queries):
    keys = ",".join(str(practice().pk) for _ in range(rows))
    client.get(URL, {"p": keys})
    with django_assert_max_num_queries(12):
        client.get(URL, {"p": keys})


@pytest.mark.django_db
def test_pages_offer_to_be_kept_and_the_home_page_does_not(client):
    sheet = practice()
    page = BeautifulSoup(client.get(sheet.url).text, "html.parser")
    (button,) = page.select("[data-selection]")
    assert button["data-selection"] == str(sheet.pk)
    assert button.has_attr("hidden")
    assert not BeautifulSoup(client.get("/").text, "html.parser").select("[data-selection]")
