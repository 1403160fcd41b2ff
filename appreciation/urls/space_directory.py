"""The directory of who accompanies démarches, « Jumelage », « Mes préférences »."""

from django.urls import path

from appreciation.views import directory
from appreciation.views.mail_choices import preferences
from appreciation.views.pairing import pairing

urlpatterns = [
    path("preferences/", preferences, name="preferences"),
    path("repertoire/", directory.directory, name="directory"),
    path("repertoire/ma-fiche/", directory.directory_entry, name="directory_entry"),
    path("repertoire/retirer/", directory.directory_removal, name="directory_removal"),
    path("demarches/<str:reference>/jumelage/", pairing, name="pairing"),
]
