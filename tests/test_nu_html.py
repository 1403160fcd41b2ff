"""Negative control: the checker does find what is wrong."""

import pytest

from tests.nu_html import html_problems

pytestmark = pytest.mark.once

PAGE = (
    "<!doctype html><html lang='fr-CA'><head><meta charset='utf-8'><title>x</title></head>"
    "<body><main><h1>Titre</h1>{}</main></body></html>"
)


def test_a_valid_page_has_no_problem():
    assert html_problems({"bonne": PAGE.format("<p>Bonjour</p>")}) == []


def test_a_duplicate_id_is_found_in_its_own_page():
    problems = html_problems(
        {"bonne": PAGE.format(""), "mauvaise": PAGE.format("<p id=a>1</p><p id=a>2</p>")}
    )
    assert [line.split(":")[0] for line in problems] == ["mauvaise", "mauvaise"]
