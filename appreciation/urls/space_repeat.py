"""Doing an appraisal again, then reading both side by side."""

from django.urls import path

from appreciation.views import repeat

urlpatterns = [
    path("demarches/<str:reference>/refaire/", repeat.repeat, name="repeat"),
    path("demarches/<str:reference>/avant-maintenant/", repeat.comparison, name="comparison"),
    path(
        "demarches/<str:reference>/avant-maintenant.csv",
        repeat.comparison_csv,
        name="comparison_csv",
    ),
]
