"""How networks and municipalities are found."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from frikommune import danish
from networks.enums import Standing


class AddressedQuerySet(models.QuerySet):
    """Shared by networks and municipalities: records with a page at an address of their own."""

    def at_address(self, text: str):
        """The record whose slug `text` is, or was, in whatever letters it is written; None when there is none."""
        slug = danish.slug(text)
        former = self.model.history.filter(slug=slug).order_by("-history_date", "-history_id")
        return self.filter(slug=slug).first() or self.filter(pk__in=former.values("id")[:1]).first()


class MunicipalityQuerySet(AddressedQuerySet):
    def get_by_natural_key(self, code: str):
        return self.get(code=code)

    def in_a_network(self):
        """Municipalities that are or were in a network, the inactive network included."""
        return self.filter(Exists(_memberships().filter(municipality=OuterRef("pk"))))

    def outside_networks(self):
        """Municipalities that never were in a network."""
        return self.exclude(Exists(_memberships().filter(municipality=OuterRef("pk"))))

    def active(self):
        """Municipalities that take active part in at least one active network."""
        return self.filter(Exists(_memberships().active().filter(municipality=OuterRef("pk"))))

    def with_memberships(self):
        """Each municipality with its memberships and their networks at hand, in the networks' order."""
        memberships = _memberships().select_related("network__programme").in_network_order()
        return self.prefetch_related(Prefetch("memberships", memberships))


class NetworkQuerySet(AddressedQuerySet):
    def get_by_natural_key(self, programme: str, number: int):
        return self.get(programme__code=programme, number=number)

    def active(self):
        """Networks with accommodated trials."""
        return self.filter(is_active=True)

    def inactive(self):
        """Networks for which no trial was accommodated."""
        return self.filter(is_active=False)

    def without_coordinator(self, day=None):
        """Networks that have no coordinator on `day`, or today; one whose account is closed is none."""
        coordinators = self.model._meta.get_field("coordinators").related_model.objects.filter(user__is_active=True)
        return self.exclude(Exists(coordinators.on(day or timezone.localdate()).filter(network=OuterRef("pk"))))

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

    def in_network_order(self):
        return self.order_by("network__programme__first_year", "network__programme__code", "network__number")


class RoleQuerySet(models.QuerySet):
    def on(self, day):
        """Those who have the role on `day`; without dates always."""
        begun, over = Q(from_on=None) | Q(from_on__lte=day), Q(to_on__lt=day)
        return self.filter(begun).exclude(over)


def _memberships() -> MembershipQuerySet:
    from networks.models import Membership

    return Membership.objects.all()
