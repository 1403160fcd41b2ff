"""The pages that every site starts with. Created when missing, never written over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from wagtail.models import Collection, Page, Site
from wagtail.rich_text import RichText

from appreciation.domain.toolkit_starter import ensure_toolkit
from appreciation.models import (
    PlaceIndexPage,
    RegisterPage,
    SynthesisIndexPage,
    VideoIndexPage,
)
from home.models import HomePage, StandardPage
from pratiques.domain.review_workflow import ensure_review
from pratiques.models import CataloguePage
from rencontres.models import RegionalMeetingIndexPage


@dataclass(frozen=True)
class StarterPage:
    """A page under the home page; `door` is its title on the home page."""

    slug: str
    title: str
    door: str
    description: str
    template: str
    in_menus: bool


WAGTAIL_ROOT, ALL_PAGES, COMMON_FILES = "Root", "Toutes les pages", "Fichiers communs"
REGISTER_TEXT = (
    "<p>Chaque démarche fait un tour de huit phases. Le registre dit où chacune en était "
    "à sa publication, et ce que la communauté a choisi de rendre public.</p>"
)
PLACES_TEXT = (
    "<p>Quelques chiffres avec leurs sources, et ce que les gens de la place y lisent. Un portrait "
    "sert à se parler\N{NO-BREAK SPACE}: il ne classe personne.</p>"
)
SYNTHESES_TEXT = (
    "<p>Des démarches lues ensemble, pour la rencontre régionale\N{NO-BREAK SPACE}: ce qui "
    "revient, ce qui diffère et ce qui a été fait. Sans moyenne et sans palmarès.</p>"
)
CATALOGUE_TEXT = (
    "<p>Devant un défi, quelqu’un a souvent déjà essayé quelque chose. Chaque fiche dit ce qui a "
    "été fait, ce que ça a donné, et qui on peut appeler.</p>"
)
MEETINGS_TEXT = (
    "<p>Des communautés et leurs partenaires se réunissent pour se dire ce qu’ils ont vu, "
    "ce qu’ils ont essayé, et ce qu’on peut porter ensemble.</p>"
)
STARTER_PAGES = (
    StarterPage(
        slug="la-demarche",
        title="La démarche",
        door="Comprendre la démarche",
        description="Huit phases, une rencontre au milieu, et des premiers pas à la fin.",
        template="home/starter/demarche.html",
        in_menus=True,
    ),
    StarterPage(
        slug="accessibilite",
        title="Accessibilité",
        door="",
        description="Ce que nous faisons pour que chaque personne puisse se servir du site.",
        template="home/starter/accessibilite.html",
        in_menus=False,
    ),
    StarterPage(
        slug="vie-privee",
        title="Vie privée",
        door="",
        description="Ce que le site garde, pourquoi, et pendant combien de temps.",
        template="home/starter/vie_privee.html",
        in_menus=False,
    ),
)


@transaction.atomic
def ensure_site_pages() -> list[Page]:
    """Create what is missing of the site's tree; return the pages created.

    A page whose address exists is left alone, whatever an editor made of it: its text, its title,
    its place in the menus, and whether it is published.
    """
    _name_the_roots()
    home, created = _ensure_home()
    known = set(home.get_children().values_list("slug", flat=True))
    missing = [starter for starter in STARTER_PAGES if starter.slug not in known]
    made: list[Page] = [home] if created else []
    made += [_add_standard_page(home, starter) for starter in missing if starter.in_menus]
    made += ensure_toolkit(home)
    if not PlaceIndexPage.objects.exists():
        made.append(_add_places(home))
    if not RegisterPage.objects.exists():
        made.append(_add_register(home))
    if not CataloguePage.objects.exists():
        made.append(_add_catalogue(home))
    if not SynthesisIndexPage.objects.exists():
        made.append(_add_syntheses(home))
    ensure_review()
    if not VideoIndexPage.objects.exists():
        made.append(_add_videos(home))
    if not RegionalMeetingIndexPage.objects.exists():
        made.append(_add_meetings(home))
    made += [_add_standard_page(home, starter) for starter in missing if not starter.in_menus]
    return made


def _name_the_roots() -> None:
    """What holds all pages, and all files, is called « Root » by Wagtail; ours by their names."""
    roots = Page.objects.filter(depth=1, title=WAGTAIL_ROOT)
    roots.update(title=ALL_PAGES, draft_title=ALL_PAGES)
    Collection.objects.filter(depth=1, name=WAGTAIL_ROOT).update(name=COMMON_FILES)


def _ensure_home() -> tuple[HomePage, bool]:
    """The home page at the root of the default site, in place of Wagtail's welcome page."""
    home = HomePage.objects.first()
    created = home is None
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(
            instance=HomePage(
                title="Accueil",
                slug="accueil",
                introduction=(
                    "<p>Une démarche en huit phases pour qu’une communauté apprécie elle-même "
                    "son potentiel, puis choisisse ses premiers petits pas.</p>"
                ),
            )
        )
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name="Accueil"
        )
    elif site.root_page.specific_class is not HomePage:
        welcome = site.root_page
        site.root_page = home
        site.save()
        if welcome.depth > 1 and welcome.specific_class is Page and not welcome.numchild:
            welcome.delete()
            home.refresh_from_db()
    return home, created


