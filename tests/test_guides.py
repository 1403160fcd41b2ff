"""The guides say what the code does: commands, variables and quoted words of screens exist."""

import gettext
import re
from pathlib import Path

import wagtail
from django.core.management import get_commands

from appreciation.domain.template_fields import FIELDS
from appreciation.enums import TemplateUse
from core.purges import purges
from core.word_expressions import Field

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs/guides/administration.md").read_text()
SETTINGS = "".join(path.read_text() for path in (ROOT / "site/consortium/settings").glob("*.py"))
GUIDES = sorted((ROOT / "docs/guides").glob("*.md"))
CODE = ("site", "appreciation", "home", "pratiques", "rencontres")
FOR_TESTS_AND_DEVELOPMENT = {"DEBUG", "TEST_DIR", "SAMPLE_DATA_DIR"}


def test_every_command_of_the_guide_exists():
    named = set(re.findall(r"manage\.py (\w+)", GUIDE))
    assert {"backup", "restore", "purge_personal_data", "migrate"} <= named
    assert named <= set(get_commands())


def test_every_variable_is_explained_and_none_is_invented():
    read = set(re.findall(r'(?:env(?:\.\w+)?|_needed)\(\s*(?:env, )?"([A-Z0-9_]+)"', SETTINGS))
    told = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", GUIDE))
    assert read - FOR_TESTS_AND_DEVELOPMENT - told == set()
    assert told - read == set()


def test_every_purge_is_told_with_its_delay():
    lines = {f"| {purge.label} | {purge.kept} |" for purge in purges()}
    assert lines - set(GUIDE.splitlines()) == set()


def test_every_field_of_a_word_template_is_told_with_its_meaning():
    told = (ROOT / "docs/guides/gabarits.md").read_text()
    report, _, letters = told.partition("## Les champs des lettres")
    for use, part in ((TemplateUse.REPORT, report), (TemplateUse.LETTER, letters)):
        lines = [code for each in FIELDS[use] for code in field_codes(each)]
        assert [code for code in lines if f"`{code}` |" not in part] == []


def field_codes(field: Field) -> list[str]:
    return [field.spelled(), *(code for code, _ in field.spelled_rows())]


def plain(text: str) -> str:
    """One kind of space and of apostrophe, and the words without what surrounds them."""
    text = text.replace("’", "'").replace(r"\N{NO-BREAK SPACE}", " ")
    return re.sub(r" (?=:)", "", re.sub(r"\s+", " ", text)).lower()


def words_of_wagtail() -> list[str]:
    root = Path(wagtail.__file__).parent
    words = []
    for path in sorted(root.rglob("locale/fr/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        words += [str(word) for word in catalogue._catalog.values()]
    return words


def words_on_screen() -> str:
    pages = [
        re.sub(r"<[^>]*>", "", path.read_text()) for path in (ROOT / "templates").rglob("*.html")
    ]
    code = [
        path.read_text()
        for root in CODE
        for path in (ROOT / root).rglob("*")
        if path.suffix in (".py", ".js", ".toml")
    ]
    return "\n".join(plain(text) for text in (*pages, *code, *words_of_wagtail()))


def test_every_quoted_label_is_on_a_screen():
    shown = words_on_screen()
    lost = [
        f"{guide.name}: {label}"
        for guide in GUIDES
        for label in re.findall(r"«\s*([^»]+?)\s*»", guide.read_text())
        if plain(label).strip(" .…") not in shown
    ]
    assert lost == []
