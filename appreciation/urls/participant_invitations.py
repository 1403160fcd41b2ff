"""Meetings open to all (`/rencontre/`): printed on posters, these addresses never change."""

from django.urls import path

from appreciation.views import open_invitation

app_name = "invitation"

urlpatterns = [
    path("<str:reference>/", open_invitation.open_page, name="open_page"),
    path(
        "<str:reference>/rappel/<str:token>/",
        open_invitation.reminder,
        name="reminder",
    ),
]
