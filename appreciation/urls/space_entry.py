"""Paper, hands and spreadsheets of a meeting."""

from django.urls import path

from appreciation.views.entry_grid import entry_grid
from appreciation.views.evening_passes import evening_passes
from appreciation.views.hands import hands
from appreciation.views.paper_form import paper_form
from appreciation.views.paper_words import paper_words
from appreciation.views.ratings_files import export, template
from appreciation.views.ratings_import import ratings_import
from appreciation.views.shared_tablet import shared_tablet

urlpatterns = [
    path("rencontres/<str:reference>/feuilles/", entry_grid, name="entry_grid"),
    path("rencontres/<str:reference>/mains/", hands, name="hands"),
    path("rencontres/<str:reference>/mots/", paper_words, name="paper_words"),
    path("rencontres/<str:reference>/importer/", ratings_import, name="ratings_import"),
    path("rencontres/<str:reference>/gabarit.xlsx", template, name="ratings_template"),
    path("rencontres/<str:reference>/reponses/", export, name="ratings_export"),
    path("rencontres/<str:reference>/formulaire/", paper_form, name="paper_form"),
    path("rencontres/<str:reference>/secretaire/", evening_passes, name="evening_passes"),
    path("rencontres/<str:reference>/tablette/", shared_tablet, name="shared_tablet"),
]
