"""Spreadsheets of a network: what was handed out, and what has come back and is not yet saved."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from networks.models import Network
from trials.sheet_querysets import SheetDownloadQuerySet, SheetUploadQuerySet


class SheetDownload(models.Model):
    """A workbook that was handed out (`trials.workspace.sheet`), with the values that stood in its cells.

    What comes back is compared with `base`, so that a cell which its reader left alone is never taken for a change.
    """

    network = models.ForeignKey(Network, models.CASCADE, verbose_name="netværk", related_name="sheet_downloads")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hentet af", related_name="+")
    made_at = models.DateTimeField("hentet", default=timezone.now, db_index=True)
    base = models.JSONField("cellernes værdier")

    objects = SheetDownloadQuerySet.as_manager()

    class Meta:
        verbose_name = "hentet regneark"
        verbose_name_plural = "hentede regneark"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.network}, {timezone.localtime(self.made_at):%d.%m.%Y %H.%M}"


class SheetUpload(models.Model):
    """A workbook that came back without errors, as it was read. Only the one who sent it sees it, and for a day.

    `applied_at` is when its changes were saved; then `rows` is emptied.
    """

    download = models.ForeignKey(SheetDownload, models.CASCADE, verbose_name="hentet regneark", related_name="uploads")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="indlæst af", related_name="+")
    made_at = models.DateTimeField("indlæst", default=timezone.now, db_index=True)
    rows = models.JSONField("rækkerne, som de blev læst")
    applied_at = models.DateTimeField("gemt", null=True, blank=True)

    objects = SheetUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "indlæst regneark"
        verbose_name_plural = "indlæste regneark"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.download.network}, {timezone.localtime(self.made_at):%d.%m.%Y %H.%M}"
