"""The organisation's pages that every site starts with. Created when missing, never written over.

Their texts are data (`home/starter/*.toml`): our own words, with the source of each fact.
"""

from __future__ import annotations

import json
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import BasePage
from core.shipped_texts import read_shipped_texts
from home.domain.committees import open_pages_to_committees
from home.models import (
    DirectoryPage,
    GlossaryPage,
    GlossaryTerm,
    HomePage,
    IssueIndexPage,
    IssuePage,
    NewsIndexPage,
    Organisation,
    ResourceIndexPage,
    ResourcePage,
    StandardPage,
    TerritoryIndexPage,
    TerritoryPage,
)
from reference.enums import CodeScheme
from reference.models import Issue, PlaceCode

SHORT = 160
FOLDER = Path(__file__).resolve().parents[1] / "starter"
NEWS_TEXT = (
    "<p>Ce qui se passe ici et ailleurs en développement social, avec le lien vers qui le dit.</p>"
)


@transaction.atomic
def ensure_organisation_pages() -> list[Page]:
    """Create what is missing of the organisation's pages; return the pages created.

    A page whose address exists is left alone, whatever an editor made of it. Territories and issues
    get their page once they are in the database. Organisations come once, with the directory.
    """
    home = HomePage.objects.get()
    made = _standard_pages(home)
    made += _issue_pages(home)
    made += _territory_pages(home)
    open_pages_to_committees()
    made += _resource_pages(home)
    made += _lone_page(home, NewsIndexPage, "nouvelles", "Nouvelles", NEWS_TEXT)
    made += _glossary(home)
    return made + _directory(home)


@cache
def starter_texts(name: str) -> dict[str, Any]:
    """What a file says, typography put right."""
    return read_shipped_texts(FOLDER / f"{name}.toml")


def stream_of(blocks: list[dict[str, Any]]) -> str:
    return json.dumps([{"value": None, "id": str(uuid.uuid4())} | block for block in blocks])


def _short(text: str) -> str:
    """For search engines and teasers: no word is cut."""
    if len(text) <= SHORT:
        return text
    return f"{text[: text.rfind(' ', 0, SHORT)]}…"


def _texts(*texts: str) -> str:
    return stream_of([{"type": "text", "value": text} for text in texts if text])


def _standard_pages(home: HomePage) -> list[Page]:
    known = set(home.get_children().values_list("slug", flat=True))
    return [
        home.add_child(
            instance=StandardPage(
                title=content["title"],
                slug=content["slug"],
                seo_title=content["door"],
                search_description=content["description"],
                body=stream_of(content["blocks"]),
            )
        )
        for content in starter_texts("pages")["pages"]
        if content["slug"] not in known
    ]


def _lone_page(
    home: HomePage, model: type[BasePage], slug: str, title: str, text: str, **fields
) -> list[Page]:
    """The only page of its type, unless there is one already."""
    if model.objects.exists():
        return []
    page = model(title=title, slug=slug, introduction=text, **fields)
    return [home.add_child(instance=page)]


def _issue_pages(home: HomePage) -> list[Page]:
    texts = starter_texts("issues")
    made = _lone_page(
        home, IssueIndexPage, "enjeux", "Enjeux", texts["introduction"], show_in_menus=True
    )
    parent = IssueIndexPage.objects.get()
    told = set(IssuePage.objects.values_list("issue__code", flat=True))
    taken = set(parent.get_children().values_list("slug", flat=True))
    issues = {issue.code: issue for issue in Issue.objects.all()}
    return made + [
        parent.add_child(
            instance=IssuePage(
                title=content["title"],
                slug=content["slug"],
                issue=issues[content["code"]],
                introduction=content["introduction"],
                search_description=_short(content["introduction"]),
                body=_texts(content["text"], content["source"]),
            )
        )
        for content in texts["issues"]
        if content["code"] in issues.keys() - told and content["slug"] not in taken
    ]


def _territory_pages(home: HomePage) -> list[Page]:
    texts = starter_texts("territories")
    made = _lone_page(
        home,
        TerritoryIndexPage,
        "territoires",
        "Territoires",
        texts["introduction"],
        show_in_menus=True,
    )
    parent = TerritoryIndexPage.objects.get()
    told = set(TerritoryPage.objects.values_list("place", flat=True))
    taken = set(parent.get_children().values_list("slug", flat=True))
    places = _territories()
    return made + [
        parent.add_child(
            instance=TerritoryPage(
                title=content["title"],
                slug=content["slug"],
                place=places[content["code"]],
                committee_name=content["committee"],
                introduction=content["introduction"],
                search_description=_short(content["introduction"]),
                body=_texts(content["text"] or texts["waiting"]),
            )
        )
        for content in texts["territories"]
        if content["code"] in places
        and places[content["code"]].pk not in told
        and content["slug"] not in taken
    ]


def _territories() -> dict[str, Any]:
    """By their code among MRC: never on a bare code, nor on a name."""
    codes = PlaceCode.objects.filter(scheme=CodeScheme.MRC).select_related("place")
    return {row.code: row.place for row in codes}


def _resource_pages(home: HomePage) -> list[Page]:
    """Once, with their list: one that an editor deletes does not come back."""
    texts = starter_texts("resources")
    made = _lone_page(home, ResourceIndexPage, "ressources", "Ressources", texts["introduction"])
    if not made:
        return []
    issues = {issue.code: issue for issue in Issue.objects.all()}
    pages = {page.slug: page for page in home.get_children()}
    for content in texts["resources"]:
        fields = dict(content)
        page = ResourcePage(page=pages.get(fields.pop("page", "")), **_without_issues(fields))
        page.issues = [issues[code] for code in content["issues"] if code in issues]
        page.search_description = _short(content["summary"])
        made.append(made[0].add_child(instance=page))
    return made


def _without_issues(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "issues"}


def _glossary(home: HomePage) -> list[Page]:
    texts = starter_texts("glossary")
    made = _lone_page(home, GlossaryPage, "lexique", "Lexique", texts["introduction"])
    for page in made:
        for term in texts["terms"]:
            GlossaryTerm.objects.create(page=page, **term)
    return made


def _directory(home: HomePage) -> list[Page]:
    texts = starter_texts("organisations")
    made = _lone_page(home, DirectoryPage, "partenaires", "Partenaires", texts["introduction"])
    if made and not Organisation.objects.exists():
        places = _territories()
        issues = {issue.code: issue for issue in Issue.objects.all()}
        Organisation.objects.bulk_create(
            Organisation(
                **content
                | {
                    "territory": places.get(content.get("territory", "")),
                    "issue": issues.get(content.get("issue", "")),
                    "position": position,
                }
            )
            for position, content in enumerate(texts["organisations"])
        )
    return made
