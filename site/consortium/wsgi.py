"""WSGI entry point: `gunicorn --pythonpath site consortium.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from core.whole_body import WholeBodyApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consortium.settings.production")

application = WholeBodyApplication(get_wsgi_application())
