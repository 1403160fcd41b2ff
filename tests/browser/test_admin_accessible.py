"""axe on the screens that we build in Wagtail's admin, at a desk and at 320 px."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from appreciation.domain.document_templates import add_template
from appreciation.domain.publications import publish
from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.enums import PublicationLevel
from appreciation.interfaces.documents.contract import WORD
from appreciation.interfaces.documents.template_starter import starter_template
from appreciation.models import AppraisalPage, DocumentTemplate, Instrument, Scale
from pratiques.domain.adaptations import AdaptationWords, record_adaptation
from pratiques.domain.imports.jobs import prepare_import
from pratiques.domain.proposal_review import draft_from_proposal
from pratiques.domain.proposals import ProposalWords, confirm_proposal, propose_practice
from pratiques.models import FreshnessCheck
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import load_vocabularies
from reference.models import Dimension, Issue, Place, Sector
from tests.browser.axe import axe_findings
from tests.browser.sizes import DESKTOP, NARROW
from tests.factories import PlaceFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.practices import practice
from tests.factories.starter_site import ensure_site_pages
from tests.pratiques.test_import_practices import FRIGO, csv

TEMPLATES = "wagtailsnippets_appreciation_documenttemplate"
WAGTAILS_OWN = (
    # Draftail, Wagtail's rich text field, gives its box no name of its own.
    ("aria-input-field-name", ".public-DraftEditor-content[role=textbox]"),
    # The dashes at the right of a long form scroll, and the keyboard cannot reach them.
    ("scrollable-region-focusable", "ol.w-minimap__list"),
    # Children of a panel are numbered anew under each parent: many are « Question 1 ».
    ("landmark-unique", "section.w-panel[id^=inline_child_][id*=-items-]"),
)


def is_wagtails_own(page: Page, rule: str, target: str) -> bool:
    return any(
        rule == known and page.locator(target).evaluate("(node, css) => node.matches(css)", css)
        for known, css in WAGTAILS_OWN
    )


def findings(page: Page) -> list[str]:
    return [
        f"{rule}: {target} {words}"
        for rule, target, words in axe_findings(page)
        if not is_wagtails_own(page, rule, target)
    ]


@pytest.fixture
def looked_at(new_context, sign_in) -> Callable[..., Page]:
    """`looked_at(user, addresses)`: each address, at both widths, without finding or scroll.

    Opened once, at a desk: the width changes under the page, as a tablet turns.
    """

    def look(user, addresses: list[str]) -> Page:
        context = new_context()
        sign_in(context, user)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        for address in addresses:
            page.set_viewport_size(DESKTOP)
            assert page.goto(address).status == 200, address
            expect(page.locator("#wagtail-sidebar nav").first).to_be_attached()
            for size in (DESKTOP, NARROW):
                page.set_viewport_size(size)
                assert findings(page) == [], f"{address}, {size['width']} px"
                overflow = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert overflow <= 0, f"{address}, {size['width']} px"
        return page

    return look


@pytest.fixture
def region() -> Place:
    ensure_site_pages()
    load_seed()
    load_vocabularies()
    return Place.objects.get(kind="region")


@pytest.fixture
def coordinator(region):
    user = UserFactory(first_name="Maude")
    assign_role(user=user, role=RoleAssignment.Role.COORDINATOR, place=region)
    return user


def screens(model, *more: str) -> list[str]:
    """The list of a model, the first one's sheet and an empty sheet."""
    name = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
    return [
        reverse(f"{name}:list"),
        reverse(f"{name}:edit", args=[model.objects.order_by("pk").first().pk]),
        reverse(f"{name}:add"),
        *more,
    ]


def test_home_and_vocabularies(looked_at, coordinator):
    others = [screens(Issue)[0], screens(Sector)[0]]  # one viewset: one sheet is enough
    looked_at(coordinator, ["/admin/", *screens(Dimension), *others])


def test_places_and_settings(looked_at, coordinator):
    changes = reverse("wagtailsnippets_reference_placechange:list")
    settings = reverse("wagtailsettings:edit", args=["cms", "sitesettings"])
    looked_at(coordinator, [*screens(Place), changes, settings])


def test_instruments_and_their_preview(looked_at, coordinator):
    load_shipped_instruments()
    page = looked_at(coordinator, [*screens(Instrument), *screens(Scale)])
    page.set_viewport_size(DESKTOP)
    page.goto(screens(Instrument)[1])
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    expect(page.frame_locator("iframe").last.get_by_text("1 sur")).to_be_visible()
    assert findings(page) == []


