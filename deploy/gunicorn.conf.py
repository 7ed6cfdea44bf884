"""How gunicorn serves the registry, under `make run` and in production alike.

Two workers let one restart while the other answers; the threads keep a slow visitor from holding up the rest.
"""

import sys
from typing import Any

wsgi_app = "frikommune.wsgi"
workers = 2
worker_class = "gthread"
threads = 4
# Loaded once, before the workers start: an error in the settings stops the start instead of looping in the workers.
preload_app = True
accesslog = None
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Says where the site is, at the moment it answers."""
    addresses = ", ".join(f"{listener}" for listener in server.LISTENERS)
    print(f"Registret kører på {addresses}/ (stop med Ctrl-C)", file=sys.stdout, flush=True)