def _add_standard_page(home: HomePage, starter: StarterPage) -> Page:
    page = StandardPage(
        title=starter.title,
        slug=starter.slug,
        seo_title=starter.door,
        search_description=starter.description,
        show_in_menus=starter.in_menus,
        body=[("text", RichText(render_to_string(starter.template)))],
    )
    return home.add_child(instance=page)


def _add_places(home: HomePage) -> Page:
    """The menu shows it once a portrait is published under it."""
    page = PlaceIndexPage(
        title="Communautés",
        slug="communautes",
        seo_title="Lire le portrait d’une communauté",
        search_description="Chaque lieu en chiffres, et ce que les gens de la place y lisent.",
        show_in_menus=True,
        introduction=PLACES_TEXT,
    )
    return home.add_child(instance=page)


def _add_register(home: HomePage) -> Page:
    page = RegisterPage(
        title="Démarches",
        slug="demarches",
        seo_title="Lire les démarches",
        search_description="Ce que des communautés ont vu d’elles-mêmes, et la suite choisie.",
        show_in_menus=True,
        introduction=REGISTER_TEXT,
    )
    return home.add_child(instance=page)


def _add_syntheses(home: HomePage) -> Page:
    """The menu shows it once a synthesis is published under it."""
    page = SynthesisIndexPage(
        title="Synthèses",
        slug="syntheses",
        seo_title="Lire les démarches ensemble",
        search_description="Ce qui revient d’une communauté à l’autre, et ce qui a été fait.",
        show_in_menus=True,
        introduction=SYNTHESES_TEXT,
    )
    return home.add_child(instance=page)


def _add_catalogue(home: HomePage) -> Page:
    """The menu shows it once a sheet is published under it."""
    page = CataloguePage(
        title="Pratiques",
        slug="pratiques",
        seo_title="S’inspirer de ce qui se fait",
        search_description="Qui a fait quelque chose devant ce défi, et qui on peut appeler.",
        show_in_menus=True,
        introduction=CATALOGUE_TEXT,
    )
    return home.add_child(instance=page)


def _add_videos(home: HomePage) -> Page:
    """The menu shows it once a video is published under it."""
    page = VideoIndexPage(
        title="Vidéos",
        slug="videos",
        seo_title="Voir comment ça se passe",
        search_description="De courts films sous-titrés, avec leur transcription.",
        show_in_menus=True,
    )
    return home.add_child(instance=page)


def _add_meetings(home: HomePage) -> Page:
    """The menu shows it once a meeting is published under it."""
    page = RegionalMeetingIndexPage(
        title="Rencontres régionales",
        slug="rencontres",
        seo_title="Venir à la rencontre régionale",
        search_description="Les dates, le programme, l’inscription, et ce qu’il en est resté.",
        show_in_menus=True,
        introduction=MEETINGS_TEXT,
    )
    return home.add_child(instance=page)
