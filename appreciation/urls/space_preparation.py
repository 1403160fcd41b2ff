"""What is looked at before inviting."""

from django.urls import path

from appreciation.views import consultations
from appreciation.views.portrait_sheet import portrait_sheet

urlpatterns = [
    path("demarches/<str:reference>/portrait/", portrait_sheet, name="portrait_sheet"),
    path(
        "demarches/<str:reference>/consultations/",
        consultations.consultations,
        name="consultations",
    ),
    path(
        "demarches/<str:reference>/consultations/<int:pk>/retirer/",
        consultations.consultation_removal,
        name="consultation_removal",
    ),
]
