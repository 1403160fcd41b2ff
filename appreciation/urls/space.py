"""Addresses of the facilitators’ space (`/espace/`), one module per room."""

from appreciation.urls import (
    space_appraisals,
    space_calendar,
    space_convening,
    space_directory,
    space_documents,
    space_dots,
    space_entry,
    space_evening,
    space_follow_up,
    space_handover,
    space_interests,
    space_meetings,
    space_preparation,
    space_publication,
    space_rehearsal,
    space_repeat,
    space_restitution,
    space_results,
    space_support,
    space_toolkit,
)

app_name = "space"

urlpatterns = [
    *space_appraisals.urlpatterns,
    *space_convening.urlpatterns,
    *space_calendar.urlpatterns,
    *space_handover.urlpatterns,
    *space_meetings.urlpatterns,
    *space_preparation.urlpatterns,
    *space_documents.urlpatterns,
    *space_dots.urlpatterns,
    *space_entry.urlpatterns,
    *space_evening.urlpatterns,
    *space_results.urlpatterns,
    *space_publication.urlpatterns,
    *space_support.urlpatterns,
    *space_toolkit.urlpatterns,
    *space_directory.urlpatterns,
    *space_interests.urlpatterns,
    *space_rehearsal.urlpatterns,
    *space_repeat.urlpatterns,
    *space_restitution.urlpatterns,
    *space_follow_up.urlpatterns,
]
