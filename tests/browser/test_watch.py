"""The watch itself can fail: negative controls of the browser fixtures."""

from tests.browser.conftest import axe_violations


def test_axe_finds_a_picture_without_alternative(page):
    page.set_content(
        "<html lang='fr-CA'><head><title>x</title></head><body><main><h1>x</h1>"
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></main></body></html>"
    )
    assert any(line.startswith("image-alt") for line in axe_violations(page))


def test_a_call_to_a_third_party_is_noticed(new_context):
    context = new_context()
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content("<img alt='' src='http://tiers.exemple.invalid/pixel.gif'>")
    page.wait_for_timeout(200)
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
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x alt=\"\" onerror=alert(1)>')"
    )
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in problem for problem in context.watched.problems)
    context.watched.problems.clear()
