"""The calendar of a démarche, its tasks, its file."""

from django.urls import path

from appreciation.views import task_calendar

urlpatterns = [
    path("demarches/<str:reference>/calendrier/", task_calendar.task_calendar, name="calendar"),
    path(
        "demarches/<str:reference>/calendrier.ics",
        task_calendar.calendar_file,
        name="calendar_file",
    ),
    path("demarches/<str:reference>/calendrier/<slug:code>/", task_calendar.task, name="task"),
    path(
        "demarches/<str:reference>/calendrier/<slug:code>/cocher/",
        task_calendar.task_tick,
        name="task_tick",
    ),
]
