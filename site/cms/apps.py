from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete, post_save


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "contenus"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What an editor changes in public is shown again as it was by no copy."""
        from wagtail.models import Page, PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from background.schedule import register_every
        from cms.due_publications import CLAIM, EVERY, publish_what_is_due
        from cms.kept import mark_of
        from cms.public_mark import watch_writes
        from cms.renditions import make_renditions_of_page
        from cms.search import signals
        from cms.settings import SiteSettings
        from core.last_good import forget_copies, forget_copies_once_changed, register_mark

        for signal in (page_published, page_slug_changed, page_unpublished, post_page_move):
            signal.connect(forget_copies, dispatch_uid="last_good")
        page_published.connect(make_renditions_of_page, dispatch_uid="renditions")
        post_delete.connect(forget_copies, sender=Page, dispatch_uid="last_good")
        post_save.connect(forget_copies, sender=PageViewRestriction, dispatch_uid="last_good")
        post_save.connect(forget_copies_once_changed, sender=SiteSettings, dispatch_uid="last_good")
        register_mark(mark_of)
        connection_created.connect(watch_writes, dispatch_uid="public_mark")
        signals.connect()
        register_every("due_publications", publish_what_is_due, every=EVERY, claim=CLAIM)
        _forget_what_was_sent_without_account()
        _import_figures_that_editors_confirm()
        _write_of_comments_ourselves()
        _keep_private_pieces_from_the_library()


def _keep_private_pieces_from_the_library() -> None:
    from cms.document_policy import install_document_policy

    install_document_policy()


def _write_of_comments_ourselves() -> None:
    from wagtail.admin.views.pages import edit

    from background.preferences import register_optional_mail
    from cms.comment_letters import KIND, queue_comment_letters

    edit.send_notification = queue_comment_letters
    register_optional_mail(
        KIND,
        "Commentaires sur une page que vous modifiez ou que vous suivez",
        instead="Ils restent dans la page, à côté des champs.",
    )


def _forget_what_was_sent_without_account() -> None:
    from cms import public_forms
    from core.purges import register_purge

    register_purge(
        "Envois de formulaires publics",
        public_forms.erase_old_sendings,
        kept="un jour au plus",
        next_due=public_forms.next_old_sending,
    )


def _import_figures_that_editors_confirm() -> None:
    from datetime import timedelta
    from functools import partial

    from background.schedule import register_every
    from cms.imports import jobs
    from cms.imports.figures import FIGURES
    from core.purges import register_purge

    register_every(
        "figure_imports",
        partial(jobs.run_imports, FIGURES),
        every=timedelta(seconds=5),
        claim=timedelta(minutes=6),
    )
    register_purge(
        "Fichiers de chiffres à importer",
        partial(jobs.erase_old_imports, FIGURES),
        kept="7 jours",
        next_due=partial(jobs.next_old_import, FIGURES),
    )
