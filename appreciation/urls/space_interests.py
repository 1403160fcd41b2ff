"""Communities that said they are interested: for the coordination."""

from django.urls import path

from appreciation.views import interests

urlpatterns = [
    path("interets/", interests.interests, name="interests"),
    path("interets/<int:pk>/", interests.interest, name="interest"),
    path("interets/<int:pk>/inviter/", interests.interest_invitation, name="interest_invitation"),
]
