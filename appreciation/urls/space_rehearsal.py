"""« Répétition générale »."""

from django.urls import path

from appreciation.views import rehearsals

urlpatterns = [
    path("repetition/", rehearsals.rehearsal, name="rehearsal"),
    path("repetition/<str:reference>/ouvrir/", rehearsals.rehearsal_open, name="rehearsal_open"),
    path(
        "repetition/<str:reference>/repondre/",
        rehearsals.rehearsal_answers,
        name="rehearsal_answers",
    ),
    path(
        "repetition/<str:reference>/feuilles/", rehearsals.rehearsal_sheets, name="rehearsal_sheets"
    ),
    path("repetition/<str:reference>/effacer/", rehearsals.rehearsal_wipe, name="rehearsal_wipe"),
    path("repetition/<str:reference>/garder/", rehearsals.rehearsal_keep, name="rehearsal_keep"),
]
