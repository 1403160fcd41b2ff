"""PDF/UA-1: tagged, titled, in French, and nothing fetched from elsewhere."""

import io

import pikepdf
import pytest
from PIL import ImageFile

from core.pdf import html_to_pdf
from tests.pdf_tags import tags

pytestmark = pytest.mark.once

PAGE = """<html lang="fr-CA"><head><title>Le rapport d’été</title></head>
<body data-foot="Village-Exemple" data-demo="DÉMONSTRATION"><h1>Ce qu’on a</h1>
<p>Du bon\x08jour\ufffe</p>
<img alt="Trois barres" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9'
height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E">
<img alt="ailleurs" src="https://ailleurs.example/x.png"><img alt="disque" src="file:///etc/passwd">
<img alt="hors" src="../../manage.py">
<table><tr><th scope="col">Niveau</th></tr><tr><td>3</td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def document():
    with pikepdf.open(io.BytesIO(html_to_pdf(PAGE))) as opened:
        yield opened


def test_it_is_tagged_titled_and_in_french(document):
    root = document.Root
    assert str(root.Lang) == "fr-CA"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Le rapport d’été"


def test_headings_tables_and_images_say_what_they_are(document):
    elements = tags(document.Root.StructTreeRoot)
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Figure"} <= {str(each.S) for each in elements}
    figures = [each for each in elements if each.S == "/Figure"]
    assert "Trois barres" in [str(each.Alt) for each in figures]


def test_nothing_comes_from_elsewhere(document):
    """Neither another host, nor the disk, nor a file beside the static ones."""
    images = [name for page in document.pages for name in page.get_images()]
    assert images == []
    assert b"root:x:" not in html_to_pdf(PAGE)


def test_characters_that_no_page_can_hold_are_dropped():
    assert html_to_pdf("<html><title>x</title><p>\x00\x1b[31m\ud800</p></html>").startswith(b"%PDF")


def test_uploads_are_as_strict_after_a_pdf_as_before():
    html_to_pdf(PAGE)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
