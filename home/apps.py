from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "accueil"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from cms.glossary import register_terms
        from home.pages.glossary import GlossaryTerm, forget_terms, terms_of_the_site

        register_terms(terms_of_the_site)
        for signal in (page_published, page_slug_changed, page_unpublished, post_page_move):
            signal.connect(forget_terms, dispatch_uid="glossary")
        for signal in (post_save, post_delete):
            signal.connect(forget_terms, sender=GlossaryTerm, dispatch_uid="glossary")
