"""A synthesis in public: from its frozen edition, less what stays inside, without any ranking."""

import re
from html import unescape

import pytest
from django.utils import timezone

from appreciation.domain.synthesis.files import prepare_public_files
from appreciation.domain.synthesis.pages import ensure_synthesis_page
from appreciation.models import SynthesisEdition, SynthesisPage
from cms.models import PublicText, SiteSettings
from tests.factories.starter_site import ensure_site_pages
from tests.factories.syntheses import a_large_synthesis, edition_out, frozen_edition

ADDRESS = "/syntheses/mauricie-2026/"
QUERIES = 8


@pytest.fixture(scope="module")
def edition(kept_for_the_module):
    ensure_site_pages()
    return edition_out()


def text_of(response) -> str:
    html = unescape(response.content.decode())
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_page_says_what_was_frozen(client, edition):
    response = client.get(ADDRESS)
    text = text_of(response)

    assert response.status_code == 200
    assert "Partout, on est attaché à sa place." in text
    assert "12 démarches lues, dont 4 historiques : 10 des 42 communautés de la région." in text
    assert "Ces communautés ne sont pas la région." in text
    assert "Trop peu de réponses dans 2 cases." in text
    assert "entre « À peine amorcé » et « Acquis » avis opposés" in text
    assert "36 % ne savent pas" in text
    assert "Convenu : Bien avancé" in text
    assert "Se déplacer sans auto 2 démarches" in text
    assert "Covoiturage du jeudi porté par Comité local Village-Exemple 1 tenue 12 trajets" in text
    assert edition.fingerprint in text


def test_what_stays_in_the_region_and_unnamed_communities_are_only_counted(client, edition):
    text = text_of(client.get(ADDRESS))

    assert "Village-Exemple 6" not in text
    assert "personne n’est laissé seul" not in text
    assert "Ses résultats restent dans la région : elle est comptée, sans plus." in text


def test_nothing_ranks_a_community_nor_gives_a_regional_mean(client, edition):
    text = text_of(client.get(ADDRESS)).lower()
    assert not re.search(r"\brang\b|\bclassement\b|moyenne (de la région|régionale)", text)


def test_communities_lead_to_the_register_unless_they_are_unnamed(client, edition):
    html = client.get(ADDRESS).content.decode()
    assert '<a href="/demarches/village-exemple-1-2026/">Village-Exemple 1</a>' in html
    assert "/demarches/village-exemple-6-2026/" not in html


def test_it_asks_few_queries_whatever_its_size(
    client, edition, django_assert_num_queries, settings
):
    """As it runs: what all pages share is kept in memory under the mark of what is public."""
    settings.PAGE_COPIES_FRESH_SECONDS = 60
    large = edition_out(a_large_synthesis(sources=30, dimensions=12))
    for one in (edition, large):
        SynthesisEdition.objects.filter(pk=one.pk).update(
            inputs=[{"key": "x", "appraisal": 0, "level": "full"}]
        )
        address = f"/syntheses/{one.synthesis.page.slug}/?demarches=1"
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)


@pytest.mark.parametrize(
    ("figure", "heading"),
    [
        ("matrice-1", "démarche;territoire;dimension;niveau 1"),
        ("etendue-1", "Dimension;La Tuque;MRC de Maskinongé;MRC de Mékinac;MRC des Chenaux"),
        ("demarches", "démarche;territoire;rencontre"),
        ("pistes", "démarche;piste ou action"),
        ("ce-qui-revient", "genre;thème"),
        ("evaluation", "démarche;question"),
        ("participation", "territoire;communautés lues"),
    ],
)
def test_each_figure_has_its_csv(client, edition, figure, heading):
    response = client.get(f"{ADDRESS}?format=csv&figure={figure}")
    content = b"".join(response.streaming_content).decode()

    assert response["Content-Disposition"] == (f'attachment; filename="mauricie-2026-{figure}.csv"')
    assert content.lstrip("\ufeff").startswith(heading)
    assert 'Source;"éditions publiées des démarches; synthèse S-ABC234' in content
    assert "Village-Exemple 6" not in content


def test_an_unknown_figure_story_or_unmade_file_is_not_there(client, edition):
    for asked in ("format=csv&figure=rien", "histoire=d99", "format=pdf"):
        assert client.get(f"{ADDRESS}?{asked}").status_code == 404


def test_a_story_and_the_plain_sheet_stand_alone(client, edition):
    story = text_of(client.get(f"{ADDRESS}?histoire=d1"))
    assert "Tout a commencé par une corvée. Puis le comité a tenu parole." in story
    sheet = text_of(client.get(f"{ADDRESS}?vue=feuille"))
    assert "Mauricie : ce que des communautés disent d’elles-mêmes" in sheet
    assert "Se déplacer sans auto (2 endroits)" in sheet


def test_it_is_cited_and_found(client, edition):
    assert "Synthèse régionale 2026" in client.get(f"{ADDRESS}?format=bib").content.decode()
    page = SynthesisPage.objects.get()
    texts = PublicText.objects.get(page=page.page_ptr).text
    assert "Se déplacer sans auto" in texts
    assert "laissé seul" not in texts


def test_the_list_the_menu_and_the_sitemap_name_it(client, edition):
    assert '<a href="/syntheses/mauricie-2026/">' in client.get("/syntheses/").content.decode()
    assert 'href="/syntheses/"' in client.get("/la-demarche/").content.decode()
    assert "/syntheses/mauricie-2026/" in client.get("/sitemap.xml").content.decode()


def test_a_raised_k_hides_figures_that_were_frozen(client, edition):
    before = text_of(client.get(ADDRESS))
    site = edition.synthesis.page.get_site()
    SiteSettings.objects.update_or_create(site=site, defaults={"disclosure_k": 13})
    after = text_of(client.get(ADDRESS))
    assert "4 Acquis accord net Convenu : Acquis" in before
    assert "trop peu de réponses Convenu : Acquis" in after


def test_withdrawn_it_is_gone_for_good_and_out_of_menus(client, edition):
    edition.withdrawn_at = timezone.now()
    edition.save()
    ensure_synthesis_page(edition.synthesis)

    assert client.get(ADDRESS).status_code == 410
    assert client.get(f"{ADDRESS}?format=csv&figure=demarches").status_code == 410
    assert 'href="/syntheses/"' not in client.get("/la-demarche/").content.decode()
    assert not PublicText.objects.filter(page=edition.synthesis.page.page_ptr).exists()


def test_never_published_it_is_not_there(client, kept_for_the_module):
    ensure_site_pages()
    edition = frozen_edition()
    assert ensure_synthesis_page(edition.synthesis) is None
    assert client.get("/syntheses/mauricie-2027/").status_code == 404


def test_two_syntheses_of_a_year_have_their_own_address(client, edition):
    other = edition_out()
    assert other.synthesis.page.slug == "mauricie-2026-2"


def test_many_are_told_a_part_at_a_time(client, kept_for_the_module):
    ensure_site_pages()
    large = edition_out(a_large_synthesis(sources=30, dimensions=2))
    address = f"/syntheses/{large.synthesis.page.slug}/"
    first, last = (text_of(client.get(f"{address}?demarches={n}")) for n in (1, 99))
    assert "Démarches 1 à 24 de 30" in first
    assert "Démarches 25 à 30 de 30" in last
    assert "Village-Exemple 30" in last
    assert "Village-Exemple 30" not in first


def test_public_files_are_asked_once(edition):
    prepare_public_files(timezone.now())
    prepare_public_files(timezone.now())
    assert edition.export_jobs.count() == 5
