"""Support: help, directory, coordination, personal data."""

from django.urls import path

from appreciation.views.help import help_list, help_new, help_request
from appreciation.views.personal_data import personal_data

urlpatterns = [
    path("aide/", help_list, name="help_list"),
    path("aide/nouvelle/", help_new, name="help_new"),
    path("aide/<int:pk>/", help_request, name="help_request"),
    path("renseignements-personnels/", personal_data, name="personal_data"),
]
