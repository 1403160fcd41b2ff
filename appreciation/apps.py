from django.apps import AppConfig


class AppreciationConfig(AppConfig):
    name = "appreciation"
    verbose_name = "appréciation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from appreciation.domain import purges
        from appreciation.domain.documents import may_read_document
        from appreciation.domain.drafts import erase_old_drafts
        from appreciation.domain.unlinking import unlink_due_meetings
        from cms.document_access import register_rule
        from core.purges import register_purge

        register_rule(may_read_document)
        register_purge("Rencontres déliées de leurs appareils", unlink_due_meetings)
        register_purge("Codes de rencontre refusés", purges.erase_wrong_codes)
        register_purge("Accès d’un soir finis", purges.erase_old_evening_passes)
        register_purge("Brouillons oubliés", erase_old_drafts)
