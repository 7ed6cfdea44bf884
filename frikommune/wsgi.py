"""The entry point for a web server: `gunicorn frikommune.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frikommune.settings")

application = get_wsgi_application()
