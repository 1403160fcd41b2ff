"""Development and demonstration on one machine: no secret, mails in `var/courriels/`."""

from consortium.settings.base import *  # noqa: F403
from consortium.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="developpement-seulement-jamais-en-production")
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "courriels"
DEMO_ALLOWED = True
COMPONENTS_GALLERY = DEBUG
PAGE_COPIES_FRESH_SECONDS = 0  # templates are being written
VAR_DIR.mkdir(exist_ok=True)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no certificate
CHECK_OUTSIDE_LINKS = False
