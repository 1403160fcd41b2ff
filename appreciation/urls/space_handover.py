"""Somebody leaves the team, and who takes over."""

from django.urls import path

from appreciation.views.handover import lead_replacement, leave_team

urlpatterns = [
    path("demarches/<str:reference>/equipe/quitter/", leave_team, name="leave_team"),
    path("demarches/<str:reference>/equipe/responsable/", lead_replacement, name="replace_lead"),
]
