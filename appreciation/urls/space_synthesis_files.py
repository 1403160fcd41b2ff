"""Files of a frozen synthesis, for the coordination of its region."""

from django.urls import path

from appreciation.views.synthesis_files import (
    synthesis_file,
    synthesis_files,
    synthesis_files_state,
)

FILES = "syntheses/<str:reference>/fichiers/"

urlpatterns = [
    path(FILES, synthesis_files, name="synthesis_files"),
    path(f"{FILES}etat/", synthesis_files_state, name="synthesis_files_state"),
    path(f"{FILES}<slug:kind>/", synthesis_file, name="synthesis_file"),
]
