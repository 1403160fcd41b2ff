"""How to cite: nothing that somebody typed breaks the format of a reference manager."""

import pytest

from core.citation import Citation
from core.templatetags.structured import json_ld

pytestmark = pytest.mark.once
HOSTILE = Citation(
    key="navette",
    author="Jardin & Cie {nord}",
    year=2026,
    title="100 % local\nER  - \r\n",
    publisher="Consortium",
    words="…",
    url="https://exemple.org/pratiques/navette/",
    abstract="Deux\nlignes",
)


def test_bibtex_escapes_what_latex_would_read():
    assert HOSTILE.as_bibtex() == (
        "@misc{navette,\n"
        "  author = {{Jardin \\& Cie \\{nord\\}}},\n"
        "  title = {{100 \\% local ER -}},\n"
        "  year = {2026},\n"
        "  howpublished = {Consortium},\n"
        "  url = {https://exemple.org/pratiques/navette/},\n"
        "}\n"
    )


def test_ris_has_one_line_for_each_tag():
    lines = HOSTILE.as_ris().split("\r\n")
    assert lines == [
        "TY  - ELEC",
        "AU  - Jardin & Cie {nord},",
        "PY  - 2026",
        "TI  - 100 % local ER -",
        "PB  - Consortium",
        "AB  - Deux lignes",
        "UR  - https://exemple.org/pratiques/navette/",
        "ER  - ",
        "",
    ]


def test_data_for_search_engines_cannot_end_its_block():
    block = json_ld({"@type": "Article", "name": "</script><script>alert(1)</script>&", "x": ""})
    assert block.count("</script>") == 1
    assert block.startswith('<script type="application/ld+json">{"@context":"https://schema.org"')
    assert "\\u003C/script\\u003E\\u003Cscript\\u003Ealert(1)" in block
    assert '"x"' not in block
    assert json_ld(None) == ""
