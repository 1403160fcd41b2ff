"""Logs go to standard error, without personal data (see `consortium.logs`)."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "consortium.logs.ReferenceFilter"}},
    "formatters": {
        "discreet": {
            "()": "consortium.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} [{reference}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "discreet",
            "filters": ["reference"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would write paths and forms unscrubbed, or mail them.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # It would write the text that it cannot draw.
        "weasyprint": {"level": "CRITICAL"},
        "appreciation": {"level": "INFO"},
        "consortium": {"level": "INFO"},
    },
}
