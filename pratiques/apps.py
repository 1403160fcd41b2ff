from django.apps import AppConfig


class PratiquesConfig(AppConfig):
    name = "pratiques"
    verbose_name = "pratiques"
    default_auto_field = "django.db.models.BigAutoField"
