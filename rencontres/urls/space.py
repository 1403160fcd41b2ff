"""The organiser's screens (`/espace/rencontres-regionales/`)."""

from django.urls import path, re_path

from rencontres.views import organiser, roll

app_name = "meetings"

urlpatterns = [
    path("", organiser.events, name="events"),
    path("<int:pk>/", roll.roll, name="roll"),
    path("<int:pk>/liste/", roll.name_list, name="name_list"),
    re_path(r"^(?P<pk>\d+)/inscriptions\.(?P<kind>csv|xlsx)$", roll.roll_file, name="roll_file"),
    path("<int:pk>/inscrire/", organiser.enter, name="enter"),
    path("<int:pk>/ecrire/", organiser.write, name="write"),
    path("<int:pk>/inscriptions/<int:number>/", organiser.registration, name="registration"),
    path("<int:pk>/inscriptions/<int:number>/presence/", roll.presence, name="presence"),
]
