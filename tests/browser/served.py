"""The site as it is served in earnest: static files collected, hashed and compressed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site on the test's database with the middleware and static files of production.

    The files are collected into `folder`. The fixture `live_server` compresses nothing.
    """
    settings = {
        "STATIC_ROOT": str(folder),
        "STORAGES": STORAGES,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_USE_FINDERS": False,
        "ALLOWED_HOSTS": ["localhost"],
    }
    with override_settings(**settings):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
        thread = LiveServerThread("localhost", lambda application: application, connections_override=_shared())
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        try:
            if thread.error:
                raise thread.error
            yield f"http://localhost:{thread.port}"
        finally:
            thread.terminate()
            for connection in thread.connections_override.values():
                connection.dec_thread_sharing()


def _shared() -> dict:
    """An SQLite database in memory is there for this process's connection alone, so the server must use it too."""
    shared = {
        connection.alias: connection
        for connection in connections.all()
        if connection.vendor == "sqlite" and connection.is_in_memory_db()
    }
    for connection in shared.values():
        connection.inc_thread_sharing()
    return shared
