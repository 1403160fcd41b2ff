"""Make the search index, the public texts and their words anew from the pages."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.search.upkeep import rebuild_all


class Command(BaseCommand):
    help = "Refait l’index de recherche, les textes publics et les mots du site."

    def handle(self, *args: Any, **options: Any) -> None:
        found = rebuild_all()
        self.stdout.write(f"Pages que la recherche trouve: {found}")
