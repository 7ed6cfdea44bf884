"""The public pages for search engines: /sitemap.xml. Every part starts at what an anonymous visitor may see."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import reverse

from networks.models import Municipality, Network
from trials.models import Evaluation, LegalBasis, Provision, StatusEvent, Trial

VISITOR = AnonymousUser()


class PageSitemap(Sitemap):
    """The pages that are always there. /soeg/ is left out: robots.txt asks not to read the hits of searches."""

    names = (
        "home",
        "trials:trial_list",
        "networks:network_list",
        "networks:municipality_list",
        "trials:evaluation_list",
        "trials:experience_list",
        "trials:law_list",
        "trials:figure_list",
        "trials:milestone_list",
        "trials:numbers",
        "trials:quality",
        "trials:glossary",
        "trials:data",
        "api_guide",
        "about",
        "accessibility",
        "privacy",
    )

    def items(self) -> list[str]:
        return list(self.names)

    def location(self, item: str) -> str:
        return reverse(item)


class TrialSitemap(Sitemap):
    """Each trial, with the time of the last edit of it or its status; without one when it is as it was imported.

    Pages of other records change with the trials they show, so the time of their own edits would mislead.
    """

    def items(self):
        self._edited = last_edited()
        return Trial.objects.visible_to(VISITOR).order_by("network", "number")

    def lastmod(self, item: Trial) -> datetime | None:
        return self._edited.get(item.pk)


def last_edited() -> dict[int, datetime]:
    """When an editor last changed each trial or a status of it, by the trial's primary key, in two queries."""
    found = dict(Trial.history.order_by().values_list("id").annotate(Max("history_date")))
    events = StatusEvent.objects.exclude(recorded_by=None).order_by()
    recorded = events.values_list(Coalesce("trial", "participation__trial")).annotate(Max("recorded_at"))
    for trial, when in recorded:
        found[trial] = max(when, found.get(trial, when))
    return found


class NetworkSitemap(Sitemap):
    def items(self):
        return Network.objects.order_by("programme", "number")


class MunicipalitySitemap(Sitemap):
    def items(self):
        return Municipality.objects.order_by("sort_key")


class EvaluationSitemap(Sitemap):
    def items(self):
        return Evaluation.objects.visible_to(VISITOR).order_by("code")


class ProvisionSitemap(Sitemap):
    """The provisions that a visible trial uses, and each whole paragraph of which only a part is used."""

    def items(self) -> list[Provision]:
        bases = LegalBasis.objects.visible_to(VISITOR)
        found: dict[str, Provision] = {}
        for used in Provision.objects.filter(legal_bases__in=bases).distinct().select_related("act"):
            whole = Provision(act=used.act, paragraph=used.paragraph, letter=used.letter)
            for provision in (whole, used):
                found.setdefault(provision.get_absolute_url(), provision)
        return list(found.values())


SITEMAPS = {
    "sider": PageSitemap,
    "forsoeg": TrialSitemap,
    "netvaerk": NetworkSitemap,
    "kommuner": MunicipalitySitemap,
    "evalueringer": EvaluationSitemap,
    "hjemler": ProvisionSitemap,
}
