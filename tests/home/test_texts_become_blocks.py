"""The texts that editors had written are blocks now: in pages and in every version of them."""

import importlib
import json

import pytest
from django.apps import apps

from home.models import StandardPage
from tests.factories.starter_site import ensure_site_pages

migration = importlib.import_module("home.migrations.0002_standard_pages_texts")
HTML = '<p>Appelez <a linktype="page" id="3">nous</a>&nbsp;: on répond.</p><ul><li>Oui</li></ul>'


@pytest.mark.once
def test_a_text_becomes_one_block_and_comes_back_whole():
    stream = migration.as_stream(HTML)
    [block] = json.loads(stream)
    assert (block["type"], block["value"]) == ("text", HTML)
    assert migration.as_html(stream) == HTML


@pytest.mark.once
def test_an_empty_text_is_an_empty_stream_and_twice_changes_nothing():
    assert migration.as_stream("  ") == "[]"
    assert migration.as_html("[]") == ""
    once = migration.as_stream(HTML)
    assert migration.as_stream(once) == once
    assert migration.as_html(HTML) == HTML


@pytest.mark.once
@pytest.mark.parametrize("text", ["[crochets] d’un texte", "42", '{"a": 1}', '"cité"'])
def test_a_text_that_looks_like_data_is_a_text(text):
    assert migration.as_html(migration.as_stream(text)) == text


def test_drafts_are_converted_too():
    ensure_site_pages()
    revision = StandardPage.objects.get(slug="vie-privee").save_revision()
    revision.content["body"] = HTML
    revision.save(update_fields=["content"])
    migration.convert_versions(apps, migration.as_stream)
    revision.refresh_from_db()
    [block] = revision.as_object().body
    assert (block.block_type, block.value.source) == ("text", HTML)
    migration.convert_versions(apps, migration.as_html)
    revision.refresh_from_db()
    assert revision.content["body"] == HTML
