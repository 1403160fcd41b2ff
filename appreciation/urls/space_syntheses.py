"""The workshop of the regional synthesis."""

from django.urls import path

from appreciation.views.syntheses.choice import synthesis_choice
from appreciation.views.syntheses.editions import synthesis_edition, synthesis_editions
from appreciation.views.syntheses.evolution import synthesis_evolution
from appreciation.views.syntheses.home import syntheses, synthesis_edit, synthesis_home
from appreciation.views.syntheses.preview import synthesis_preview
from appreciation.views.syntheses.themes import (
    synthesis_theme,
    synthesis_theme_merge,
    synthesis_theme_removal,
    synthesis_themes,
    synthesis_uncode,
)
from appreciation.views.syntheses.words import (
    synthesis_quotes,
    synthesis_story,
    synthesis_text,
    synthesis_text_reset,
    synthesis_words,
)

ONE = "syntheses/<str:reference>/"

urlpatterns = [
    path("syntheses/", syntheses, name="syntheses"),
    path(ONE, synthesis_home, name="synthesis"),
    path(f"{ONE}titre/", synthesis_edit, name="synthesis_edit"),
    path(f"{ONE}demarches/", synthesis_choice, name="synthesis_choice"),
    path(f"{ONE}ce-qui-revient/", synthesis_themes, name="synthesis_themes"),
    path(f"{ONE}ce-qui-revient/retirer/", synthesis_uncode, name="synthesis_uncode"),
    path(f"{ONE}themes/<int:pk>/", synthesis_theme, name="synthesis_theme"),
    path(f"{ONE}themes/<int:pk>/reunir/", synthesis_theme_merge, name="synthesis_theme_merge"),
    path(f"{ONE}themes/<int:pk>/effacer/", synthesis_theme_removal, name="synthesis_theme_removal"),
    path(f"{ONE}textes/", synthesis_words, name="synthesis_words"),
    path(f"{ONE}textes/<slug:key>/", synthesis_text, name="synthesis_text"),
    path(f"{ONE}textes/<slug:key>/remettre/", synthesis_text_reset, name="synthesis_text_reset"),
    path(f"{ONE}histoires/<int:pk>/", synthesis_story, name="synthesis_story"),
    path(f"{ONE}citations/", synthesis_quotes, name="synthesis_quotes"),
    path(f"{ONE}apercu/<slug:scope>/", synthesis_preview, name="synthesis_preview"),
    path(f"{ONE}avant-maintenant/", synthesis_evolution, name="synthesis_evolution"),
    path(f"{ONE}editions/", synthesis_editions, name="synthesis_editions"),
    path(f"{ONE}editions/<int:number>/", synthesis_edition, name="synthesis_edition"),
    path(
        f"{ONE}editions/<int:number>/apercu/<slug:scope>/",
        synthesis_preview,
        name="synthesis_edition_preview",
    ),
]
