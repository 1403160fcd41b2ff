"""axe on a page: what it finds, in each way of showing it (WCAG 2.0 to 2.2, A and AA, and more).

Nine tenths of what axe costs is to read colours. So they are read on one element of each way of
being painted (`painted_alike.js`), everything else on the whole page.
"""

from enum import Flag, auto
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.sizes import DESKTOP, NARROW

PAINTED_ALIKE = Path(__file__).with_name("painted_alike.js").read_text()
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
VIOLATIONS = {"resultTypes": ["violations"]}
SHAPE_OPTIONS = VIOLATIONS | {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
COLOUR_OPTIONS = VIOLATIONS | {"runOnly": COLOUR_RULES}


class Asked(Flag):
    SHAPES = auto()
    COLOURS = auto()
    ALL = SHAPES | COLOURS


ON_THE_PAGE = "options => axe.run(options).then(results => results.violations)"
ON_WHAT_IS_PAINTED = """async options => {
  const include = axe.onePaintedOfEach();
  return include.length ? (await axe.run({ include }, options)).violations : [];
}"""


def axe_findings(page: Page, asked: Asked = Asked.ALL) -> list[tuple[str, str, str]]:
    """Every finding: rule, target, words. `asked`: what can have changed since the last time."""
    # axe rests on the page’s timers: where scripts are off, a busy machine waits for ever.
    assert page.context.watched.runs_scripts, "axe veut une page avec JavaScript"
    # Half a megabyte: once a page, however often it is asked. Wagtail's editor has its own axe.
    if not page.evaluate("Boolean(window.axe?.onePaintedOfEach)"):
        page.evaluate(f"{AXE_SCRIPT}\n{PAINTED_ALIKE}")
    violations = []
    if Asked.SHAPES in asked:
        violations += page.evaluate(ON_THE_PAGE, SHAPE_OPTIONS)
    if Asked.COLOURS in asked:
        violations += page.evaluate(ON_WHAT_IS_PAINTED, COLOUR_OPTIONS)
    return [
        (violation["id"], node["target"][0], node.get("failureSummary", "")[:160])
        for violation in violations
        for node in violation["nodes"]
    ]


def axe_violations(page: Page, asked: Asked = Asked.ALL) -> list[str]:
    return [f"{rule}: {target} {words}" for rule, target, words in axe_findings(page, asked)]


def check_accessible(page: Page, *, but: str = "") -> None:
    """No axe finding in light, dark, at 320 px, with text at 200 %, in print; no side scroll.

    Light and 320 px (where menus differ) are asked everything; the dark and print, which change
    nothing but colours, their colours; 200 %, which changes none, all the rest. `but` names a
    rendering left out, where another test looks at it.
    """
    original = page.viewport_size
    page.emulate_media(reduced_motion="reduce")  # a colour half-way through is nobody's colour
    for name, prepare, restore, asked in RENDERINGS:
        if name == but:
            continue
        prepare(page)
        assert axe_violations(page, asked) == [], f"axe, {name}, {page.url}"
        if name in ("320 px", "200 %"):
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, f"défilement horizontal de {overflow} px, {name}, {page.url}"
        restore(page)
    page.set_viewport_size(original)


def _no_change(page: Page) -> None:
    """The page as it is."""


RENDERINGS = (
    ("clair", _no_change, _no_change, Asked.ALL),
    (
        "sombre",
        lambda page: page.emulate_media(color_scheme="dark"),
        lambda page: page.emulate_media(color_scheme="light"),
        Asked.COLOURS,
    ),
    ("320 px", lambda page: page.set_viewport_size(NARROW), _no_change, Asked.ALL),
    (
        "200 %",
        lambda page: (
            page.set_viewport_size(DESKTOP),
            page.evaluate("document.documentElement.style.fontSize = '200%'"),
        ),
        lambda page: page.evaluate("document.documentElement.style.fontSize = ''"),
        Asked.SHAPES,
    ),
    (
        "impression",
        lambda page: page.emulate_media(media="print"),
        # Not "screen": what the page prints afterwards would be its screen.
        lambda page: page.emulate_media(media="null"),
        Asked.COLOURS,
    ),
)
