"""The follow-up: check-ins at 3, 6, 12 and 24 months, small steps and outcomes."""

from django.urls import path

from appreciation.views.answers_csv import appraisal_answers
from appreciation.views.check_ins import check_in, check_ins, follow_up
from appreciation.views.exports import export, export_file
from appreciation.views.outcomes import (
    check_in_showing,
    outcome_edit,
    outcome_new,
    outcome_removal,
)
from appreciation.views.review import review

urlpatterns = [
    path("suivis/", check_ins, name="check_ins"),
    path("demarches/<str:reference>/suivis/", follow_up, name="follow_up"),
    path("demarches/<str:reference>/suivis/<int:months>/", check_in, name="check_in"),
    path(
        "demarches/<str:reference>/suivis/<int:months>/registre/",
        check_in_showing,
        name="check_in_showing",
    ),
    path("demarches/<str:reference>/copie/", export, name="export"),
    path("demarches/<str:reference>/copie/<str:signed>/", export_file, name="export_file"),
    path("demarches/<str:reference>/reponses.csv", appraisal_answers, name="appraisal_answers"),
    path("demarches/<str:reference>/bilan/", review, name="review"),
    path("demarches/<str:reference>/retombees/nouvelle/", outcome_new, name="outcome_new"),
    path("demarches/<str:reference>/retombees/<int:pk>/", outcome_edit, name="outcome_edit"),
    path(
        "demarches/<str:reference>/retombees/<int:pk>/retirer/",
        outcome_removal,
        name="outcome_removal",
    ),
]
