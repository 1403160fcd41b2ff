"""Addresses of events that are not pages of the tree (`/rencontres/…`)."""

from django.urls import path

from rencontres.views.calendars import all_meetings_calendar, meeting_calendar
from rencontres.views.feed import feed
from rencontres.views.registrations import cancelled, mine, received, register

app_name = "rencontres"

urlpatterns = [
    path("fil.rss", feed, name="feed"),
    path("calendrier.ics", all_meetings_calendar, name="calendar"),
    path("inscriptions/annulee/", cancelled, name="cancelled"),
    path("inscriptions/<str:token>/", mine, name="mine"),
    path("<slug:slug>/calendrier.ics", meeting_calendar, name="meeting_calendar"),
    path("<slug:slug>/inscription/", register, name="register"),
    path("<slug:slug>/inscription/recue/", received, name="received"),
]
