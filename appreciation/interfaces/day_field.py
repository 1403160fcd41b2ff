"""A day as somebody types it: a slip such as 0202 or 9999 is told, and never stored.

Dates are counted from it, forwards and backwards; one at the edge of the calendar would stop the
screens of its démarche, and the purges of the night for all.
"""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

EARLIEST, LATEST = dt.date(1980, 1, 1), dt.date(2099, 12, 31)
OUT_OF_REACH = (
    f"Vérifiez l’année: elle va de {EARLIEST.year} à {LATEST.year}. "
    "Écrivez une date comme 2026-10-22."
)


class DayField(forms.DateField):
    default_validators = (
        MinValueValidator(EARLIEST, OUT_OF_REACH),
        MaxValueValidator(LATEST, OUT_OF_REACH),
    )
