"""Settings common to every environment. The embedded default: SQLite, local files, one process.

`DATABASE_URL`, `CACHE_URL` and `S3_*` move to PostgreSQL, Redis and S3-compatible storage without
a line of code changed (DESIGN.md §5).
"""

from pathlib import Path

import environ

from consortium.settings.logs import LOGGING  # noqa: F401
from consortium.settings.security import (
    ADMIN_DIRECTIVES,
    ADMIN_PREFIX,  # noqa: F401
    PERMISSIONS_POLICY,  # noqa: F401
    PUBLIC_DIRECTIVES,
    with_media_origin,
)
from consortium.settings.storages import caches_from_env, media_origin, storages_from_env

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"
PERSONAL_DATA_REGISTER = BASE_DIR / "site/consortium/personal_data.toml"

env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WEB_PROCESSES = env.int("WEB_CONCURRENCY", default=1)
# How many proxies of ours stand in front: each adds an address to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SAMPLE_DATA_DIR = Path(env("SAMPLE_DATA_DIR", default=str(BASE_DIR.parent / "shared" / "data")))

INSTALLED_APPS = [
    "consortium",
    "home",
    "rencontres",
    "appreciation",
    "pratiques",
    "accounts",
    "cms",
    "reference",
    "background",
    "core",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.wagtail_users.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "consortium.middleware.ReferenceMiddleware",
    "consortium.middleware.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "consortium.middleware.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.last_good.LastGoodMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "consortium.middleware.PrivateAnswersMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.origin.OriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.refusals.RefusalMiddleware",
]

COMPONENTS_GALLERY = False
ROOT_URLCONF = "consortium.urls"
WSGI_APPLICATION = "consortium.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["core.templatetags.french"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------------------------
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
    " PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY"
)
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'appreciation.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Longer than any burst of a hall, shorter than a visitor's patience: then 503, try again.
        "timeout": 4,
        "init_command": SQLITE_PRAGMAS,
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)
    # A cut cable is noticed too, not only a server that says no.
    DATABASES["default"]["OPTIONS"].setdefault("tcp_user_timeout", 4000)
    # A request never waits longer for a lock: phones get their 503 within seconds.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=4s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = caches_from_env(env)
# As long as any shared cache may keep a page (`cms.caching`); 0: each page is made anew.
PAGE_COPIES_FRESH_SECONDS = 60

# --- Files --------------------------------------------------------------------------------------
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "media")))
MEDIA_URL = "/media/"
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(VAR_DIR / "documents")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STORAGES = storages_from_env(env, media_root=MEDIA_ROOT, private_root=PRIVATE_ROOT)
FILE_UPLOAD_HANDLERS = [
    "core.uploads.WeighedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.ForgottenWhenCutHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a full evening of paper sheets, and long Wagtail forms

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "fr-ca"
TIME_ZONE = "America/Toronto"
USE_I18N = True
FORMAT_MODULE_PATH = ["consortium.formats"]
USE_TZ = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("fr-ca", "français (Canada)")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "français")]

# --- Wagtail ------------------------------------------------------------------------------------
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address is read aloud, copied, printed
WAGTAIL_SITE_NAME = "Appréciation des communautés"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one place, one clock
WAGTAIL_I18N_ENABLED = False
CHECK_OUTSIDE_LINKS = True  # each night, politely (core.outside_links)
# The catalogue's sheets are read by somebody else first (docs/decisions/0017); no other page is.
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.approved.publish_once_approved"
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.ImageForm"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "cms.MediaFile",
    "MEDIA_FORM_BASE": "cms.media_forms.MediaForm",
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "oga", "ogg", "wav"],
    "VIDEO_EXTENSIONS": ["m4v", "mp4", "ogv", "webm"],
}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.engine"}}
WAGTAILADMIN_LOGIN_URL = "admin_door"
WAGTAIL_FRONTEND_LOGIN_URL = "/comptes/connexion/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
MEDIA_MAX_UPLOAD_SIZE = env.int("MEDIA_MAX_UPLOAD_MB", default=300) * 1024 * 1024
TAGGIT_CASE_INSENSITIVE = True

# --- What a browser may do ----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {"DIRECTIVES": with_media_origin(PUBLIC_DIRECTIVES, media_origin(env))}
ADMIN_DIRECTIVES = with_media_origin(ADMIN_DIRECTIVES, media_origin(env))
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it by itself for its previews
CSRF_FAILURE_VIEW = "consortium.error_pages.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
# Kept in the database: a cache that is down signs nobody out (QUALITY.md §4 row 24).
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 60 * 60  # a day of work and its evening, unless the device is trusted

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/espace/"
LOGOUT_REDIRECT_URL = "/"
SECOND_FACTOR_REQUIRED = False  # production requires it of whoever enters the admin

THIRTY_DAYS = 30 * 24 * 60 * 60
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "request_login_code": "accounts.forms.RequestCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_email": "accounts.forms.AddEmailForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come from an invitation, which proves the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]  # no screen of ours asks for a code again
ACCOUNT_SESSION_REMEMBER = None  # asked on the form
ACCOUNT_SESSION_COOKIE_AGE = THIRTY_DAYS
ACCOUNT_RATE_LIMITS = {
    # 5 tries, then 15 minutes (QUALITY.md §4 row 18). A whole office may share one address.
    "login_failed": "30/15m/ip,5/15m/key",
    "login": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.ActivateTotpForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.EditKeyForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = THIRTY_DAYS
MFA_TOTP_TOLERANCE = 1

# --- Mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ne-pas-repondre@exemple.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
