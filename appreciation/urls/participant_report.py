"""The report behind the code of an evening (`/r/<code>/rapport/`): printed, it never changes."""

from django.urls import path

from appreciation.views import participant_correction, participant_report

urlpatterns = [
    path("<str:code>/rapport/", participant_report.report, name="report"),
    path("<str:code>/rapport/une-erreur/", participant_correction.correction, name="correction"),
]
