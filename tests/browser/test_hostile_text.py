"""A script in every text that an administrator, a facilitator or a participant can write.

Then everyone's pages in a real browser: no dialog, no report of the policy (the watch of
`new_context` fails on both), no element born of a text.
"""

import json

import pytest
from django.db import models
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField
from wagtail.models import Page as WagtailPage
from wagtail.models import Site

from appreciation.domain.publications import publish
from appreciation.enums import PublicationLevel
from appreciation.models import AppraisalPage, Comment, Instrument, Meeting, Publication
from cms.models import SiteSettings
from reference.models import Issue, Place
from tests.factories import MeetingFactory, MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import CommentFactory
from tests.factories.register import publish_historical
from tests.test_house_rules import our_models

PAYLOADS = (
    "\"'></title></textarea></script><img src=x onerror=alert(1)><script>alert(2)</script>",
    '"><img src=x onerror=alert(1)>{{ 7|add:7 }}',
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<b onclick=1>",
)
UNTYPED = {
    *("reference", "join_code", "token", "code", "username", "password", "fingerprint"),
    *("search_text", "slug", "url_path", "content_json", "file", "file_hash", "creation_key"),
    *("seat_token", "draft_title", "scheme", "session_key"),
}
"""Made by the machine, or refused unless they look like a code."""
UNTYPED_TYPES = (models.SlugField, models.EmailField, models.URLField, models.FileField)


def is_typed(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return (
        is_text
        and not isinstance(field, UNTYPED_TYPES)
        and not field.choices
        and not field.unique
        and field.name not in UNTYPED
    )


def hostile_rich_text(field: RichTextField) -> str:
    """What the admin's editor stores of a hostile text with a hostile link."""
    text = PAYLOADS[0]
    content = {
        "blocks": [
            {
                "key": "a",
                "text": text,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 9, "key": 0}],
                "data": {},
            }
        ],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(3)"}}
        },
    }
    features = field.features or ["bold", "italic", "link", "h2", "ul"]
    return ContentstateConverter(features=features).to_database_format(json.dumps(content))


def hostile_value(field: models.Field) -> str:
    if isinstance(field, RichTextField):
        return hostile_rich_text(field)
    limit = field.max_length or len(PAYLOADS[0])
    return next((text for text in PAYLOADS if len(text) <= limit), "<i>"[:limit])


def poison(excepted=()) -> set[str]:
    """Write a script in every typed text of every row; returns the fields reached."""
    reached = set()
    for model in [*our_models(), WagtailPage]:
        if model in excepted or model._meta.proxy:
            continue
        fields = [field for field in model._meta.local_fields if is_typed(field)]
        values = {field.name: hostile_value(field) for field in fields}
        if values and model.objects.update(**values):
            reached |= {f"{model.__name__}.{name}" for name in values}
    return reached


@pytest.fixture
def poisoned(lead):
    """A published démarche, an open meeting and a historical entry, every text a script."""
    publish_historical()
    appraisal = adopted_appraisal(lead=lead, every_item=True)
    appraisal.quotes_announced = True
    appraisal.save()
    meeting = MeetingFactory(appraisal__at_meeting=True, open=True)
    MembershipFactory(appraisal=meeting.appraisal, user=lead)
    CommentFactory(meeting=appraisal.meetings.get(), item=Comment.objects.get().item)
    Issue.objects.create(code="logement", name="Logement")
    SiteSettings.for_site(Site.objects.get(is_default_site=True)).save()
    reached = poison(excepted={Publication})
    for name in ("Place.name", "Finding.text", "Item.text", "SiteSettings.organisation_name"):
        assert name in reached, reached
    appraisal.refresh_from_db()
    publish(
        appraisal=appraisal,
        level=PublicationLevel.FULL,
        user=lead,
        issues=Issue.objects.all(),
    )
    AppraisalPage.objects.update(
        introduction=hostile_rich_text(AppraisalPage._meta.get_field("introduction"))
    )
    return appraisal


