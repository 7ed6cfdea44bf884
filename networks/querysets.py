"""How networks and municipalities are found."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from networks.enums import Standing


class MunicipalityQuerySet(models.QuerySet):
    def get_by_natural_key(self, code: str):
        return self.get(code=code)

    def in_a_network(self):
        """Municipalities that are or were in a network, the inactive network included."""
        return self.filter(Exists(_memberships().filter(municipality=OuterRef("pk"))))

    def active(self):
        """Municipalities that take active part in at least one active network."""
        return self.filter(Exists(_memberships().active().filter(municipality=OuterRef("pk"))))


class NetworkQuerySet(models.QuerySet):
    def get_by_natural_key(self, programme: str, number: int):
        return self.get(programme__code=programme, number=number)

    def active(self):
        """Networks with accommodated trials."""
        return self.filter(is_active=True)

    def with_member_count(self):
        """Each network with `member_count`: the municipalities that take active part (VIVE's Tabel 1)."""
        active = Q(memberships__standing=Standing.ACTIVE)
        return self.annotate(member_count=Count("memberships", filter=active, distinct=True))

    def with_members(self):
        """Each network with its memberships and their municipalities at hand, in Danish order."""
        memberships = _memberships().select_related("municipality").order_by("municipality__sort_key")
        return self.prefetch_related(Prefetch("memberships", memberships))


class MembershipQuerySet(models.QuerySet):
    def get_by_natural_key(self, programme: str, number: int, code: str):
        return self.get(network__programme__code=programme, network__number=number, municipality__code=code)

    def active(self):
        """Memberships in active networks of municipalities that take active part."""
        return self.filter(standing=Standing.ACTIVE, network__is_active=True)


def _memberships() -> MembershipQuerySet:
    from networks.models import Membership

    return Membership.objects.all()
