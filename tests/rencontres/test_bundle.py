"""A meeting and its synthesis go out together, or neither does."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.domain.groups import assign_role
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.publishing import publish_edition, withdraw_edition
from core.errors import DomainError
from rencontres.domain.bundles import NOBODY, NOT_FROZEN, OTHER_REGION, bundle_obstacles
from rencontres.models import RegionalMeetingPage
from tests.admin_forms import as_typed
from tests.factories import PlaceFactory, UserFactory
from tests.factories.meetings import meeting_list, regional_meeting
from tests.factories.synthesis_sources import (
    asked,
    make_region,
    make_synthesis,
    publish_again,
    publish_in,
    take_back,
)


@pytest.fixture
def region():
    meeting_list()  # before anything that numbers them: see `remembered`
    return make_region()


@pytest.fixture
def user(region):
    user = UserFactory()
    assign_role(user=user, role="coordinator", place=region)
    return user


@pytest.fixture
def editions(region):
    territory = region.children.get()
    return [publish_in(territory, "Village-A"), publish_in(territory, "Village-B")]


@pytest.fixture
def synthesis(region, user, editions):
    return make_synthesis(region, user, *editions)


@pytest.fixture
def draft(region, synthesis):
    """A meeting that nobody reads yet, with its synthesis chosen."""
    page = regional_meeting(region=region, live=False)
    page.synthesis = synthesis
    page.save()
    return page


def publish(page, user):
    page.save_revision(user=user).publish(user=user)


def is_live(page) -> bool:
    return RegionalMeetingPage.objects.get(pk=page.pk).live


def test_both_go_out_together(client, draft, synthesis, user):
    edition = freeze(synthesis=synthesis, user=user)
    publish(draft, user)
    assert is_live(draft)
    assert synthesis.editions.out().get() == edition
    page = client.get("/rencontres/automne/").text
    assert "Ce que disent nos communautés</" in page
    publish(RegionalMeetingPage.objects.get(pk=draft.pk), user)
    assert synthesis.editions.count() == 1


def test_a_synthesis_that_is_out_stays_as_it_is(draft, synthesis, user):
    edition = publish_edition(edition=freeze(synthesis=synthesis, user=user), user=user)
    publish(draft, UserFactory(is_superuser=True))
    assert is_live(draft)
    assert synthesis.editions.out().get().published_at == edition.published_at


def test_not_frozen_neither_goes_out(draft, synthesis, user):
    assert bundle_obstacles(synthesis=synthesis, region=draft.region) == [NOT_FROZEN]
    with pytest.raises(ValidationError, match="n’est pas figée"):
        publish(draft, user)
    assert not is_live(draft)


def test_a_demarche_taken_back_keeps_both_in(draft, synthesis, user, editions):
    freeze(synthesis=synthesis, user=user)
    take_back(editions[0])
    with pytest.raises(ValidationError, match="N’est plus publiée"):
        publish(draft, user)
    assert not is_live(draft)
    assert not synthesis.editions.out().exists()


def test_figures_replaced_since_are_acknowledged_in_the_workshop(draft, synthesis, user, editions):
    edition = freeze(synthesis=synthesis, user=user)
    publish_again(editions[0], [asked("entraide", (7, 4, 1, 0))])
    (words,) = bundle_obstacles(synthesis=synthesis, region=draft.region)
    assert words.startswith("Une nouvelle édition est sortie depuis: Village-A")
    publish_edition(edition=edition, user=user, acknowledged=True)
    assert bundle_obstacles(synthesis=synthesis, region=draft.region) == []


def test_withdrawn_it_is_frozen_anew(draft, synthesis, user):
    edition = publish_edition(edition=freeze(synthesis=synthesis, user=user), user=user)
    withdraw_edition(edition=edition, user=user, reason="Une erreur.")
    (words,) = bundle_obstacles(synthesis=synthesis, region=draft.region)
    assert "figez-en une nouvelle" in words


def test_of_another_region_it_is_refused(draft, synthesis):
    other = PlaceFactory(region=True, name="Ailleurs")
    assert bundle_obstacles(synthesis=synthesis, region=other) == [OTHER_REGION]


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_whoever_may_not_publish_the_synthesis_publishes_neither(draft, synthesis, user, who):
    """The page is undone with it: the refusal comes after it was saved."""
    freeze(synthesis=synthesis, user=user)
    by = UserFactory() if who == "stranger" else None
    revision = draft.save_revision(user=by)
    with pytest.raises(DomainError) as refusal:
        revision.publish(user=by, skip_permission_checks=True)
    assert (str(refusal.value) == NOBODY) is (who == "nobody")
    assert not is_live(draft)
    assert not synthesis.editions.out().exists()


def test_whoever_publishes_answers_for_it_not_who_wrote(draft, synthesis, user):
    freeze(synthesis=synthesis, user=user)
    draft.save_revision(user=UserFactory()).publish(user=user)
    assert synthesis.editions.out().exists()


class TestTheForm:
    def sent(self, client, page):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = client.get(address).context["form"]
        typed = as_typed(form) | {"action-publish": "oui"}
        return client.post(address, typed)

    def test_it_says_what_lacks_then_publishes_both(self, client, draft, synthesis, user):
        draft.save_revision(user=user)
        client.force_login(user)
        assert "n’est pas figée" in self.sent(client, draft).text
        assert not is_live(draft)
        freeze(synthesis=synthesis, user=user)
        assert self.sent(client, draft).status_code == 302
        assert is_live(draft)
        assert RegionalMeetingPage.objects.get(pk=draft.pk).synthesis == synthesis
        assert synthesis.editions.out().exists()

    def test_an_editor_does_not_send_out_what_is_not_hers(self, client, draft, synthesis, user):
        draft.save_revision()
        freeze(synthesis=synthesis, user=user)
        editor = UserFactory()
        assign_role(user=editor, role="editor", place=draft.region)
        client.force_login(editor)
        assert "Seule la coordination de la région" in self.sent(client, draft).text
        assert not is_live(draft)
