"""The three doors of the site: what people come for, said once for the home page and the search."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from home.domain.navigation import first_of_type

QUIZ = "est-ce-pour-nous/"


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Door:
    emblem: int
    title: str
    description: str
    url: str
    links: tuple[Link, ...] = ()


def doors_of(request: HttpRequest) -> list[Door]:
    """Only what is there: a door whose page is not live leads to the first of its links, if any."""
    return [door for door in (_do(request), _be_inspired(request), _follow(request)) if door]


def _do(request: HttpRequest) -> Door | None:
    toolkit = _link(request, "toolkitpage", "La trousse")
    quiz = [Link("Est-ce pour nous? Six questions", f"{toolkit.url}{QUIZ}")] if toolkit else []
    return _door(
        1,
        "Réaliser une appréciation",
        "La trousse pas à pas, les gabarits, et quelqu’un à qui parler.",
        toolkit,
        [
            *quiz,
            _link(request, "videoindexpage", "Voir comment ça se passe"),
            Link("J’ai un code de rencontre", reverse("participant:join")),
        ],
    )


def _be_inspired(request: HttpRequest) -> Door | None:
    return _door(
        2,
        "S’inspirer",
        "Ce qui a été essayé, ce qui n’a pas marché, et qui appeler.",
        _link(request, "cataloguepage", "Les pratiques"),
        [
            _link(request, "issueindexpage", "Par enjeu"),
            _link(request, "resourceindexpage", "Guides et outils"),
            Link("Proposer une pratique", reverse("pratiques:propose")),
        ],
    )


def _follow(request: HttpRequest) -> Door | None:
    return _door(
        3,
        "Suivre la région",
        "Ce que des communautés disent d’elles-mêmes, et ce qu’elles ont choisi de faire.",
        _link(request, "registerpage", "Les démarches"),
        [
            _link(request, "synthesisindexpage", "Les synthèses de la région"),
            _link(request, "territoryindexpage", "Les territoires et leurs comités"),
            _link(request, "regionalmeetingindexpage", "Les rencontres régionales"),
            _link(request, "newsindexpage", "Nouvelles"),
        ],
    )


def _door(
    emblem: int, title: str, description: str, main: Link | None, others: list[Link | None]
) -> Door | None:
    links = [link for link in others if link]
    first = main or next(iter(links), None)
    if first is None:
        return None
    left = tuple(link for link in links if link is not first)
    return Door(emblem, title, description, first.url, left)


def _link(request: HttpRequest, model: str, words: str) -> Link | None:
    page: Page | None = first_of_type(request, model)
    return Link(words, page.get_url(request)) if page else None
