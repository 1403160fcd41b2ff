from django.apps import AppConfig


class ConsortiumConfig(AppConfig):
    name = "consortium"
    verbose_name = "site du Consortium"

    def ready(self) -> None:
        from consortium import checks  # noqa: F401  registers the system checks
