from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "accueil"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from background.schedule import register_nightly
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from cms.glossary import register_terms
        from cms.public_mark import register_never_shown
        from home.domain.links import check_links
        from home.links import BrokenLink
        from home.pages.glossary import GlossaryTerm, forget_terms, terms_of_the_site

        register_terms(terms_of_the_site)
        register_never_shown(BrokenLink)
        register_nightly("broken_links", check_links)
        for signal in (page_published, page_slug_changed, page_unpublished, post_page_move):
            signal.connect(forget_terms, dispatch_uid="glossary")
        for signal in (post_save, post_delete):
            signal.connect(forget_terms, sender=GlossaryTerm, dispatch_uid="glossary")
