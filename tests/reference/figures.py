"""Small files of figures and their mappings, typed for tests."""

import pytest

from core.errors import DomainError
from reference.domain.imports.indicator_mapping import load_indicator_mapping
from reference.domain.imports.indicators import import_indicators
from reference.models import IndicatorValue, Place

SOURCE = """
[source]
series = "essai"
edition = "2021"
name = "Tableau d’essai"
publisher = "Organisme"
licence = "CC BY 4.0"
"""
LONG_MAPPING = (
    SOURCE
    + """
[place]
scheme = "mamh"
column = "code"

[period]
column = "quand"

[file]
indicator_column = "quoi"
status_column = "statut"

[[indicators]]
code = "population"
when = "population"
column = "combien"

[[indicators]]
code = "part-essai"
when = "part"
column = "combien"

[[indicators]]
code = "variation-essai"
when = "variation"
column = "combien"

[[definitions]]
code = "part-essai"
name = "Part"
unit = "%"
decimals = 1

[[definitions]]
code = "variation-essai"
name = "Variation"
unit = "%"
decimals = 1
may_be_negative = true
"""
)
LONG = "code;quoi;quand;combien;statut\n"
NAMED_MAPPING = LONG_MAPPING.replace('column = "code"', 'column = "code"\nname_column = "nom"', 1)
WIDE = (
    SOURCE
    + """
[place]
scheme = "mamh"
column = "code"

[period]
column = "m"

[[indicators]]
code = "as-adults"
column = "f"
breakdown = "f"

[[indicators]]
code = "as-adults"
column = "h"
breakdown = "h"

[breakdowns]
"f" = ["gender:women", "femmes"]
"h" = ["gender:men", "hommes"]
"""
)
AGES = (
    SOURCE
    + """
[place]
scheme = "mamh"
column = "code"

[period]
value = "2021"

[file]
breakdown_columns = ["axe", "classe"]

[[indicators]]
code = "adults-share-by-class"
column = "part"
fraction = true

[breakdowns]
"age:18_19" = ["age:18-19", "18 et 19 ans"]
"genre:female" = ["gender:women", "femmes"]
"""
)


def mapping(text):
    return load_indicator_mapping(text.encode(), name="essai")


def from_text(text, *, series="essai", edition="2021", rules=LONG_MAPPING, **options):
    rules = rules.replace('series = "essai"', f'series = "{series}"')
    rules = rules.replace('edition = "2021"', f'edition = "{edition}"')
    return import_indicators(
        text.encode(), file_name="essai.csv", mapping=mapping(rules), **options
    )


def refusal_of(text, **options):
    before = IndicatorValue.objects.count()
    with pytest.raises(DomainError) as refusal:
        from_text(text, **options)
    assert IndicatorValue.objects.count() == before
    return str(refusal.value)


def place(slug):
    return Place.objects.get(slug=slug)


def figure(code, at, period=None):
    """The only figure of a place, about everybody."""
    rows = IndicatorValue.objects.filter(indicator__code=code, place=at, breakdown=None)
    return (rows.filter(period=period) if period else rows).get()
