"""The démarches: the list, the opening, and one démarche step by step."""

from django.urls import path

from appreciation.views.appraisal_create import appraisal_create
from appreciation.views.appraisal_overview import appraisal_overview
from appreciation.views.appraisal_state import appraisal_state
from appreciation.views.drafts import drafts
from appreciation.views.journal import journal
from appreciation.views.space_home import home
from appreciation.views.step import step
from appreciation.views.team import team

urlpatterns = [
    path("", home, name="home"),
    path("brouillons/", drafts, name="drafts"),
    path("demarches/nouvelle/", appraisal_create, name="appraisal_create"),
    path("demarches/<str:reference>/", appraisal_overview, name="appraisal"),
    path("demarches/<str:reference>/etapes/<slug:slug>/", step, name="step"),
    path("demarches/<str:reference>/equipe/", team, name="team"),
    path("demarches/<str:reference>/journal/", journal, name="journal"),
    path("demarches/<str:reference>/etat/", appraisal_state, name="state"),
]
