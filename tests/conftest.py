"""What every test run shares, on SQLite and PostgreSQL alike."""

import os

import pytest
from hypothesis import settings

# No deadline: a slow machine is not an error. In CI the same examples each time: a failure there is due to the change.
settings.register_profile("register", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("register")


def pytest_report_header() -> str:
    """Says which database the run is on."""
    from django.conf import settings as django_settings

    return f"database: {django_settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def unavailable(reason: str) -> None:
    """Skips a test whose program is missing on a developer's machine; in CI nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
