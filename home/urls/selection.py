"""« Ma sélection »."""

from django.urls import path

from home.views import selection

urlpatterns = [
    path("", selection.selection, name="selection"),
    path("ma-selection.<slug:extension>", selection.selection_file, name="selection_file"),
]
