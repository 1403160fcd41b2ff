"""Practices of the catalogue that answer the challenges of a démarche."""

from django.urls import path

from appreciation.views import practices

urlpatterns = [
    path("demarches/<slug:reference>/pratiques/", practices.practices, name="practices"),
    path(
        "demarches/<slug:reference>/pratiques/<int:pk>/ecarter/",
        practices.practice_aside,
        name="practice_aside",
    ),
    path(
        "demarches/<slug:reference>/pratiques/origines/<int:pk>/retirer/",
        practices.origin_removal,
        name="origin_removal",
    ),
    path(
        "demarches/<slug:reference>/pratiques/aucune/",
        practices.practices_declined,
        name="practices_declined",
    ),
]
