"""Rules of the house that a machine can read: what a review would otherwise say again and again."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.sample_data import REPOSITORY

OUR_APPS = (
    "consortium",
    "home",
    "appreciation",
    "pratiques",
    "rencontres",
    "accounts",
    "cms",
    "reference",
    "background",
    "core",
)
CODE_ROOTS = ("site", "appreciation", "pratiques", "rencontres", "home")
TEMPLATES = REPOSITORY / "templates"

LONGEST_FILE = 400
LONGEST_FUNCTION = 40

FORBIDDEN_WORDS = re.compile(
    r"\b(noter|note|notes|score|scores|points? faibles?|dimensions? faibles?|résilient\w*"
    r"|dévitalis\w*|cibles?)\b",
    re.IGNORECASE,
)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<[^>]*>", re.DOTALL)
COMMENT_BLOCK = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)

FOUND_BY_CONVENTION = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
"""Django looks for these names itself; so do allauth and Wagtail for their folders."""
FOUND_BY_LIBRARIES = (
    "account/",
    "mfa/",
    "usersessions/",
    "wagtailadmin/",
    "wagtailcore/",
    "wagtailsnippets/",
    "modeladmin/",
    "allauth/",
)


def code_files() -> list[Path]:
    return [
        path
        for root in CODE_ROOTS
        for path in sorted((REPOSITORY / root).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def template_files() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def relative(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]


def test_site_is_never_a_package():
    assert not (REPOSITORY / "site" / "__init__.py").exists()


def test_site_is_not_hidden_from_git():
    lines = (REPOSITORY / ".gitignore").read_text().splitlines()
    assert not {"site", "site/", "/site", "/site/"} & {line.strip() for line in lines}


def test_no_drawer_named_utils():
    assert [relative(p) for p in code_files() if p.stem in ("utils", "helpers", "misc")] == []


def test_files_stay_short():
    too_long = {
        relative(path): len(path.read_text().splitlines())
        for path in code_files()
        if len(path.read_text().splitlines()) > LONGEST_FILE
    }
    assert too_long == {}


def test_functions_stay_short():
    too_long = []
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                too_long.append(f"{relative(path)}:{node.lineno} {node.name} ({length} lignes)")
    assert too_long == []


@pytest.mark.parametrize(
    "path", template_files(), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_template_speaks_and_behaves_like_the_house(path: Path):
    source = COMMENT_BLOCK.sub("", path.read_text())
    assert not re.search(r"\sstyle=|\son[a-z]+=\"", source), "ni style ni script dans les balises"
    assert not re.search(r"\|\s*safe\b|autoescape off", source), "rien ne sort sans échappement"
    assert "<script>" not in source, "pas de script dans la page"
    if path.suffix in (".html", ".txt"):
        visible = TEMPLATE_CODE.sub(" ", source)
        assert not FORBIDDEN_WORDS.search(visible), FORBIDDEN_WORDS.search(visible)
        assert not re.search(r"\w ?[\N{NO-BREAK SPACE} ][;!?](\s|$)", visible), (
            "pas d’espace avant ; ! ?"
        )
        assert path.suffix != ".html" or not re.search(r"[\w»)] ?:(\s|$)|« | »", visible), (
            "une espace insécable avant : et dans les guillemets"
        )


def test_every_template_is_used():
    sources = [path.read_text() for path in (*template_files(), *code_files())]
    orphans = []
    for path in template_files():
        name = str(path.relative_to(TEMPLATES))
        if name in FOUND_BY_CONVENTION or name.startswith(FOUND_BY_LIBRARIES):
            continue
        stem = name.rsplit(".", 1)[0]
        if not any(name in source or f'"{stem}' in source for source in sources):
            orphans.append(name)
    assert orphans == []


def own_fields(model: type[models.Model]) -> list[models.Field]:
    """Fields that we named ourselves: not those inherited from Wagtail's or Django's models."""
    inherited = {
        field.name
        for base in model.__mro__[1:]
        if not base.__module__.startswith(tuple(f"{app}." for app in OUR_APPS))
        for field in getattr(getattr(base, "_meta", None), "local_fields", ())
    }
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and field.model is model
        and field.name not in inherited | {"tags"}
        and not (isinstance(field, models.OneToOneField) and field.remote_field.parent_link)
    ]


def test_names_of_models_and_fields_are_in_lower_case():
    names = [(model.__name__, str(model._meta.verbose_name)) for model in our_models()]
    names += [
        (f"{model.__name__}.{field.name}", str(field.verbose_name))
        for model in our_models()
        for field in own_fields(model)
    ]
    # An acronym (« MRC ») may stand first; an ordinary capital may not.
    assert [where for where, name in names if name[:1].isupper() and not name[:2].isupper()] == []


def test_every_choice_has_a_label_of_its_own():
    """A label equal to its code was forgotten, but for words that French and English share."""
    shared = {"active", "guide", "region", "restitution"}
    missing = [
        f"{model.__name__}.{field.name}: {value}"
        for model in our_models()
        for field in own_fields(model)
        for value, label in field.flatchoices or ()
        if str(value) == str(label) and str(value) not in shared
    ]
    assert missing == []


CASCADES = {
    "DirectoryEntry.user",
    "Draft.owner",
    "MailPreference.user",
    "Membership.user",
    "Rehearsal.user",
    "RoleAssignment.user",
}
"""What is hers alone; the trace of a rehearsal holds nothing but its date."""


def test_every_foreign_key_says_what_happens_on_deletion_of_people():
    """A person who leaves must not take a démarche away with her; her drafts are hers alone."""
    cascading = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.model._meta.label == "accounts.User"
        and field.remote_field.on_delete is models.CASCADE
    ]
    assert set(cascading) <= CASCADES


def test_nothing_marks_data_as_safe():
    allowed = {
        # RFC 8058: posted by a mail program
        "appreciation/views/following_one_click.py",
        "appreciation/views/mail_choices_one_click.py",
        # JSON whose <, > and & are escaped: tests/core/test_citation.py
        "site/core/templatetags/structured.py",
        # An editor's rich text, cleaned and expanded by Wagtail, whose own template says so too
        "site/core/templatetags/typography.py",
    }
    found = {
        relative(path)
        for path in code_files()
        if re.search(r"\bmark_safe\(|csrf_exempt|\.raw\(|\bextra\(", path.read_text())
    }
    assert found <= allowed


def test_a_typed_day_is_a_day_field():
    """Years such as 9999 are stored nowhere: dates are counted from them."""
    loose = [relative(path) for path in code_files() if "forms.DateField(" in path.read_text()]
    assert loose == []
