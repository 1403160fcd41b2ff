"""Support: help, directory, coordination, personal data."""

from django.urls import path

from appreciation.views.answers_csv import coordinated_answers
from appreciation.views.coordination import coordination
from appreciation.views.frequent_question import frequent_question
from appreciation.views.help import help_list, help_new, help_request
from appreciation.views.incidents import incidents
from appreciation.views.outbox import outbox
from appreciation.views.person import person
from appreciation.views.personal_data import personal_data

urlpatterns = [
    path("aide/", help_list, name="help_list"),
    path("aide/nouvelle/", help_new, name="help_new"),
    path("aide/<int:pk>/", help_request, name="help_request"),
    path("aide/<int:pk>/question-frequente/", frequent_question, name="frequent_question"),
    path("coordination/", coordination, name="coordination"),
    path("coordination/reponses.csv", coordinated_answers, name="coordinated_answers"),
    path("courriels/", outbox, name="outbox"),
    path("incidents/", incidents, name="incidents"),
    path("renseignements-personnels/", personal_data, name="personal_data"),
    path("renseignements-personnels/une-personne/", person, name="person"),
]
