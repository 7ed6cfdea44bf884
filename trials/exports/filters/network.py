"""The filters of the lists of networks, municipalities, memberships, and texts about networks."""

from django.db.models import QuerySet

from networks.models import Membership, Municipality, Network, NetworkText
from trials.code_filter import Codes, Option, SearchText, SingleValues
from trials.exports.filters.record import RecordFilter, in_municipality, in_network

NUMBERED = ("network__programme__first_year", "network__programme__code", "network__number")
"""The order of the networks' ids, seen from what belongs to one."""


class PublicFilter(RecordFilter):
    """Records that everyone may see: who takes part in the networks is never a draft."""

    def seen(self) -> QuerySet:
        return self._meta.model._default_manager.all()


class NetworkFilter(PublicFilter):
    list_name = "networks:network_list"
    listing = "netvaerk"
    noun = ("netværk", "netværk")
    paths = {"netvaerk": "number", "kommune": "memberships__municipality__code"}
    clauses = {"netvaerk": "med navnet {}", "kommune": "med {}"}
    fixed_order = ("programme__first_year", "programme__code", "number")
    searched = ("name", "theme")

    q = SearchText()
    netvaerk = in_network()
    kommune = in_municipality("by_path")

    class Meta:
        model = Network
        fields = ()
        form = SingleValues


class MunicipalityFilter(PublicFilter):
    list_name = "networks:municipality_list"
    listing = "kommuner"
    noun = ("kommune", "kommuner")
    paths = {"netvaerk": "memberships__network__number", "kommune": "code", "region": "region_code"}
    clauses = {"netvaerk": "i netværket {}", "kommune": "med navnet {}", "region": "i Region {}"}
    fixed_order = ("sort_key",)
    searched = ("name", "official_name", "code")

    q = SearchText()
    netvaerk = in_network("by_path")
    kommune = in_municipality()
    region = Codes("Region", "Der er ingen region med koden »%(value)s«.", "by_field")

    class Meta:
        model = Municipality
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries."""
        regions = dict(Municipality.objects.order_by("region_code").values_list("region_code", "region"))
        return super().make_vocabularies() | {"region": {code: Option(name, name) for code, name in regions.items()}}


class MembershipFilter(PublicFilter):
    listing = "medlemskaber"
    noun = ("medlemskab", "medlemskaber")
    paths = {"netvaerk": "network__number", "kommune": "municipality__code"}
    clauses = {"netvaerk": "i netværket {}", "kommune": "for {}"}
    fixed_order = (*NUMBERED, "municipality__sort_key")

    netvaerk = in_network()
    kommune = in_municipality()

    class Meta:
        model = Membership
        fields = ()
        form = SingleValues


class NetworkTextFilter(PublicFilter):
    listing = "netvaerkstekster"
    noun = ("tekst", "tekster")
    paths = {"netvaerk": "network__number"}
    clauses = {"netvaerk": "om netværket {}"}
    fixed_order = (*NUMBERED, "kind", "position")
    searched = ("text",)

    q = SearchText()
    netvaerk = in_network()

    class Meta:
        model = NetworkText
        fields = ()
        form = SingleValues
