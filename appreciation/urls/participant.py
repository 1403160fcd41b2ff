"""Addresses of participants (`/r/`): printed on posters and QR codes, they never change."""

from django.urls import path

from appreciation.urls import participant_report
from appreciation.views import answers, dots, exit_answers, joining, room
from appreciation.views.evening_passes import join_evening
from appreciation.views.meeting_photos import report_photo
from appreciation.views.phone_words import room_word
from appreciation.views.thanks import phone_thanks

app_name = "participant"

urlpatterns = [
    path("soir/<str:token>/", join_evening, name="evening_pass"),
    path("", joining.join, name="join"),
    path("vos-reponses/", joining.data_use, name="data_use"),
    path("photos/<str:token>/", report_photo, name="report_photo"),
    path("tablette/<str:tablet_pass>/", joining.tablet, name="tablet"),
    path("<str:code>/", room.room, name="room"),
    path("<str:code>/commencer/", joining.start, name="start"),
    path("<str:code>/reponses/", answers.answers, name="answers"),
    path("<str:code>/merci/", phone_thanks, name="thanks"),
    path("<str:code>/mot/", room_word, name="room_word"),
    path("<str:code>/sortie/", exit_answers.exit_questions, name="exit"),
    path("<str:code>/priorites/", dots.put, name="dots"),
    path("<str:code>/etat/", room.state, name="state"),
    path("<str:code>/suivante/", joining.next_person, name="next_person"),
    *participant_report.urlpatterns,
]
