"""Console and projection."""

from django.urls import path

from appreciation.views import console, hall, remote

urlpatterns = [
    path("rencontres/<str:reference>/", console.console, name="console"),
    path("rencontres/<str:reference>/etat.json", console.console_state, name="console_state"),
    path("rencontres/<str:reference>/gestes/<slug:gesture>/", console.gesture, name="gesture"),
    path("rencontres/<str:reference>/telecommande/", remote.remote, name="remote"),
    path(
        "rencontres/<str:reference>/telecommande/etat.json",
        remote.remote_state,
        name="remote_state",
    ),
    path("rencontres/<str:reference>/projection/", hall.hall, name="hall"),
    path("rencontres/<str:reference>/projection/etat.json", hall.hall_poll, name="hall_state"),
]
