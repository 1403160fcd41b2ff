"""Every block tells an editor what it is, shows itself before it is chosen, and keeps its rules."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from cms.blocks import PictureBlock, QuoteBlock, TableBlock
from cms.blocks.media import PRIVATE, PublicDocumentBlock
from cms.models import SiteDocument
from home.models import StandardPage
from tests.factories import PlaceFactory, UserFactory
from tests.factories.pictures import site_image

BLOCKS = StandardPage.body.field.stream_block.child_blocks
FRENCH_PREVIEWS = {
    "text": "Qui peut participer",
    "callout": "Avant de commencer",
    "quote": "On pensait être seuls à y tenir.",
    "accordion": "Combien de temps?",
    "picture": "Le marché, un samedi.",
    "figure": "Une personne sur deux vient à pied",
    "video": "Une rencontre, du début à la fin",
    "document": "Guide d’accueil (exemple)",
    "key_figures": "42",
    "table": "La semaine au centre",
    "timeline": "Un jardin ouvre",
    "practice": "Une navette conduite par des bénévoles",
    "appraisal": "Village-Exemple, 2026",
    "resource": "Petit guide d’accueil",
    "contact": "À qui parler",
}


@pytest.mark.once
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_an_icon_a_french_name_a_group_and_a_description(name):
    meta = BLOCKS[name].meta
    assert meta.icon != "placeholder"
    assert meta.label[0].isupper()
    assert meta.group
    assert meta.description.endswith(".")


@pytest.fixture
def editor(client):
    user = UserFactory()
    assign_role(user=user, role=RoleAssignment.Role.EDITOR, place=PlaceFactory(region=True))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_shows_itself_before_it_is_chosen(editor, name):
    block = BLOCKS[name]
    assert block.is_previewable
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert FRENCH_PREVIEWS[name] in answer.text
    assert "css/blocks" in answer.text


def test_a_preview_shows_the_last_picture_of_the_library(editor):
    site_image(description="Deux chaloupes")
    block = BLOCKS["picture"]
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert 'alt="Deux chaloupes"' in answer.text


def test_a_picture_is_described_or_said_to_be_decorative():
    block = PictureBlock()
    image = site_image()
    image.contextual_alt_text, image.decorative = "", False
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"image": image, "caption": ""}))
    image.decorative = True
    assert block.clean(block.normalize({"image": image, "caption": ""}))["image"] == image
    image.contextual_alt_text, image.decorative = "Un quai", False
    assert block.clean(block.normalize({"image": image, "caption": ""}))["image"] == image


def test_a_quote_needs_permission():
    block = QuoteBlock()
    said = {"text": "On y tient.", "who": "une résidente"}
    with pytest.raises(ValidationError):
        block.clean(block.normalize(said | {"is_permitted": False}))
    assert block.clean(block.normalize(said | {"is_permitted": True}))["who"] == "une résidente"


def test_a_private_document_is_refused_in_words():
    block = PublicDocumentBlock()
    with pytest.raises(ValidationError, match=re.escape(PRIVATE)):
        block.clean(SiteDocument.objects.create(title="Privé", is_private=True))
    public = SiteDocument.objects.create(title="Public", is_private=False)
    assert block.clean(public) == public


def test_a_table_says_what_it_is_about():
    block = TableBlock()
    table = block.meta.preview_value["table"]
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"table": table | {"caption": ""}, "source": ""}))
    kept = block.clean(block.normalize({"table": table, "source": ""}))
    assert kept["table"].caption == "La semaine au centre (exemple inventé)"
