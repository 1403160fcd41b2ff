from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class PratiquesConfig(AppConfig):
    name = "pratiques"
    verbose_name = "pratiques"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Also: names that the list keeps in memory are read again once they change."""
        from wagtail.signals import page_published

        from background.schedule import register_nightly
        from pratiques.domain.freshness import date_published_sheet, run_freshness
        from pratiques.models import PracticePage
        from reference.models import Dimension, Issue, Place, PlaceCode

        _write_letters_ourselves()
        page_published.connect(
            date_published_sheet, sender=PracticePage, dispatch_uid="first_review"
        )
        register_nightly("freshness", run_freshness)
        _import_what_editors_confirm()
        _forget_old_proposals()
        _forget_old_adaptations()
        _say_which_mails_may_be_refused()
        for model in (Dimension, Issue, Place, PlaceCode):
            for signal in (post_save, post_delete):
                signal.connect(_names_changed, sender=model, dispatch_uid="catalogue")


def _write_letters_ourselves() -> None:
    """Under the names of Wagtail's notifiers, which come later and then stay out.

    Theirs leave at once, partly in English, to every administrator; ours wait in the outbox and
    keep to the territory (`domain/reading_letters.py`).
    """
    from wagtail.models import WorkflowState
    from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

    for signal, event in (
        (workflow_submitted, "submitted"),
        (workflow_rejected, "rejected"),
        (workflow_approved, "approved"),
    ):
        uid = f"workflow_state_{event}_email_notification"
        signal.connect(_say_nothing, sender=WorkflowState, dispatch_uid=uid)


def _say_nothing(**_signal: Any) -> None:
    pass


def _import_what_editors_confirm() -> None:
    from datetime import timedelta

    from background.schedule import register_every
    from core.purges import register_purge
    from pratiques.domain.imports import jobs

    register_every(
        "practice_imports",
        jobs.run_imports,
        every=timedelta(seconds=5),
        claim=timedelta(minutes=6),
    )
    register_purge(
        "Fichiers de fiches à importer",
        jobs.erase_old_imports,
        kept="7 jours",
        next_due=jobs.next_old_import,
    )


def _forget_old_proposals() -> None:
    from cms.public_mark import register_never_shown
    from core.purges import register_purge
    from pratiques.domain import proposals
    from pratiques.models import PracticeProposal

    register_never_shown(PracticeProposal)
    register_purge(
        "Propositions de pratiques, renseignements personnels",
        proposals.erase_old_proposals,
        kept="7 jours sans confirmation; sinon 12 mois, ou 30 jours si elle n’est pas retenue",
        next_due=proposals.next_old_proposal,
    )


def _names_changed(**_signal: Any) -> None:
    from cms.models import ContentVersion

    ContentVersion.renew()


def _forget_old_adaptations() -> None:
    from core.purges import register_purge
    from pratiques.domain import adaptations

    register_purge(
        "Adaptations de pratiques, courriels",
        adaptations.erase_old_adaptations,
        kept="12 mois après la réception",
        next_due=adaptations.next_old_adaptation,
    )


def _say_which_mails_may_be_refused() -> None:
    from background.preferences import register_optional_mail

    register_optional_mail(
        "practice_to_read",
        "Une fiche de pratique à relire, dans vos territoires",
        instead="Elle vous attend aussi à la première page de l’administration.",
    )
    register_optional_mail(
        "proposal_arrived",
        "Une pratique est proposée au catalogue, dans vos territoires",
        instead="Elle attend aussi sous « Propositions ».",
    )
