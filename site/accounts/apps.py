from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "comptes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import purges
        from core.purges import register_purge

        register_purge(
            "Invitations finies",
            purges.erase_finished_invitations,
            kept="30 jours après que le lien a servi, a été annulé ou a expiré",
            next_due=purges.next_finished_invitation,
        )
        register_purge(
            "Sessions finies",
            purges.erase_finished_sessions,
            kept="jusqu’à la fin de la session",
            next_due=purges.next_finished_session,
        )
