"""The tools of the toolkit that a démarche uses."""

from django.urls import path

from appreciation.views import tools_used

urlpatterns = [
    path("demarches/<str:reference>/outils/", tools_used.tools, name="tools"),
    path(
        "demarches/<str:reference>/outils/<int:pk>/retirer/",
        tools_used.tool_use_removal,
        name="tool_use_removal",
    ),
]
