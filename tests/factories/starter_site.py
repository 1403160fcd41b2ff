"""The site's pages, as the starter makes them."""

from home.domain import starter_pages
from tests.factories.remembered import remembered

ensure_site_pages = remembered(starter_pages.ensure_site_pages)
