"""Deeds that are done at once, each in a thread and with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection, connections


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each returns or raises when they are done at the same time (on SQLite: one after the other)."""
    results: list[object] = [None] * len(deeds)
    start = threading.Barrier(len(deeds)) if connection.vendor == "postgresql" else None

    def run(place: int) -> None:
        try:
            if start:
                start.wait()
            results[place] = deeds[place]()
        except Exception as error:
            results[place] = error
        finally:
            if start:
                connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for place, thread in enumerate(threads):
        thread.start() if start else run(place)
    for thread in threads:
        thread.join() if start else None
    return results
