"""What every test can lean on. People: a lead, a neighbour (another démarche), a stranger."""

import pytest
from django.core.cache import caches

from tests.factories import AppraisalFactory, MembershipFactory, UserFactory
from tests.factories.site import ensure_site_tree


@pytest.fixture(autouse=True)
def _database(db):
    """Nearly every test meets the database; a browser test empties it: the tree is made again."""
    ensure_site_tree()
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def lead():
    return UserFactory(username="lead", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def neighbour():
    """A facilitator of another démarche: she must see nothing of ours."""
    membership = MembershipFactory(user__username="neighbour")
    return membership.user


@pytest.fixture
def stranger():
    return UserFactory(username="stranger")


@pytest.fixture
def appraisal(lead):
    appraisal = AppraisalFactory()
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal
