"""Texts of other sites: cleaned, in the few tags of our sheets, nothing hostile left."""

import pytest

from core.rich_text import canonical, from_html, from_markdown, from_plain, sections_of, to_plain

MARKDOWN = [
    ("Un *mot* et **deux\nmots**.", "<p>Un <i>mot</i> et <b>deux mots</b>.</p>"),
    ("* un\n* deux\n  suite\n\nfin", "<ul><li>un</li><li>deux suite</li></ul><p>fin</p>"),
    ("1. un\n2. deux\n- trois", "<ol><li>un</li><li>deux</li></ol><ul><li>trois</li></ul>"),
    ("### Étape **1**\nOn sème.", "<p><b>Étape 1</b></p><p>On sème.</p>"),
    (
        "[Ici](https://exemple.org/a_b_c) et <https://exemple.org>",
        '<p><a href="https://exemple.org/a_b_c">Ici</a> et'
        ' <a href="https://exemple.org">https://exemple.org</a></p>',
    ),
    ("![photo](x.png)Texte **[1](#note)**", "<p>Texte</p>"),
    ("[piège](javascript:alert(1)) fini", "<p>[piège](javascript:alert(1)) fini</p>"),
    ("un_nom_de_fichier et 2 * 3 * 4", "<p>un_nom_de_fichier et 2 * 3 * 4</p>"),
    ("<script>alert(1)</script>Bon", "<p>Bon</p>"),
    ("---\nAprès", "<p>Après</p>"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "wanted"), MARKDOWN)
def test_markdown_becomes_our_tags(text: str, wanted: str) -> None:
    assert from_markdown(text) == wanted


HOSTILE = [
    ("<script>alert(1)</script><p onclick='x()'>Bon</p>", "<p>Bon</p>"),
    ("<p><a href='javascript:x()'>ici</a></p>", "<p><a>ici</a></p>"),
    ("<style>p{}</style><iframe src='//x'></iframe><p>Bon", "<p>Bon</p>"),
    ("<h2 class=MsoTitle>Titre</h2><p><o:p></o:p></p>Nu", "<p><b>Titre</b></p>Nu"),
    ("<strong>Gras</strong> &amp; <em>penché</em>", "<p><b>Gras</b> &amp; <i>penché</i></p>"),
    ("<div>Un</div><div>Deux</div>", "<p>Un</p><p>Deux</p>"),
    ("<svg><script>x</script></svg><img src=x onerror=y>a", "<p>a</p>"),
]


@pytest.mark.parametrize(("text", "wanted"), HOSTILE)
def test_html_loses_what_is_not_text(text: str, wanted: str) -> None:
    assert from_html(text) == wanted


def test_plain_lines_keep_their_signs_and_find_their_lost_ends() -> None:
    assert from_plain("Il peut :     acquérir <vite> ;     porter & vendre") == (
        "<p>Il peut :</p><p>acquérir &lt;vite&gt; ;</p><p>porter &amp; vendre</p>"
    )
    assert from_plain("• un\n• deux") == "<ul><li>un</li><li>deux</li></ul>"


def test_words_come_back_out() -> None:
    assert to_plain("<p>Un &amp; <b>deux</b></p><ul><li>trois</li></ul>") == "Un & deux\n\ntrois"


def test_what_the_editor_adds_to_a_tag_changes_nothing() -> None:
    assert canonical('<p data-block-key="ab1">Un&nbsp;mot</p>\n<p><br/></p>') == (
        "<p>Un\N{NO-BREAK SPACE}mot</p>"
    )


def test_a_text_is_cut_at_its_titles() -> None:
    text = "# Le tout\nAvant\n## Un\n### Dedans\na\n## Deux ##\nb\n## Vide"
    assert sections_of(text) == [("", "Avant"), ("Un", "### Dedans\na"), ("Deux", "b")]
    assert sections_of("### Un\na\n### Deux\nb") == [("Un", "a"), ("Deux", "b")]
    assert sections_of("Sans titre") == [("", "Sans titre")]


@pytest.mark.parametrize("sign", ["[", "*", "_", "`", "# ", "![", "<", "- ", "(", "** "])
def test_a_hostile_line_is_read_to_its_end(sign: str) -> None:
    """Lengths are bounded in each pattern: without that, this line would take hours."""
    assert "fin" in from_markdown(sign * (50_000 // len(sign)) + " fin")
