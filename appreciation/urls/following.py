"""Following a published démarche (`/suivre/`), without an account."""

from django.urls import path

from appreciation.views.following import confirm, follow, stop
from appreciation.views.following_one_click import one_click

app_name = "following"

urlpatterns = [
    path("confirmer/<str:token>/", confirm, name="confirm"),
    path("arreter/<str:token>/", stop, name="stop"),
    path("arreter/<str:token>/un-clic/", one_click, name="one_click"),
    path("demarches/<slug:slug>/", follow, name="follow"),
]
