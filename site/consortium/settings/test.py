"""Settings of the test suite: strict, quick, no network."""

import atexit
import shutil
import tempfile
from pathlib import Path

from consortium.settings.base import *  # noqa: F403
from consortium.settings.base import DATABASES, TEMPLATES, env
from consortium.settings.storages import storages_from_env

SECRET_KEY = "tests-seulement"  # noqa: S105  never used outside the suite
TEST_DIR = Path(env("TEST_DIR", default="") or tempfile.mkdtemp(prefix="appreciation-tests-"))
if not env("TEST_DIR", default=""):
    atexit.register(shutil.rmtree, TEST_DIR, ignore_errors=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and the tests share it.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "tests.sqlite3")}
    # It need not outlive a power cut; waiting for the disk was most of the suite’s time.
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = TEST_DIR / "media"
PRIVATE_ROOT = TEST_DIR / "documents"
STORAGES = storages_from_env(env, media_root=MEDIA_ROOT, private_root=PRIVATE_ROOT)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["debug"] = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_ALLOWED = True
PAGE_COPIES_FRESH_SECONDS = 0  # on in the tests that are about it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
COMPONENTS_GALLERY = True
CHECK_OUTSIDE_LINKS = False
