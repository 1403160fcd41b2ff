from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "background"
    verbose_name = "travail de fond"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from background.lateness import BEATS_EVERY, HEARTBEAT, beat
        from background.nightly import erase_old_mails, next_old_mail, purge_every_night
        from background.schedule import register_every, register_nightly
        from core.purges import register_purge

        register_purge(
            "Courriels partis ou abandonnés",
            erase_old_mails,
            kept="30 jours après l’envoi ou l’abandon",
            next_due=next_old_mail,
        )
        register_every(HEARTBEAT, beat, every=BEATS_EVERY)
        register_nightly("purge_personal_data", purge_every_night)
