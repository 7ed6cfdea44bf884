"""The codes of new records, such as T-0007."""

from networks.models import Programme


def hold_codes() -> None:
    """Within a transaction: codes are given one after another, so whoever else asks for one waits."""
    list(Programme.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