def test_a_word_template_is_refused_in_words_then_sent_tried_and_put_in_use(looked_at, coordinator):
    add_template(title="Avant", use="letter", content=starter_template("letter"), user=None)
    inspect = reverse(f"{TEMPLATES}:inspect", args=[DocumentTemplate.objects.get().pk])
    page = looked_at(coordinator, [*screens(DocumentTemplate), inspect])
    page.set_viewport_size(DESKTOP)
    page.goto(reverse(f"{TEMPLATES}:add"))
    page.get_by_role("textbox", name="Titre").fill("Papier à en-tête")
    page.get_by_role("combobox", name="Document").select_option("letter")
    send(page, starter_template("report"))
    expect(page.get_by_text("le champ « titre » n’existe pas")).to_be_visible()
    expect(page.get_by_role("textbox", name="Titre")).to_have_value("Papier à en-tête")
    send(page, starter_template("letter"))
    expect(page.get_by_text("Ce gabarit ne sert pas encore")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Essayer avec un exemple").click()
    assert download.value.suggested_filename == "papier-a-en-tete-version-2-specimen.docx"
    page.get_by_role("button", name="Mettre en service").press("Enter")
    expect(page.get_by_text("Ce gabarit est en service depuis le")).to_be_visible()
    page.reload()  # without Wagtail's message, which fades in
    assert findings(page) == []


def send(page: Page, content: bytes) -> None:
    file = FilePayload(name="lettre.docx", mimeType=WORD, buffer=content)
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")


def test_demarches_and_their_entries(looked_at, coordinator, lead):
    appraisal = adopted_appraisal(lead=lead, place=Place.objects.get(slug="batiscan"))
    publish(appraisal=appraisal, level=PublicationLevel.SUMMARY, user=lead)
    entry = AppraisalPage.objects.get()
    addresses = [
        "/admin/demarches/",
        f"/admin/demarches/inspect/{appraisal.pk}/",
        reverse("wagtailadmin_explore", args=[entry.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[entry.pk]),
    ]
    looked_at(coordinator, addresses)


def test_people_and_roles(looked_at):
    administrator = UserFactory(is_superuser=True)
    place = PlaceFactory(territory=True)
    role = assign_role(user=UserFactory(), role=RoleAssignment.Role.EDITOR, place=place)
    addresses = [
        reverse("roles:index"),
        reverse("roles:add"),
        reverse("roles:delete", args=[role.pk]),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:edit", args=[role.user.pk]),
    ]
    looked_at(administrator, addresses)


def test_the_catalogues_own_screens(looked_at):
    """Sheets to check, an import looked at, proposals to read and settled, adaptations."""
    administrator, now = UserFactory(is_superuser=True), timezone.now()
    sheet = practice(review_due_on=dt.date(2026, 1, 5))
    FreshnessCheck.objects.create(
        practice=sheet, asked_at=now, reply="changed", words="Nouveau numéro."
    )
    said = {"territory": PlaceFactory(territory=True), "group": "Comité", "words": "Le jeudi."}
    record_adaptation(practice=sheet, said=AdaptationWords(**said), form_key="a", now=now)
    job = prepare_import(
        content=csv(FRIGO, FRIGO), name="deux-fois.csv", mapping=b"", user=administrator
    )
    asked = [
        propose_practice(
            said=ProposalWords(story, "Douze personnes.", "Comité fictif", "819 555-0142", email),
            photo=None,
            form_key=story,
            now=now,
        )
        for story, email in (
            ("Une navette le mardi.", "a@exemple.org"),
            ("Un jardin au village.", "b@exemple.org"),
            ("Un atelier le samedi.", "c@exemple.org"),
        )
    ]
    for proposal in asked[:2]:
        confirm_proposal(proposal=proposal, now=now)
    begun = draft_from_proposal(proposal=asked[0], user=administrator, now=now)
    begun.approach = "<p>Une navette le jeudi.</p>"
    begun.save_revision()
    page = looked_at(
        administrator,
        [
            reverse("pratiques_ageing"),
            reverse("pratiques_import"),
            reverse("pratiques_import_job", args=[job.token]),
            reverse("pratiques_proposals"),
            reverse("pratiques_adaptations"),
            reverse("pratiques_proposal", args=[asked[1].pk]),
            reverse("pratiques_proposal", args=[asked[0].pk]),
        ],
    )
    assert page.locator("del, ins").all_inner_texts() == [
        "[retiré\N{NO-BREAK SPACE}: mardi.]",
        "[ajouté\N{NO-BREAK SPACE}: jeudi.]",
    ]
