"""One row of a job that cannot be done keeps no other waiting."""

from background.each_alone import each_alone
from background.models import MailPreference
from tests.factories import UserFactory


def refuse_mails(user) -> None:
    MailPreference.objects.create(user=user)
    if user.first_name == "Ana":
        raise ValueError("prenom@exemple.org")


def test_what_fails_is_undone_and_named_and_the_others_are_done(caplog):
    people = [UserFactory(first_name=name) for name in ("Élise", "Ana", "Marc")]
    due = [(f"personne {user.pk}", lambda user=user: refuse_mails(user)) for user in people]
    assert each_alone("refus", due) == 2
    refused = MailPreference.objects.values_list("user", flat=True)
    assert set(refused) == {people[0].pk, people[2].pk}
    assert [record.getMessage() for record in caplog.records] == [f"refus: personne {people[1].pk}"]
