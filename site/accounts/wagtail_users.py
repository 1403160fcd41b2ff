from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's own app for accounts and groups, with our screens."""

    user_viewset = "accounts.admin.people.PeopleViewSet"
    group_viewset = "accounts.admin.people.RightsViewSet"
