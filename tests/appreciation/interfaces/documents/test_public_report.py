"""The PDF of a public entry says what its page says, of the frozen edition alone."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from wagtail.models import Site

from appreciation.domain.publications import publish
from appreciation.enums import FindingKind, PublicationLevel
from appreciation.interfaces.documents.public_report import public_file_of
from appreciation.interfaces.documents.report_pdf import pdf_context, pdf_of
from appreciation.models import Appraisal, Publication, Rating, RatingCount
from cms.models import SiteSettings
from core.errors import DomainError
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import ActionFactory, FindingFactory
from tests.factories.people import UserFactory
from tests.factories.register import publish_historical
from tests.pdf_text import page_texts

URL = "/demarches/riviere-exemple-2026/"
OURS = {
    # The head and the foot of the paper, and what introduces the figures at its end.
    *("rapport", "démarche", "appréciation", "qu", "on", "a", "peut", "faire", "territoire"),
    *("version", "registre", "édition", "demarches", "riviere", "exemple"),
    *("mêmes", "réponses", "comptées", "combien", "personnes", "choisi", "chaque", "niveau"),
    *("nombres", "derrière", "barres", "page", "pages", "emblème"),
}
"""Words of the document itself."""


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))


def page_words(client) -> set[str]:
    """Of all that the page tells, to the eye or to who does not see it."""
    html = client.get(URL).text
    spoken = " ".join(re.findall(r'(?:aria-label|alt|title)="([^"]*)"', html))
    return words_of(unescape(re.sub(r"<[^>]+>", " ", html) + " " + spoken))


def paper_of(edition: Publication) -> str:
    """Its words, those that a narrow column cut put together again."""
    words = " ".join(page_texts(pdf_of(public_file_of(edition))))
    return words.replace("\N{HYPHEN} ", "")


@pytest.fixture(scope="module")
def told(kept_for_the_module) -> Appraisal:
    lead = UserFactory(username="meneuse")
    appraisal = adopted_appraisal(lead=lead, quotes_announced=True)
    appraisal.contact_name, appraisal.contact_phone = "Réjeanne Canari", "819 555-0199"
    appraisal.contact_email = "canari@exemple.org"
    appraisal.save()
    FindingFactory(
        appraisal=appraisal, kind=FindingKind.CHALLENGE, text="Le quai s’abîme chaque printemps"
    )
    ActionFactory(appraisal=appraisal, title="Covoiturage du jeudi")
    set_up(adviser_name="Ève Canari", adviser_phone="819 555-0177")
    return appraisal


def set_up(**values) -> None:
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults=values)


def published(appraisal: Appraisal, level: PublicationLevel) -> Publication:
    lead = appraisal.memberships.get().user
    return publish(appraisal=appraisal, level=level, user=lead)


@pytest.mark.parametrize("level", [PublicationLevel.SUMMARY, PublicationLevel.FULL])
def test_it_says_nothing_that_the_page_does_not_show(client, settings, told, level):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    edition = published(told, level)
    paper = paper_of(edition)
    assert words_of(paper) - page_words(client) - OURS == set()
    for kept in (told.reference, "Canari", "555-01"):
        assert kept not in paper
    for said in ("On s’entraide quand ça compte", "Le quai s’abîme", "Covoiturage du jeudi"):
        assert said in paper
    assert f"/demarches/{edition.slug}/, édition {edition.number}" in paper
    counts = "Les nombres derrière les barres" in paper
    assert counts is (level == PublicationLevel.FULL)


def test_it_is_made_of_the_edition_and_of_nothing_behind_it(told):
    edition = published(told, PublicationLevel.FULL)
    before = shown(edition)
    Rating.objects.all().delete()
    RatingCount.objects.all().delete()
    told.findings.update(text="Canari ajouté depuis")
    told.actions.update(title="Canari ajouté depuis")
    told.report_sections.all().delete()
    told.meetings.update(head_count=99, venue="Canari ajouté depuis")
    Appraisal.objects.update(requested_by="Canari ajouté depuis")
    assert shown(edition) == before


def shown(edition: Publication) -> str:
    return render_to_string("documents/report_pdf.html", pdf_context(public_file_of(edition)))


def test_a_raised_k_hides_what_the_page_hides(client, told):
    edition = published(told, PublicationLevel.FULL)
    assert "acquis 10," in shown(edition)
    set_up(disclosure_k=13)
    assert "Trop peu de réponses" in shown(edition)
    assert "acquis 10," not in shown(edition)


def test_a_historical_entry_already_has_its_pdf(kept_for_the_module):
    with pytest.raises(DomainError, match="a déjà son rapport"):
        public_file_of(publish_historical())
