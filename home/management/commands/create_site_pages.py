from django.core.management.base import BaseCommand

from appreciation.domain.place_pages import ensure_place_pages
from home.domain.organisation_pages import ensure_organisation_pages
from home.domain.starter_pages import ensure_site_pages


class Command(BaseCommand):
    help = (
        "Crée les pages de départ qui manquent (accueil, registre, enjeux, pages ordinaires…). "
        "Ne change jamais une page qui existe."
    )

    def handle(self, *args, **options) -> None:
        made = ensure_site_pages() + ensure_organisation_pages() + ensure_place_pages()
        if not made:
            self.stdout.write("Rien à changer: toutes les pages de départ existent.")
            return
        for page in made:
            self.stdout.write(f"Créée: {page.title} ({page.get_url() or page.slug})")
