"""Settings for the tests: the site's own, in development mode, with a quick password hasher."""

import os

os.environ.setdefault("DEBUG", "true")

from frikommune.settings import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files straight from their folders: a fresh clone has collected none.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
