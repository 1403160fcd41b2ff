from reference.models.indicators import (
    Breakdown,
    Indicator,
    IndicatorSource,
    IndicatorValue,
    PortraitItem,
)
from reference.models.places import Place, PlaceChange, PlaceCode, PlacePart, PlacePopulation
from reference.models.typologies import TypeAssignment, Typology, TypologyType
from reference.models.vocabularies import Dimension, Issue, Sector

__all__ = [
    "Breakdown",
    "Dimension",
    "Indicator",
    "IndicatorSource",
    "IndicatorValue",
    "Issue",
    "Place",
    "PlaceChange",
    "PlaceCode",
    "PlacePart",
    "PlacePopulation",
    "PortraitItem",
    "Sector",
    "TypeAssignment",
    "Typology",
    "TypologyType",
]
