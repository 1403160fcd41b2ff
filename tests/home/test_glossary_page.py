"""The glossary on its own page and in the others; a change is seen on the next request."""

import pytest

from home.models import GlossaryPage, GlossaryTerm
from tests.factories.organisation import organisation_site


@pytest.fixture(scope="module", name="site")
def _site(kept_for_the_module):
    return organisation_site()


def test_every_word_has_its_anchor(site, client):
    text = client.get("/lexique/").text
    assert text.count("<dt>") == GlossaryTerm.objects.count() == 21
    assert '<div id="pouvoir-d-agir"><dt>Pouvoir d’agir</dt>' in text
    assert "term-tip" not in text


def test_pages_explain_a_word_where_it_comes_first(site, client):
    text = client.get("/developpement-social/").text
    assert text.count('id="terme-concertation"') == 1
    assert 'href="/lexique/#concertation"' in text


def test_a_change_is_seen_at_once(site, client):
    assert "sans que personne commande." in client.get("/developpement-social/").text
    page = GlossaryPage.objects.get()
    term = page.terms.get(term="concertation")
    term.definition = "Se parler souvent."
    page.terms = [term]
    page.save_revision().publish()
    text = client.get("/developpement-social/").text
    assert "Se parler souvent." in text
    page.unpublish()
    assert "term-tip" not in client.get("/developpement-social/").text


def test_reading_them_costs_one_query_then_none(site, client, django_assert_num_queries):
    client.get("/developpement-social/")
    with django_assert_num_queries(8):
        client.get("/developpement-social/")
