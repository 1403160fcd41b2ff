"""Addresses of the catalogue that are not pages of the tree (`/pratiques/…`)."""

from django.urls import path

from pratiques.views.freshness import freshness

app_name = "pratiques"

urlpatterns = [
    path("verification/<str:token>/", freshness, name="freshness"),
]
