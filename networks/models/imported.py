"""What a record looked like when it was last imported."""

from django.db import models


class Imported(models.Model):
    """A record that an import may have written and an editor may have changed since.

    `imported` holds a digest of each field's value as the last import gave it. A field whose digest
    differs has been edited; `networks.importers.merge` keeps such values and reports them.
    """

    imported = models.JSONField("senest indlæst", default=dict, blank=True, editable=False)

    class Meta:
        abstract = True
