import factory
from factory.django import DjangoModelFactory

from accounts.models import RoleAssignment, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"personne-{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@exemple.org")
    first_name = "Claude"
    last_name = factory.Sequence(lambda n: f"Exemple-{n}")
    password = factory.django.Password("mot-de-passe-long-42")


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = RoleAssignment.Role.COORDINATOR
