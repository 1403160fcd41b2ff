"""Negative control: the checker does find what is wrong."""

import pytest

from tests.nu_html import html_problems

pytestmark = pytest.mark.once

PAGE = (
    "<!doctype html><html lang='fr-CA'><head><meta charset='utf-8'><title>x</title></head>"
    "<body><main><h1>Titre</h1>{}</main></body></html>"
)


def test_a_duplicate_id_is_found_in_its_own_page_and_nothing_in_the_valid_one():
    pages = {"bonne": "<p>Bonjour</p>", "mauvaise": "<p id=a>1</p><p id=a>2</p>"}
    problems = html_problems({name: PAGE.format(body) for name, body in pages.items()})
    assert [line.split(":")[0] for line in problems] == ["mauvaise", "mauvaise"]
