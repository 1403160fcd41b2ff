"""Forms that a visitor sends without an account."""

from django.urls import path

from appreciation.views.interest_form import interest_form, interest_sent

urlpatterns = [
    path("", interest_form, name="interest_form"),
    path("merci/", interest_sent, name="interest_sent"),
]
