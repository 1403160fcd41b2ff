"""Support: help, directory, coordination, personal data."""

from django.urls import path

from appreciation.views.personal_data import personal_data

urlpatterns = [
    path("renseignements-personnels/", personal_data, name="personal_data"),
]
