"""Links of the follow-up (`/suivi/`), sent by mail: they open without an account."""

from django.urls import path

from appreciation.views.check_ins import answer

app_name = "follow_up"

urlpatterns = [
    path("<str:token>/", answer, name="answer"),
]
