"""A file of ratings, all the way to what everybody reads of a published synthesis.

The typed file always runs; real ones go the same way in `test_real_demarches.py`.
"""

import pytest
from django.core.management import call_command

from appreciation.models import Item
from tests.appreciation.commands.test_import_ratings import KNOWN, KNOWN_VALUES
from tests.factories.answers import finish
from tests.factories.places import PlaceFactory
from tests.factories.real_ratings import meeting_asking
from tests.factories.starter_site import ensure_site_pages
from tests.factories.synthesis_sources import coordinator_of, make_region, territory_of
from tests.factories.whole_way import (
    adopt_and_publish,
    put_through_the_workshop,
    sheets_of,
    tables_of,
)


def test_known_distributions_go_through_the_workshop_as_they_came_in(client):
    """The typed file of known values: imported, adopted, published, chosen, frozen, published."""
    ensure_site_pages()
    region = make_region("Mékinac")
    user = coordinator_of(region)
    place = PlaceFactory(name="Rivière-Exemple", parent=territory_of(region, "Mékinac"))
    meeting = meeting_asking(KNOWN_VALUES, place=place)
    call_command("import_ratings", KNOWN, meeting=meeting.reference)
    adopt_and_publish(finish(meeting), user)
    synthesis, *_ = put_through_the_workshop(region, user)
    book, tables = sheets_of(client, synthesis, [5]), tables_of(client, synthesis, [5])
    asked = Item.objects.filter(instrument_dimension__instrument=meeting.instrument)
    codes = {each.instrument_dimension.dimension.name: each.code for each in asked}
    seen = {}
    for (name, dimension), line in book[5].items():
        on_page = tables[5][name, dimension]
        levels = tuple(line[f"niveau {n}"] for n in range(1, 6))
        assert tuple(int(on_page[f"niveau {n}"]) for n in range(1, 6)) == levels
        seen[codes[dimension]] = levels, line["accord A"]
    assert seen == {
        code: (levels, pytest.approx(float(agreement), abs=1e-12))
        for code, (levels, agreement, _) in KNOWN_VALUES.items()
    }
