from django.apps import AppConfig


class PratiquesConfig(AppConfig):
    name = "pratiques"
    verbose_name = "pratiques"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from background.schedule import register_nightly
        from wagtail.signals import page_published

        from pratiques.domain.freshness import date_published_sheet, run_freshness
        from pratiques.models import PracticePage

        page_published.connect(
            date_published_sheet, sender=PracticePage, dispatch_uid="first_review"
        )
        register_nightly("freshness", run_freshness)
