"""The toolkit on a phone, by keyboard and on paper; a guide pasted from Word arrives as text."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from appreciation.models import Tool, ToolkitStepPage
from tests.browser.sizes import PHONE
from tests.factories import PlaceFactory, UserFactory
from tests.factories.starter_site import ensure_site_pages

PASTE = """([html, text]) => {
  const transfer = new DataTransfer();
  transfer.setData("text/html", html);
  transfer.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true});
  Object.defineProperty(event, "clipboardData", {value: transfer});
  document.activeElement.dispatchEvent(event);
}"""
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"><style>p.MsoNormal{font-family:Calibri}</style></head><body lang=FR-CA>
<!--StartFragment--><h1 style='color:red'>Un titre</h1>
<p class=MsoNormal style='margin-left:36pt'><b><span style='font-size:14.0pt;font-family:"Comic
Sans MS";color:#C00000'>Accueillir</span></b><span style='mso-spacerun:yes'> les gens<o:p></o:p>
</span></p>
<ul><li class=MsoListParagraph style='mso-list:l0'>Café<o:p></o:p></li><li>Crayons</li></ul>
<table border=1><tr><td style='background:yellow'>Une case</td></tr></table>
<p class=MsoNormal><a href="https://exemple.org/guide"><span lang=FR>Le guide</span></a>
<img src="file:///C:/logo.png" onerror="alert(1)"></p>
<!--EndFragment--></body></html>"""


@pytest.fixture(autouse=True)
def pages():
    ensure_site_pages()


def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        if page.evaluate("document.activeElement?.textContent?.trim() ?? ''").startswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Le clavier n’atteint pas «{name}».")


def test_a_visitor_reads_a_step_on_a_phone_and_goes_on(new_context, assert_accessible):
    page = new_context(viewport=PHONE).new_page()
    page.goto("/trousse/tenir-la-rencontre/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tenir la rencontre")
    page.get_by_text("Phase 4 de 8 : Tenir la rencontre").click()
    phases = page.get_by_role("navigation", name="Les huit phases").get_by_role("link")
    expect(phases).to_have_count(8)
    expect(phases.nth(3)).to_have_attribute("aria-current", "step")
    page.get_by_role("link", name=re.compile("Phase suivante")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Restituer")
    page.goto("/trousse/tenir-la-rencontre/")
    assert_accessible(page)
    page.evaluate("window.print = () => document.body.dataset.printed = 'oui'")
    page.get_by_role("button", name="Imprimer cette étape").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "oui")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Les huit phases")).to_be_hidden()
    expect(page.get_by_role("heading", name="Le déroulement")).to_be_visible()


def test_six_questions_by_keyboard(page, assert_accessible):
    page.goto("/trousse/")
    assert_accessible(page)
    tab_to(page, "Est-ce pour nous?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group")).to_have_count(6)
    tab_to(page, "Voir ce qui nous conviendrait")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("6 choses à corriger")
    for number in range(1, 7):
        group = page.get_by_role("group", name=re.compile(f"^{number}\\."))
        group.get_by_role("radio").first.focus()
        page.keyboard.press("Space")
    tab_to(page, "Voir ce qui nous conviendrait")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Oui")
    assert_accessible(page)
    page.get_by_role("link", name="Notre communauté est intéressée").first.click()
    expect(page).to_have_url(re.compile("/communaute-interessee/"))


def test_a_tool_and_the_list_of_tools_are_readable_by_all(page, assert_accessible):
    page.goto("/trousse/outils/")
    assert_accessible(page)
    older = Tool.objects.get(slug="sac-de-la-soiree")
    newer = Tool.objects.get(slug="deroulement-de-trois-heures")
    Tool.objects.filter(pk=newer.pk).update(replaces=older)
    page.get_by_role("link", name="Le sac de la soirée").click()
    expect(page.get_by_text("Cette version est dépassée.")).to_be_visible()
    page.get_by_role("link", name="Le déroulement de trois heures, version 1").click()
    expect(page.get_by_text("En tout, 180 minutes.")).to_be_visible()
    assert_accessible(page)


def test_the_toolkit_reads_without_javascript(new_context):
    page = new_context(javascript=False).new_page()
    page.goto("/trousse/est-ce-pour-nous/")
    for number in range(1, 7):
        group = page.get_by_role("group", name=re.compile(f"^{number}\\."))
        group.get_by_role("radio").nth(1 if number == 4 else 0).check()
    page.locator("form", has=page.get_by_role("radio")).get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Oui, par le chemin court")


def test_a_facilitator_says_by_keyboard_which_tools_she_uses(
    new_context, sign_in, appraisal, lead, assert_accessible
):
    context = new_context()
    sign_in(context, lead)
    page = context.new_page()
    page.goto(f"/espace/demarches/{appraisal.reference}/etapes/decider/")
    expect(page.get_by_role("link", name="Comment faire")).to_be_visible()
    page.get_by_role("link", name="Les outils, et ceux que vous employez").click()
    button = page.get_by_role("button", name=re.compile("Le mandat, en une page"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("C’est inscrit")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Retirer"))).to_have_count(1)
    assert_accessible(page)


def test_a_guide_pasted_from_word_arrives_as_clean_text(new_context, sign_in):
    editor = UserFactory()
    assign_role(user=editor, role=RoleAssignment.Role.EDITOR, place=PlaceFactory(kind="region"))
    context = new_context()
    sign_in(context, editor)
    page = context.new_page()
    step = ToolkitStepPage.objects.get(phase="sharing")
    page.goto(f"/admin/pages/{step.pk}/edit/")
    box = page.locator("[data-contentpath='body']")
    editable = box.locator("[contenteditable='true']").first
    editable.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, [FROM_WORD, "Un titre"])
    expect(editable).to_contain_text("Crayons")
    # Draftail hands its text over to the form a quarter of a second later.
    expect(page.locator("input[name='body']")).to_have_value(re.compile("Crayons"))
    page.get_by_role("button", name="Enregistrer le brouillon").first.click()
    expect(page.locator(".messages .success")).to_be_visible()
    step.refresh_from_db()
    body = step.get_latest_revision_as_object().body
    clean = re.sub(r"\s+(?=</)", "", re.sub(r' data-block-key="[^"]*"', "", body))
    assert clean.removeprefix("<p></p>") == (
        "<p>Un titre</p><p><b>Accueillir</b> les gens</p>"
        "<ul><li>Café</li><li>Crayons</li></ul><p>Une case</p>"
        '<p><a href="https://exemple.org/guide">Le guide</a></p>'
    )
