"""The meetings of a démarche: their list, their pages, what is kept of each evening."""

from django.urls import path

from appreciation.views import (
    gatherings,
    meeting_minutes,
    meeting_photos,
    room_words,
    tables,
    thanks,
)

urlpatterns = [
    path("demarches/<str:reference>/rencontres/", gatherings.meetings, name="meetings"),
    path(
        "demarches/<str:reference>/rencontres/prevoir/<slug:kind>/",
        gatherings.gathering_new,
        name="gathering_new",
    ),
    path("rencontres/<str:reference>/fiche/", gatherings.meeting_page, name="meeting_page"),
    path("rencontres/<str:reference>/tables/", tables.tables, name="tables"),
    path("rencontres/<str:reference>/tables/<int:number>/", tables.table, name="table"),
    path("rencontres/<str:reference>/merci/", thanks.thanks_sheet, name="thanks_sheet"),
    path("rencontres/<str:reference>/date/", gatherings.gathering_when, name="gathering_when"),
    path(
        "rencontres/<str:reference>/retirer/",
        gatherings.gathering_removal,
        name="gathering_removal",
    ),
    path(
        "rencontres/<str:reference>/compte-rendu/", meeting_minutes.minutes, name="meeting_minutes"
    ),
    path(
        "rencontres/<str:reference>/mot-de-la-salle/",
        room_words.room_questions,
        name="room_questions",
    ),
    path(
        "rencontres/<str:reference>/mot-de-la-salle/<int:pk>/",
        room_words.room_question,
        name="room_question",
    ),
    path("rencontres/<str:reference>/photos/", meeting_photos.photos, name="meeting_photos"),
    path("rencontres/<str:reference>/photos/<int:pk>/", meeting_photos.photo, name="meeting_photo"),
    path(
        "rencontres/<str:reference>/photos/<int:pk>/image.jpg",
        meeting_photos.photo_file,
        name="meeting_photo_file",
    ),
    path(
        "rencontres/<str:reference>/photos/<int:pk>/retirer/",
        meeting_photos.photo_removal,
        name="meeting_photo_removal",
    ),
]
