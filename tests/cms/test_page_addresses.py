"""The whole address of a page in mails and files: one that opens from anywhere."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import resolve
from wagtail.models import Site

from cms.page_addresses import leads_elsewhere
from tests.factories.meetings import regional_meeting
from tests.factories.practices import catalogue, practice


def test_a_page_is_where_the_site_says_it_is(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://exemple.org/"
    page = regional_meeting()
    assert page.full_url == "https://exemple.org/rencontres/automne/"
    assert page.get_url() == "/rencontres/automne/"


def test_a_name_typed_in_the_admin_is_the_one(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://exemple.org"
    page = regional_meeting()
    site = Site.objects.get()
    site.hostname, site.port = "mauricie.example", 443
    site.save()
    assert page.get_full_url() == "https://mauricie.example/rencontres/automne/"


def test_an_address_that_the_site_answers_by_itself_is_no_page_s():
    """Nobody would ever read a sheet that lies under the form."""
    assert leads_elsewhere(catalogue(), "proposer")
    page = practice()
    page.slug = "proposer"
    with pytest.raises(ValidationError, match="mène déjà à un autre écran du site"):
        page.save()
    assert resolve("/pratiques/proposer/").view_name == "pratiques:propose"
    page.slug = "verification"  # with a token after it only
    page.save()


def test_the_site_s_own_first_words_are_taken_too():
    home = Site.objects.get(is_default_site=True).root_page
    assert leads_elsewhere(home, "espace")
    assert leads_elsewhere(home, "ma-selection")
    assert not leads_elsewhere(home, "espace-public")
    assert not leads_elsewhere(home.get_parent(), "espace")
