from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig


class RencontresConfig(AppConfig):
    name = "rencontres"
    verbose_name = "rencontres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Also: places added by an editor go at once to those who wait."""
        from wagtail.signals import page_published

        from appreciation.domain.drafts import register_kept_form
        from core.purges import register_purge
        from rencontres.domain import forgetting

        register_purge(
            "Inscriptions aux rencontres, renseignements personnels",
            forgetting.erase_old_registrations,
            kept="besoins: 7 jours après la rencontre; le reste: 90 jours, ou dès l’annulation",
            next_due=forgetting.next_old_registration,
        )
        for name in ("meetings:enter", "meetings:registration", "meetings:write"):
            register_kept_form(name, _organises)
        page_published.connect(_give_added_places, dispatch_uid="give_added_places")


def _organises(user: Any, parts: Mapping[str, Any]) -> bool:
    from rencontres.domain.queries.events import coordinated_events

    return coordinated_events(user).filter(pk=parts["pk"]).exists()


def _give_added_places(*, instance: Any, **_signal: object) -> None:
    from django.utils import timezone

    from rencontres.domain.registrations import promote_waiting
    from rencontres.models import EventPage

    if isinstance(instance, EventPage):
        promote_waiting(event=instance.pk, now=timezone.now())
