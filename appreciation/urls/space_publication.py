"""Adoption, publication and withdrawal of a démarche."""

from django.urls import path

from appreciation.views.adopted_version import adopted_version
from appreciation.views.adoption import adoption
from appreciation.views.historical import historical, historical_words
from appreciation.views.publication import publication, publication_preview, withdrawal

urlpatterns = [
    path("registre/historique/", historical, name="historical"),
    path("demarches/<str:reference>/constats/", historical_words, name="historical_words"),
    path("demarches/<str:reference>/adoption/", adoption, name="adoption"),
    path("demarches/<str:reference>/adoption/version/", adopted_version, name="adopted_version"),
    path("demarches/<str:reference>/publication/", publication, name="publication"),
    path(
        "demarches/<str:reference>/publication/apercu/<slug:level>/",
        publication_preview,
        name="publication_preview",
    ),
    path("demarches/<str:reference>/publication/retirer/", withdrawal, name="withdrawal"),
]
