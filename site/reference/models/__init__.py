from reference.models.places import Place, PlaceChange, PlaceCode, PlacePart, PlacePopulation
from reference.models.vocabularies import Dimension, Issue, Sector

__all__ = [
    "Dimension",
    "Issue",
    "Place",
    "PlaceChange",
    "PlaceCode",
    "PlacePart",
    "PlacePopulation",
    "Sector",
]
