"""When something became known and was last changed, and the id that it keeps outside the registry.

A statement of a source is known from the source's publication, not from the day it was loaded. What an editor
writes is known from the moment it is written, which its history tells.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from trials.models import StatusEvent

NAMESPACE = uuid.UUID("5d0f7c1e-6a3b-5f0e-9b53-2f1f0c0a7d11")
"""Of the ids made here. Never changed: subscribers know what they have read by its id."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a moment must be given and none is known."""

_UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that may not stand in XML or in a calendar."""


@dataclass(frozen=True)
class Times:
    """When something became known, and when it was last changed (or became known)."""

    known: datetime
    updated: datetime

    @property
    def is_changed(self) -> bool:
        """Whether it was changed on a later day."""
        return timezone.localdate(self.updated) > timezone.localdate(self.known)


def permanent_id(kind: str, key: str) -> uuid.UUID:
    """The id of the record of a kind with this natural key, the same on every host and after every import."""
    return uuid.uuid5(NAMESPACE, f"{kind}/{key}")


def legible(text: str) -> str:
    """`text` with a replacement sign for every sign that cannot be written in a feed or a calendar."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` legible on one line."""
    return " ".join(legible(text).split())


def start_of(day: date) -> datetime:
    """The moment when a day begins in Denmark."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def of_event(event: StatusEvent) -> Times:
    """The times of an event of status got by `told()`; it is changed by being corrected."""
    correction = getattr(event, "corrected_by", None)
    return Times(_known(event), _known(correction) if correction else _known(event))


def with_edits(records: QuerySet) -> QuerySet:
    """Each record with `written_at`, when an editor made it, and `edited_at`, when one last wrote in it; or None."""
    lines = records.model.history.model.objects.filter(id=OuterRef("pk"), history_user__isnull=False)
    moments = lines.order_by("history_date").values("history_date")
    return records.annotate(
        written_at=Subquery(moments.filter(history_type="+")[:1]),
        edited_at=Subquery(moments.reverse()[:1]),
    )


def of_record(published_on: date | None, written_at: datetime | None, edited_at: datetime | None) -> Times | None:
    """The times of a record got by `with_edits`; None when neither a source nor the history tells."""
    known = written_at or (start_of(published_on) if published_on else edited_at)
    return Times(known, max(known, edited_at or known)) if known else None


def _known(event: StatusEvent) -> datetime:
    """When the event became known: the moment it was written, where that is the day on which it was known."""
    written = event.recorded_at
    return written if timezone.localdate(written) == event.known_on else start_of(event.known_on)
