"""Every public page: few queries whatever the content, light on the wire, kept by the right caches.

A page is weighed as a first visit in a browser costs: itself, its styles, scripts, mark and the
typeface, as they travel.
"""

import gzip
import re
from html import unescape

import pytest
from django.db import transaction
from django.db.models import Count

from appreciation.domain.publications import publish, withdraw
from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.enums import PublicationLevel
from appreciation.models import AppraisalPage, Instrument
from tests.factories import PlaceFactory, UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import FindingFactory
from tests.factories.register import PDF, publish_entry, publish_historical
from tests.factories.starter_site import ensure_site_pages
from tests.factories.videos import CHAPTERS, film, video, video_list
from tests.screens import asset_weight

WIRE_LIMIT = 60_000
QUERY_LIMIT, LONG_LIMIT = 12, 16
LONGER = ("/trousse/", "/videos/")
"""A phase of the toolkit also reads the others, its tools, its questions; a video, its files, its
texts and its neighbours."""
FULL_ENTRY = "/demarches/riviere-exemple-2026/"
HISTORICAL_ENTRY = "/demarches/ancienne-2018/"
QUERIES = {
    "/": 11,
    "/la-demarche/": 9,
    "/accessibilite/": 8,
    "/vie-privee/": 8,
    "/trousse/": 9,
    "/trousse/tenir-la-rencontre/": 16,
    "/trousse/outils/deroulement-de-trois-heures/": 13,
    "/trousse/est-ce-pour-nous/": 9,
    "/videos/": 9,
    "/videos/?q=chaises": 11,
    "/videos/video-0/": 13,
    "/demarches/": 10,
    "/demarches/?q=entraide&annee=2026": 11,
    FULL_ENTRY: 12,
    HISTORICAL_ENTRY: 11,
    "/comptes/connexion/": 3,
    "/r/": 2,
    "/sitemap.xml": 11,
}
TYPEFACE = "/static/fonts/atkinson-hyperlegible-next.woff2"


def fill(lead, entries):
    ensure_site_pages()
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.FULL, user=lead)
    publish_historical(place=PlaceFactory(name="Ancienne"))
    for number in range(entries - 1):
        territory = PlaceFactory(territory=True, name=f"Territoire {number}")
        publish_entry(place=PlaceFactory(name=f"Lieu {number}", parent=territory))
    for number in range(entries):
        media = film(chapters=CHAPTERS)
        video(video_list(), title=f"Vidéo {number}", slug=f"video-{number}", media=media)


@pytest.fixture(scope="class", params=[1, 3])
def filled(kept_for_the_module, request):
    """One entry, then three: each read at every address, then undone."""
    with transaction.atomic():
        fill(UserFactory(username="lead"), request.param)
        yield
        transaction.set_rollback(True)


class TestQueries:
    @pytest.mark.parametrize("address", QUERIES)
    def test_a_public_page_asks_few_and_the_same_for_one_and_many(
        self, client, filled, address, django_assert_num_queries
    ):
        client.get(address)
        with django_assert_num_queries(QUERIES[address]):
            response = client.get(address)
        assert response.status_code == 200
        assert QUERIES[address] <= (LONG_LIMIT if address.startswith(LONGER) else QUERY_LIMIT)


def on_the_wire(client, address) -> int:
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    links = set(re.findall(r'(?:href|src)="(/(?:static|styles)/[^"?]+)"', html))
    assert len([link for link in links if link.endswith(".css")]) == 1
    return (
        len(response.content)
        + sum(asset_weight(unescape(link)) for link in links)
        + asset_weight(TYPEFACE)
    )


def longest_report(lead):
    """The long shipped grid, every item answered, and as many findings as a long evening gives."""
    load_shipped_instruments()
    longest = Instrument.objects.annotate(length=Count("instrument_dimensions__items")).latest(
        "length"
    )
    appraisal = adopted_appraisal(lead=lead, instrument=longest, every_item=True)
    for number in range(30):
        FindingFactory(appraisal=appraisal, kind="challenge", text=f"Défi {number}: " + "mot " * 20)
    return appraisal


def test_a_first_visit_weighs_little(client, lead):
    fill(lead, 25)
    weights = {address: on_the_wire(client, address) for address in QUERIES if "xml" not in address}
    assert {address: kb for address, kb in weights.items() if kb > WIRE_LIMIT} == {}


def test_the_longest_report_we_ship_stays_light(client, lead):
    appraisal = longest_report(lead)
    publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    assert on_the_wire(client, FULL_ENTRY) <= WIRE_LIMIT


KEPT_A_MINUTE = {"public", "max-age=0", "s-maxage=60"}
PUBLIC = [*(a for a in QUERIES if a[1:6] not in ("compt", "r/", "sitem")), "/demarches/?format=csv"]
PUBLIC += [f"{FULL_ENTRY}?format=csv", "/demarches/?format=dictionnaire"]


def directives(response) -> set[str]:
    return {part.strip() for part in response.get("Cache-Control", "").split(",")}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_shared_cache_keeps_a_public_page_a_minute_the_same_for_all(client, lead, address):
    fill(lead, 1)
    anonymous = client.get(address)
    assert directives(anonymous) == KEPT_A_MINUTE
    assert "Cookie" not in anonymous.get("Vary", "")
    assert not anonymous.cookies
    client.force_login(lead)
    signed_in = client.get(address)
    assert b"".join(signed_in) == b"".join(anonymous)
    assert directives(signed_in) == KEPT_A_MINUTE


def test_withdrawn_and_gone_pages_leave_the_shared_cache_within_a_minute(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    gone = client.get(FULL_ENTRY)
    assert gone.status_code == 410
    assert "max-age=3" not in gone["Cache-Control"]


def test_what_depends_on_who_reads_is_kept_by_no_cache(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.REGION, user=lead)
    assert client.get(FULL_ENTRY).status_code == 404
    assert directives(client.get(FULL_ENTRY)) == {"private", "no-store"}
    client.force_login(lead)
    for address in (FULL_ENTRY, f"{FULL_ENTRY}?format=csv"):
        response = client.get(address)
        assert response.status_code == 200
        assert directives(response) == {"private", "no-store"}


def test_the_admins_preview_of_an_entry_is_kept_by_no_cache(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.FULL, user=lead)
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    page = AppraisalPage.objects.get()
    response = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert directives(response) == {"private", "no-store"}


def test_only_text_is_compressed_and_never_a_part_of_a_file(client, lead):
    fill(lead, 1)
    accepts = {"accept-encoding": "gzip"}
    page = client.get("/demarches/", headers=accepts)
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert "Content-Encoding" not in client.get("/demarches/")
    edition = AppraisalPage.objects.get(slug="ancienne-2018").appraisal.publications.get()
    pdf = client.get(edition.document.url, headers=accepts)
    assert b"".join(pdf.streaming_content) == PDF
