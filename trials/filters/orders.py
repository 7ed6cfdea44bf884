"""The orders in which trials are listed."""

from django.db.models import F

NUMBERED = ("network__programme__first_year", "network__programme__code", "network__number", "number")
"""The order of the trials' ids, which also settles ties in every other order."""

ORDERS: dict[str, tuple[str, list]] = {
    "nummer": ("Nummer, stigende", [F(name).asc() for name in NUMBERED]),
    "-nummer": ("Nummer, faldende", [F(name).desc() for name in NUMBERED]),
    "titel": ("Titel, A til Å", [F("sort_key").asc(), *NUMBERED]),
    "-titel": ("Titel, Å til A", [F("sort_key").desc(), *NUMBERED]),
    "ikrafttraedelse": ("Ikrafttrædelse, ældste først", [F("in_force_from").asc(nulls_last=True), *NUMBERED]),
    "-ikrafttraedelse": ("Ikrafttrædelse, nyeste først", [F("in_force_from").desc(nulls_last=True), *NUMBERED]),
    "status": ("Status, fra ansøgt til afsluttet", [F("status_place").asc(), *NUMBERED]),
    "-status": ("Status, fra afsluttet til ansøgt", [F("status_place").desc(), *NUMBERED]),
}
"""The values of `sortering`: what each is called and what it orders by. Nulls come last on every database."""
