"""House rules that Django can check by itself (`manage.py check`)."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.first_migration import FirstMigration


@register(Tags.caches)
def several_processes_need_a_shared_cache(app_configs, **kwargs) -> list[CheckMessage]:
    """Rate limits and locks of several processes must meet in one cache (DESIGN.md §5)."""
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.WEB_PROCESSES > 1 and backend.endswith("LocMemCache"):
        return [
            Error(
                "Plusieurs processus web sans cache commun.",
                hint="Donnez CACHE_URL (ainsi redis://127.0.0.1:6379/0) ou WEB_CONCURRENCY=1.",
                id="consortium.E001",
            )
        ]
    return []


@register(Tags.files)
def public_and_private_files_lie_apart(app_configs, **kwargs) -> list[CheckMessage]:
    """A bucket (or folder) that holds both would open private documents with the media."""
    options = [settings.STORAGES[alias].get("OPTIONS", {}) for alias in ("default", "private")]
    places = [option.get("bucket_name") or str(option.get("location")) for option in options]
    if places[0] == places[1]:
        return [
            Error(
                "Les médias publics et les documents privés sont au même endroit.",
                hint="Donnez deux valeurs à S3_MEDIA_BUCKET et S3_PRIVATE_BUCKET.",
                id="consortium.E002",
            )
        ]
    return []


@register(Tags.database)
def no_application_stopped_halfway(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """`migrate` asks. The files of the former migrations are gone (docs/decisions/0021)."""
    first = [
        (label, set(migration.replaces))
        for (label, _name), migration in MigrationLoader(None).replacements.items()
        if isinstance(migration, FirstMigration)
    ]
    return [
        Error(
            f"Les anciennes migrations de « {label} » sont restées à mi-chemin dans cette base.",
            hint="Remettez la version du logiciel d’avant, lancez « migrate », puis celle-ci.",
            id="consortium.E003",
        )
        for alias in databases or []
        for applied in [MigrationRecorder(connections[alias]).applied_migrations()]
        for label, former in first
        if (former - applied.keys()) not in (set(), former)
    ]
