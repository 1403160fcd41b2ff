"""Production's settings, and one address more: the floor that everything is compared with."""

from consortium.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
