from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "accueil"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _let_committees_keep_their_page()
        _keep_the_glossary_fresh()
        _look_for_broken_links()
        _count_what_is_useful()
        _draw_what_is_shared()


def _let_committees_keep_their_page() -> None:
    from accounts.domain.groups import register_committee_rights
    from home.domain.committees import give_its_page

    register_committee_rights(give_its_page)


def _keep_the_glossary_fresh() -> None:
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


def _look_for_broken_links() -> None:
    from background.schedule import register_nightly
    from cms.public_mark import register_never_shown
    from home.domain.links import check_links
    from home.links import BrokenLink

    register_never_shown(BrokenLink)
    register_nightly("broken_links", check_links)


def _count_what_is_useful() -> None:
    from cms.public_mark import register_never_shown
    from core.purges import register_purge
    from home.domain.usefulness import erase_old_counts, next_old_count
    from home.models import UsefulCount

    register_never_shown(UsefulCount)
    register_purge(
        "Avis sur les pages, par jour",
        erase_old_counts,
        kept="2 ans",
        next_due=next_old_count,
    )


def _draw_what_is_shared() -> None:
    from wagtail.signals import page_published

    from home.domain.share_images import draw_once_published

    page_published.connect(draw_once_published, dispatch_uid="share_images")
