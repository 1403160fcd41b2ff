"""« Documents » of a démarche: what is printed, sent and handed out."""

from django.urls import path

from appreciation.views.documents import document, document_file, documents, documents_state

urlpatterns = [
    path("demarches/<str:reference>/documents/", documents, name="documents"),
    path("demarches/<str:reference>/documents/etat/", documents_state, name="documents_state"),
    path(
        "demarches/<str:reference>/documents/fichiers/<str:signed>/",
        document_file,
        name="document_file",
    ),
    path("demarches/<str:reference>/documents/<slug:code>/", document, name="document"),
]