def public_addresses() -> list[str]:
    open_meeting = Meeting.objects.get(state="open")
    entries = [f"/demarches/{slug}/" for slug in Publication.objects.values_list("slug", flat=True)]
    return [
        *("/", "/la-demarche/", "/accessibilite/", "/vie-privee/", "/demarches/"),
        "/demarches/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&territoire=%22%3E%3Cb%3E",
        *entries,
        *("/comptes/connexion/", "/r/", f"/r/{open_meeting.join_code}/"),
    ]


def space_addresses(appraisal) -> list[str]:
    meeting = appraisal.meetings.get()
    base, evening = (
        f"/espace/demarches/{appraisal.reference}",
        f"/espace/rencontres/{meeting.reference}",
    )
    steps = ("decider", "portrait", "mobiliser", "rencontre", "restituer", "choisir", "partager")
    return [
        *("/espace/", f"{base}/", f"{base}/equipe/", f"{base}/journal/", f"{base}/etat/"),
        *(f"{base}/etapes/{step}/" for step in steps),
        *(f"{base}/rapport/", f"{base}/rapport/apercu/", f"{base}/adoption/"),
        *(f"{base}/publication/", f"{base}/publication/apercu/full/"),
        *(f"{base}/publication/retirer/",),
        *(f"{evening}/", f"{evening}/projection/", f"{evening}/resultats/"),
        *(f"{evening}/deliberation/", f"{evening}/formulaire/", f"{evening}/feuilles/"),
        *(f"{evening}/mains/", f"{evening}/importer/", f"{evening}/secretaire/"),
        *(f"{evening}/tablette/", f"{evening}/mots/"),
    ]


def admin_addresses() -> list[str]:
    snippets = [
        *("appreciation_instrument", "appreciation_scale"),
        *("reference_place", "reference_dimension", "reference_sector", "reference_issue"),
    ]
    pages = WagtailPage.objects.filter(depth__gt=1).values_list("pk", flat=True)
    return [
        *("/admin/", "/admin/demarches/", "/admin/pages/"),
        *(reverse(f"wagtailsnippets_{name}:list") for name in snippets),
        reverse("wagtailsnippets_reference_place:edit", args=[Place.objects.latest("pk").pk]),
        reverse(
            "wagtailsnippets_appreciation_instrument:inspect",
            args=[Instrument.objects.latest("pk").pk],
        ),
        *(reverse("wagtailadmin_pages:edit", args=[pk]) for pk in pages),
    ]


def visit(page, addresses) -> None:
    for address in addresses:
        response = page.goto(address, wait_until="load")
        assert response.status == 200, address
        born = page.evaluate(
            "document.querySelectorAll('img[src=\"x\"], svg[onload], b[onclick], [onerror]').length"
        )
        assert born == 0, address
        links = page.evaluate(
            "[...document.links].filter(a => a.protocol === 'javascript:').length"
        )
        assert links == 0, address


def test_a_visitor_and_a_participant_read_texts_and_run_nothing(new_context, poisoned):
    page = new_context().new_page()
    visit(page, public_addresses())
    entry = Publication.objects.get(is_historical=False)
    page.goto(f"/demarches/{entry.slug}/")
    expect(page.get_by_text("onerror=alert(1)").first).to_be_visible()
    page.goto(f"/r/{Meeting.objects.get(state='open').join_code}/")
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("alert(")


def test_the_team_reads_texts_and_runs_nothing(new_context, sign_in, lead, poisoned):
    context = new_context()
    sign_in(context, lead)
    visit(context.new_page(), space_addresses(poisoned))


def test_the_administrator_reads_texts_and_runs_nothing(new_context, sign_in, poisoned):
    context = new_context()
    sign_in(context, UserFactory(is_superuser=True, is_staff=True))
    visit(context.new_page(), admin_addresses())
