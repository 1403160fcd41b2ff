"""The e-mail of a sheet's organisation."""

from django.urls import path

from pratiques.views.contact import contact

urlpatterns = [path("<slug:slug>/courriel/", contact, name="practice_contact")]
