"""« Mobiliser »: who is invited, what is written to them, who came."""

from django.urls import path

from appreciation.views import door, invitation_plan, invitees, messages_to_send

urlpatterns = [
    path(
        "demarches/<str:reference>/rendez-vous/",
        invitation_plan.invitation_plan,
        name="invitation_plan",
    ),
    path("rencontres/<str:reference>/affiche/", invitation_plan.poster, name="poster"),
    path("rencontres/<str:reference>/porte/", door.door, name="door"),
    path("demarches/<str:reference>/invitations/", invitees.invitees, name="invitees"),
    path("demarches/<str:reference>/invitations/<int:pk>/", invitees.invitee, name="invitee"),
    path(
        "demarches/<str:reference>/invitations/<int:pk>/retirer/",
        invitees.invitee_removal,
        name="invitee_removal",
    ),
    path("demarches/<str:reference>/messages/", messages_to_send.message_list, name="messages"),
    path(
        "demarches/<str:reference>/messages/<slug:slug>/", messages_to_send.message, name="message"
    ),
    path(
        "demarches/<str:reference>/messages/<slug:slug>/imprimer/",
        messages_to_send.message_print,
        name="message_print",
    ),
]
