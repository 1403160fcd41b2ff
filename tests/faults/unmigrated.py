"""The suite's settings, with tables made from the models: `migrate --run-syncdb` takes seconds."""

from consortium.settings.test import *  # noqa: F403


class NoMigration(dict):
    """No application has any. The suite itself goes through them all."""

    def __contains__(self, label: object) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


MIGRATION_MODULES = NoMigration()
