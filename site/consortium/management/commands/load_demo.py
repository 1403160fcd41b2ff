"""`load_demo`: a whole fictitious region, so that no screen is empty. Refused in production."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consortium.demo.loader import DemoSummary, load_demo


class Command(BaseCommand):
    help = "Charge le contenu de démonstration (fictif, marqué comme tel). Refusé en production."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("Le contenu de démonstration est refusé en production.")
        summary = load_demo(report=lambda line: self.stdout.write(f"  {line}"))
        self._print(summary)

    def _print(self, summary: DemoSummary) -> None:
        write = self.stdout.write
        write("")
        if not summary.is_new:
            write("Le contenu de démonstration est déjà là: rien à changer.")
        base = settings.WAGTAILADMIN_BASE_URL
        write(f"Site public           {base}/")
        write(f"Espace d’animation    {base}/espace/")
        write(f"Téléphone             {base}/r/   (code de la rencontre ouverte: {summary.code})")
        write(f"Administration        {base}/admin/")
        write("")
        write(f"Comptes de démonstration (mot de passe: {summary.password})")
        for email, role in summary.accounts:
            write(f"  {email:32}{role}")
        write("Les courriels sont des fichiers dans var/courriels/.")
