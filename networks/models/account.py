"""What is told of the networks: their own story, whom members focus on, and how a network should be organised."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.enums import GuidanceLevel, TargetGroup, TextKind
from networks.models.imported import Imported
from networks.models.network import Membership, Network


class NetworkTextManager(models.Manager["NetworkText"]):
    def get_by_natural_key(self, programme: str, number: int, kind: str, position: int) -> "NetworkText":
        return self.get(network__programme__code=programme, network__number=number, kind=kind, position=position)


class NetworkText(Imported):
    """Something told of a network in the registry's own words, with the place and the words it rests on."""

    network = models.ForeignKey(Network, models.CASCADE, verbose_name="netværk", related_name="texts")
    kind = models.CharField("art", max_length=20, choices=TextKind)
    position = models.PositiveSmallIntegerField("nummer", default=1)
    text = models.TextField("tekst", validators=[refuse_personal_numbers])
    source_place = models.CharField("sted i kilden", max_length=200, blank=True, validators=[refuse_personal_numbers])
    quotation = models.CharField("ordret citat", max_length=500, blank=True, validators=[refuse_personal_numbers])

    objects = NetworkTextManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "netværkstekst"
        verbose_name_plural = "netværkstekster"
        ordering = ["network", "kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["network", "kind", "position"], name="networktext_unique"),
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="networktext_kind_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.get_kind_display()} {self.position}"

    def natural_key(self) -> tuple:
        return (*self.network.natural_key(), self.kind, self.position)

    natural_key.dependencies = ["networks.network"]  # type: ignore[attr-defined]


class FocusManager(models.Manager["Focus"]):
    def get_by_natural_key(self, programme: str, number: int, code: str, target_group: str) -> "Focus":
        return self.get(
            membership__network__programme__code=programme,
            membership__network__number=number,
            membership__municipality__code=code,
            target_group=target_group,
        )


class Focus(Imported):
    """That a municipality focuses on a target group within its network (VIVE 2019, section 7.1)."""

    membership = models.ForeignKey(Membership, models.CASCADE, verbose_name="netværkskommune", related_name="focuses")
    target_group = models.CharField("målgruppe", max_length=15, choices=TargetGroup)
    source_place = models.CharField("sted i kilden", max_length=200, blank=True, validators=[refuse_personal_numbers])

    objects = FocusManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "fokus"
        verbose_name_plural = "fokus"
        ordering = ["membership", "target_group"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "target_group"], name="focus_unique"),
            models.CheckConstraint(condition=Q(target_group__in=TargetGroup.values), name="focus_target_group_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_target_group_display()}"

    def natural_key(self) -> tuple:
        return (*self.membership.natural_key(), self.target_group)

    natural_key.dependencies = ["networks.membership"]  # type: ignore[attr-defined]


class GuidanceManager(models.Manager["Guidance"]):
    def get_by_natural_key(self, code: str) -> "Guidance":
        return self.get(code=code)


class Guidance(Imported):
    """What is required or recommended of how a network is organised (the ministry's guidance to networks)."""

    code = models.CharField("kode", max_length=20, unique=True)
    level = models.CharField("niveau", max_length=15, choices=GuidanceLevel)
    topic = models.CharField("emne", max_length=60, validators=[refuse_personal_numbers])
    text = models.TextField("tekst", validators=[refuse_personal_numbers])
    quotation = models.CharField("ordret citat", max_length=500, blank=True, validators=[refuse_personal_numbers])

    objects = GuidanceManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "vejledningspunkt"
        verbose_name_plural = "vejledningspunkter"
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(level__in=GuidanceLevel.values), name="guidance_level_valid")]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)
