"""Dots and stickers."""

from django.urls import path

from appreciation.views import dots

urlpatterns = [
    path("rencontres/<str:reference>/priorites/", dots.dots, name="dots"),
    path("rencontres/<str:reference>/priorites/affiche/", dots.dots_poster, name="dots_poster"),
]
