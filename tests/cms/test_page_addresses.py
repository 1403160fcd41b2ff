"""The whole address of a page in mails and files: one that opens from anywhere."""

from wagtail.models import Site

from tests.factories.meetings import regional_meeting


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
