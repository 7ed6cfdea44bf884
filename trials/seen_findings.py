"""The findings as pages show them, looked for anew only when the register has changed.

The rules read the whole register, which takes half a second; a page of one trial shows what concerns that trial.
"""

from datetime import date

from django.apps import apps
from django.db import connection
from django.utils import timezone

from trials import rules
from trials.integrity import Finding, find_visible_to

Stamp = tuple[date, tuple]

_remembered: dict[bool, tuple[Stamp, list[Finding]]] = {}
"""What was last found, with and without drafts, and the state of the register then."""


def findings(user) -> list[Finding]:
    """All findings that `user` may see. One query, unless the register has changed since they were last asked for."""
    drafts, state = rules.sees_drafts(user), stamp()
    known = _remembered.get(drafts)
    if known and known[0] == state:
        return known[1]
    found = find_visible_to(user)
    _remembered[drafts] = state, found
    return found


def findings_for(subject, user) -> list[Finding]:
    """Those that concern `subject`: a trial, a network or a municipality."""
    return [finding for finding in findings(user) if finding.concerns(subject)]


def forget() -> None:
    """Look for them anew the next time, for rows that were changed past their models (as tests do)."""
    _remembered.clear()


def stamp() -> Stamp:
    """What is another after any change: of every table of ours, history included, the rows and the last key."""
    models = [
        model
        for app in ("networks", "trials")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    quote = connection.ops.quote_name
    parts = [
        f"SELECT {place}, COUNT(*), MAX({quote(str(model._meta.pk.column))}) FROM {quote(model._meta.db_table)}"
        for place, model in enumerate(models)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1")
        return timezone.localdate(), tuple(cursor.fetchall())
