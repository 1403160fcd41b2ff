"""Addresses of the catalogue that are not pages of the tree (`/pratiques/…`)."""

from django.urls import path

from pratiques.views.adaptations import adapted
from pratiques.views.feed import feed
from pratiques.views.freshness import freshness
from pratiques.views.proposals import confirm, proposal, propose

app_name = "pratiques"

urlpatterns = [
    path("verification/<str:token>/", freshness, name="freshness"),
    path("adaptations/<int:pk>/", adapted, name="adapted"),
    path("fil.rss", feed, name="feed"),
    path("proposer/", propose, name="propose"),
    path("propositions/confirmer/<str:token>/", confirm, name="confirm_proposal"),
    path("propositions/<str:token>/", proposal, name="proposal"),
]
