"""The watch itself can fail: negative controls of the browser fixtures."""

import pytest

from tests.browser.axe import axe_findings, axe_violations, check_accessible


def test_axe_finds_a_picture_without_alternative(page):
    page.set_content(
        "<html lang='fr-CA'><head><title>x</title></head><body><main><h1>x</h1>"
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></main></body></html>"
    )
    assert any(line.startswith("image-alt") for line in axe_violations(page))


@pytest.mark.parametrize(
    ("rendering", "style"),
    [
        ("clair", "p { color: #ccc }"),
        ("sombre", "@media (prefers-color-scheme: dark) { p { color: #ccc } }"),
        ("320 px", "@media (max-width: 400px) { p { color: #ccc } }"),
        ("200 %", "@media (min-width: 401px) { p { width: 75rem } }"),
        ("impression", "@media print { p { color: #ccc } }"),
    ],
)
def test_what_one_rendering_alone_does_badly_is_found(page, rendering, style):
    page.set_content(
        "<html lang='fr-CA'><head><title>x</title><style>body { width: 560px; background: #fff }"
        "@media (max-width: 400px) { body { width: auto } } p { width: auto }"
        f"{style}</style></head><body><main><h1>x</h1><p>Bonjour</p></main></body></html>"
    )
    with pytest.raises(AssertionError, match=rendering):
        check_accessible(page)


READABLE = "<p>Un</p><p>Deux</p><p>Un <a href='/'>lien</a> dit.</p><a href='/'>Seul</a>"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("", []),
        ("p { color: #ccc }", ["color-contrast: p:nth-child(3)"]),
        ("p:nth-of-type(2) { color: #ccc }", ["color-contrast: p:nth-child(4)"]),
        ("p:nth-of-type(2) { opacity: .3 }", ["color-contrast: p:nth-child(4)"]),
        (
            "main { background: #333 } p { color: #fff }",
            [
                "color-contrast: a:nth-child(6)",
                "color-contrast: h2",
                "color-contrast: p:nth-child(5) > a",
            ],
        ),
        ("p a { text-decoration: none; color: #222 }", ["link-in-text-block: p:nth-child(5) > a"]),
        ("a { text-decoration: none; color: #222 }", ["link-in-text-block: p:nth-child(5) > a"]),
        (
            "p { color: #ccc } h1, h2 { color: #ccc }",
            ["color-contrast: h2", "color-contrast: p:nth-child(3)"],
        ),
    ],
)
def test_colours_are_read_once_for_all_that_is_painted_alike(page, change, found):
    page.set_content(
        "<html lang='fr-CA'><head><title>x</title><style>body { background: #fff; color: #000 }"
        f"a {{ color: #00c }} {change}</style></head>"
        f"<body><main><h1>x</h1><h2>Titre</h2>{READABLE}{READABLE}</main></body></html>"
    )
    assert sorted(f"{rule}: {target}" for rule, target, _ in axe_findings(page)) == found


def test_a_call_to_a_third_party_is_noticed(new_context):
    context = new_context()
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    with page.expect_console_message():
        page.set_content("<img alt='' src='http://tiers.exemple.invalid/pixel.gif'>")
    assert context.watched.problems == [
        "requête vers un tiers: http://tiers.exemple.invalid/pixel.gif",
        "console: Failed to load resource: net::ERR_FAILED",
    ]
    context.watched.problems.clear()


def test_a_dialog_nobody_asked_for_is_noticed(new_context):
    context = new_context()
    page = context.new_page()
    page.evaluate("alert('bonjour')")
    assert context.watched.problems == ["dialogue: bonjour"]
    context.watched.problems.clear()


def test_a_script_refused_by_the_policy_is_noticed(new_context):
    context = new_context()
    page = context.new_page()
    page.goto("/r/")
    with page.expect_console_message(lambda message: "Content Security" in message.text):
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x alt=\"\" onerror=alert(1)>')"
        )
    assert any("Content Security Policy" in problem for problem in context.watched.problems)
    context.watched.problems.clear()
