"""Who tries to enter the admin, from nobody to the administrator."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.groups import ensure_groups
from tests.factories import UserFactory

ROLES = ("nobody", "facilitator", "editor", "coordinator", "administrator")
GROUPS = {"facilitator": "Animation", "editor": "Édition", "coordinator": "Coordination"}


def signed_in(client, role: str):
    """The client of a person in that role; « nobody » is not signed in."""
    if role == "nobody":
        return client
    user = UserFactory(is_superuser=role == "administrator")
    if role in GROUPS:
        user.groups.add(ensure_groups()[GROUPS[role]])
    client.force_login(user)
    return client


def queries_of(client, address: str) -> int:
    """How many queries a page takes once the caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
