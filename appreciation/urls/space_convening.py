"""« Mobiliser »: who is invited, what is written to them, who came."""

from django.urls import path

from appreciation.views import invitees

urlpatterns = [
    path("demarches/<str:reference>/invitations/", invitees.invitees, name="invitees"),
    path("demarches/<str:reference>/invitations/<int:pk>/", invitees.invitee, name="invitee"),
    path(
        "demarches/<str:reference>/invitations/<int:pk>/retirer/",
        invitees.invitee_removal,
        name="invitee_removal",
    ),
]
