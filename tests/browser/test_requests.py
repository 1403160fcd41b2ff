"""What a first visit asks of the server, counted in the browser, for the heaviest of each kind.

On a phone's line, each request costs more than its bytes. What waits below the fold (photos) and
what waits for a gesture (a film) is not asked before.
"""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from appreciation.domain.publications import publish
from appreciation.enums import PublicationLevel
from cms.renditions import make_renditions
from home.models import StandardPage
from tests.browser.sizes import DESKTOP, PHONE
from tests.factories import UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.meetings import regional_meeting
from tests.factories.organisation import news, organisation_site, resource
from tests.factories.pictures import site_image
from tests.factories.portraits import census_portraits
from tests.factories.practices import full_practice
from tests.factories.syntheses import edition_out
from tests.factories.videos import CHAPTERS, film, video, video_list

PROMISED = 8
ICON = "/static/img/logo-mark.svg"
NOT_ASKED_HERE = 2
"""The icon and the manifest: a browser without windows leaves them aside."""


def fill() -> list[str]:
    """One page of each kind, with all that it can bear; their addresses."""
    organisation_site()
    census_portraits()
    sheet = full_practice(rows=4, title="La navette du mardi", slug="navette")
    publish(
        appraisal=adopted_appraisal(lead=UserFactory()),
        level=PublicationLevel.FULL,
        user=UserFactory(is_superuser=True),
    )
    regional_meeting(workshops=(("Avant-midi", "Jardins", 8),))
    edition_out()
    news(title="Un marché", slug="marche", issues=sheet.issues.all())
    resource(title="Un guide", slug="guide", issues=sheet.issues.all())
    watched = video(video_list(), media=film(chapters=CHAPTERS), poster=site_image())
    make_renditions(watched.poster)
    illustrated = StandardPage.objects.get(slug="a-propos")
    for _ in range(2):
        picture = {"image": site_image(), "caption": "Le quai"}
        illustrated.body.insert(0, ("picture", picture))
    illustrated.save_revision().publish()
    return [
        *("/", "/pratiques/", "/pratiques/?vue=carte", "/pratiques/navette/", "/a-propos/"),
        *("/pratiques/proposer/", "/communaute-interessee/", "/ma-selection/"),
        *("/demarches/", "/demarches/?vue=carte", "/demarches/riviere-exemple-2026/"),
        *("/communautes/", "/communautes/saint-roch-de-mekinac/"),
        *("/enjeux/transport-collectif/", "/territoires/", "/territoires/mekinac/"),
        *("/rencontres/", "/rencontres/automne/", "/syntheses/", "/syntheses/mauricie-2026/"),
        *("/nouvelles/", "/nouvelles/marche/", "/ressources/", "/ressources/guide/"),
        *("/partenaires/", "/lexique/", "/donnees-ouvertes/", "/recherche/?q=navette"),
        *("/trousse/", "/trousse/tenir-la-rencontre/", "/videos/", "/videos/accueillir/"),
    ]


def asked(page: Page, address: str) -> list[str]:
    seen: list[str] = []

    def note(request) -> None:
        if not request.url.startswith("data:") and urlsplit(request.url).path != ICON:
            seen.append(urlsplit(request.url).path)

    page.on("request", note)
    response = page.goto(address, wait_until="networkidle")
    page.remove_listener("request", note)
    assert response.status == 200, address
    return seen


def too_many(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    seen = {address: asked(page, address) for address in addresses}
    return {at: all_ for at, all_ in seen.items() if len(all_) + NOT_ASKED_HERE > PROMISED}


def test_a_first_visit_asks_for_eight_things_at_most(new_context):
    addresses = fill()
    phone = new_context(viewport=PHONE).new_page()
    assert too_many(phone, addresses) == {}
    film_alone = asked(phone, "/videos/accueillir/")
    assert not [path for path in film_alone if path.endswith(".mp4")]
    phone.goto("/pratiques/navette/")
    with phone.expect_request("**/*quai*"):
        phone.get_by_text("2 autres photos").click()
    assert too_many(new_context(viewport=DESKTOP).new_page(), ["/pratiques/navette/"]) == {}
