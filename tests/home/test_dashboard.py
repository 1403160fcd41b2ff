"""The first screen of the admin says what waits for this editor, and only for her."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from home.links import BrokenLink
from home.models import StandardPage, TerritoryPage
from tests.factories import UserFactory
from tests.factories.organisation import organisation_site
from tests.factories.practices import practice


@pytest.fixture(scope="module", name="site")
def _site(kept_for_the_module):
    return organisation_site()


@pytest.fixture
def editor(site, client):
    user = UserFactory()
    assign_role(user=user, role=RoleAssignment.Role.EDITOR, place=site["36"].parent)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_with_nothing_to_do_it_says_so(editor):
    text = editor.get("/admin/").text
    for sentence in (
        "Aucun brouillon n’attend.",
        "Chaque fiche a été vérifiée à temps.",
        "La vérification de cette nuit n’en a trouvé aucun.",
        "Rien n’est prévu pour plus tard.",
    ):
        assert sentence in text


def test_it_says_what_waits(editor):
    page = StandardPage.objects.get(slug="a-propos")
    page.title = "Brouillon qui attend"
    page.save_revision()
    practice(title="Fiche ancienne", review_due_on=timezone.localdate() - timedelta(days=9))
    BrokenLink.objects.create(
        page=page, url="https://exemple.org/x", reason="page disparue", found_on="2026-11-02"
    )
    other = StandardPage.objects.get(slug="nous-joindre")
    other.go_live_at = timezone.now() + timedelta(days=3)
    other.save_revision(approved_go_live_at=other.go_live_at)
    about = StandardPage.objects.get(slug="developpement-social")
    about.expire_at = timezone.now() + timedelta(days=4)
    about.save()
    practice(title="Jamais ouverte", live=False, has_unpublished_changes=True)
    text = editor.get("/admin/").text
    assert "Brouillon qui attend</a>, changée le" in text
    assert "Jamais ouverte</a></li>" in text
    assert "Fiche ancienne</a>, à vérifier depuis le" in text
    assert "https://exemple.org/x (page disparue, depuis le 2" in text
    assert "Nous joindre&nbsp;» paraît" in text
    assert "se retire" in text


def test_what_could_not_go_out_at_its_hour_is_said_and_how_to_mend_it(editor):
    late, tried_now = (StandardPage.objects.get(slug=slug) for slug in ("nous-joindre", "a-propos"))
    for page, minutes in ((late, 16), (tried_now, 5)):
        at = timezone.now() - timedelta(minutes=minutes)
        page.save_revision(approved_go_live_at=at)
    text = editor.get("/admin/").text
    part = text.partition("N’ont pas pu paraître à leur heure")[2].partition("</ul>")[0]
    assert "Nous joindre</a>, prévue le" in part
    assert "annulez l’heure prévue, puis publiez-la" in part
    assert tried_now.title not in part


def test_a_page_of_another_committee_is_not_hers(site, client):
    user = UserFactory()
    assign_role(user=user, role=RoleAssignment.Role.EDITOR, place=site["36"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    practice(title="Navette de Shawinigan", places=[site["36"]], live=False).save_revision()
    practice(title="Navette de Mékinac", places=[site["350"]], live=False).save_revision()
    coming = StandardPage.objects.get(slug="nous-joindre")
    coming.go_live_at = timezone.now() + timedelta(days=3)
    coming.save_revision(approved_go_live_at=coming.go_live_at)
    page = TerritoryPage.objects.get(slug="mekinac")
    page.title = "Mékinac en brouillon"
    page.save_revision()
    BrokenLink.objects.create(
        page=page, url="https://exemple.org/y", reason="page disparue", found_on="2026-11-02"
    )
    text = client.get("/admin/").text
    assert (
        "Mékinac en brouillon" not in text.split("À faire dans les pages")[1].split("</section>")[0]
    )
    assert "https://exemple.org/y" not in text
    assert "Navette de Shawinigan" in text
    for elsewhere in ("Navette de Mékinac", "Nous joindre"):
        assert elsewhere not in text
