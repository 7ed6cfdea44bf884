"""How long spreadsheets are kept."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

DOWNLOADS_KEPT = timedelta(days=365)
"""How long a workbook that was handed out can come back."""

UPLOADS_KEPT = timedelta(days=1)
"""How long there is to save what came back."""


class SheetDownloadQuerySet(QuerySet):
    def kept(self):
        """Those that can still come back."""
        return self.filter(made_at__gt=timezone.now() - DOWNLOADS_KEPT)

    def clear_old(self) -> None:
        """Delete those that cannot come back any more."""
        self.filter(made_at__lte=timezone.now() - DOWNLOADS_KEPT).delete()


class SheetUploadQuerySet(QuerySet):
    def of(self, user):
        """Those that `user` sent and may still save."""
        return self.filter(made_by=user, made_at__gt=timezone.now() - UPLOADS_KEPT)

    def clear_old(self) -> None:
        """Delete those that are not saved in time."""
        self.filter(made_at__lte=timezone.now() - UPLOADS_KEPT).delete()
