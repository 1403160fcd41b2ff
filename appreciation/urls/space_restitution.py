"""Giving the report back to those who made it."""

from django.urls import path

from appreciation.views.corrections import corrections
from appreciation.views.restitution import restitution

urlpatterns = [
    path("demarches/<str:reference>/restitution/", restitution, name="restitution"),
    path("demarches/<str:reference>/corrections/", corrections, name="corrections"),
]
