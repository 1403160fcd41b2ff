"""From the talk to the report: by keyboard, on every rendering; hostile words stay words."""

import pytest
from playwright.sync_api import Page, expect

from appreciation.models import AgreedRating, Finding
from tests.appreciation.views.told import SPLIT, STRONG, dimension_name, told_meeting
from tests.factories import UserFactory
from tests.factories.answers import items_of
from tests.factories.outcomes import ActionFactory, CommentFactory, FindingFactory

PAYLOAD = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def meeting(elise):
    return told_meeting(elise)


@pytest.fixture
def page(new_context, sign_in, elise) -> Page:
    context = new_context()
    sign_in(context, elise)
    return context.new_page()


def press_to(page: Page, selector: str, key: str = "Enter") -> None:
    """Tab to `selector`, then press `key`: fails when the keyboard cannot reach it."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Le clavier n’atteint pas {selector}.")


def test_from_the_order_of_the_talk_to_the_report_by_keyboard(page, meeting):
    page.goto(f"/espace/rencontres/{meeting.reference}/deliberation/")
    press_to(page, "a.button--invite")
    expect(page.get_by_role("heading", level=1)).to_have_text(dimension_name(meeting, STRONG))
    item = items_of(meeting.appraisal)[STRONG]
    press_to(page, ".talk details summary:not(.chart-numbers summary)")
    press_to(page, ".talk input[name=level]", "ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("On le vit.")
    press_to(page, ".talk form button[type=submit]")
    expect(page.get_by_role("status").get_by_text("Niveau convenu enregistré.")).to_be_visible()
    press_to(page, "textarea[name=text]", "Shift")
    page.keyboard.type("Le quai nous rassemble.")
    press_to(page, ".plane--known button[type=submit]")
    expect(page.get_by_text("Le quai nous rassemble.", exact=True)).to_be_visible()
    page.goto(f"/espace/rencontres/{meeting.reference}/resultats/")
    press_to(page, "a.button--quiet[href$='/rapport/']")
    expect(page.locator("article").get_by_text("Le quai nous rassemble.")).to_be_visible()
    press_to(page, "aside a[href$='/rapport/discussion/']")
    page.wait_for_url("**/rapport/discussion/")
    press_to(page, "textarea[name=text]", "Control+a")
    page.keyboard.type("À nous l’autobus.")
    press_to(page, ".form button[type=submit]")
    expect(page.locator("article").get_by_text("À nous l’autobus.")).to_be_visible()
    assert AgreedRating.objects.get(item=item).reason == "On le vit."
    assert Finding.objects.get().text == "Le quai nous rassemble."


SCREENS = {
    "results": "rencontres/{meeting}/resultats/",
    "order": "rencontres/{meeting}/deliberation/",
    "dimension": "rencontres/{meeting}/deliberation/{code}/",
    "agreed": "rencontres/{meeting}/convenu/{item}/",
    "finding": "rencontres/{meeting}/constats/",
    "report": "demarches/{appraisal}/rapport/",
    "paragraph": "demarches/{appraisal}/rapport/introduction/",
    "preview": "demarches/{appraisal}/rapport/apercu/?niveau=full",
}


def address(name, meeting) -> str:
    item = items_of(meeting.appraisal)[SPLIT]
    return "/espace/" + SCREENS[name].format(
        meeting=meeting.reference,
        appraisal=meeting.appraisal.reference,
        code=item.instrument_dimension.dimension.code,
        item=item.pk,
    )


def test_each_screen_is_accessible(page, meeting, assert_accessible):
    FindingFactory(appraisal=meeting.appraisal)
    ActionFactory(appraisal=meeting.appraisal)
    for name in SCREENS:
        page.goto(address(name, meeting))
        for fold in page.locator("main details > summary").all():
            fold.click()
        assert_accessible(page)


def test_hostile_words_stay_words(page, meeting):
    """A dialog, a script or a report of the content policy would fail the test (conftest)."""
    appraisal = meeting.appraisal
    appraisal.quotes_announced = True
    appraisal.requested_by = PAYLOAD
    appraisal.save()
    AgreedRating.objects.update(reason=PAYLOAD, dissent=PAYLOAD)
    FindingFactory(appraisal=appraisal, text=PAYLOAD)
    ActionFactory(appraisal=appraisal, title=PAYLOAD, carrier=PAYLOAD, first_step=PAYLOAD)
    item = items_of(appraisal)[SPLIT]
    CommentFactory(meeting=meeting, item=item, text=PAYLOAD, is_quoted=True)
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    for name in SCREENS:
        page.goto(address(name, meeting))
        assert page.locator("img[src=x]").count() == 0
    assert opened == []


def test_the_report_prints_on_letter_paper(page, meeting):
    page.goto(address("report", meeting))
    page.emulate_media(media="print")
    expect(page.locator("aside")).to_be_hidden()
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator("#rapport-barres")).to_be_visible()
    pdf = page.pdf(format="Letter")
    assert pdf.startswith(b"%PDF")
    assert 1 <= pdf.count(b"/Type /Page\n") <= 5
