"""Every type of page says at the top of its form what it is for, who reads it and what to do."""

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from wagtail.models import Page

from cms.models import BasePage
from cms.page_help import FOLDER
from tests.factories.starter_site import ensure_site_pages

TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]


@pytest.mark.once
def test_every_type_of_page_has_its_words():
    said = {model: render_to_string(f"{FOLDER}/{model._meta.model_name}.html") for model in TYPES}
    assert len(said) > 20
    for words in said.values():
        for heading in ("À quoi elle sert.</b> ", "Qui la lit.</b> ", "À faire.</b> "):
            assert words.partition(heading)[2][:1].isupper()
    assert len(set(said.values())) == len(said)


@pytest.mark.django_db
def test_the_form_of_a_page_begins_with_them(admin_client):
    ensure_site_pages()
    page = Page.objects.get(slug="accessibilite")
    form = admin_client.get(f"/admin/pages/{page.pk}/edit/").text
    assert form.index("Une page ordinaire") < form.index('name="title"')
