"""The links at the foot of optional mails (`/courriels/`), without signing in."""

from django.urls import path

from appreciation.views.mail_choices import stop
from appreciation.views.mail_choices_one_click import one_click

app_name = "mail_choices"

urlpatterns = [
    path("arreter/<str:token>/<slug:kind>/", stop, name="stop"),
    path("arreter/<str:token>/<slug:kind>/un-clic/", one_click, name="one_click"),
]
