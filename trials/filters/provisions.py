"""The acts and provisions that trials rest on or deviate from, as a filter offers them."""

from functools import cached_property

from frikommune import danish
from trials.code_filter import Option
from trials.models import LegalBasis, Provision
from trials.querysets import TrialQuerySet


class UsedProvisions:
    """The provisions in use among the trials that a user may see, with the whole paragraph and stykke of each part.

    A provision holds what lies in it, and either role counts: that a trial rests on it, or that it deviates from it.
    """

    def __init__(self, user) -> None:
        self.user = user

    @cached_property
    def used(self) -> list[Provision]:
        """Those that a legal basis names. One query."""
        bases = LegalBasis.objects.visible_to(self.user)
        return list(Provision.objects.filter(legal_bases__in=bases).select_related("act").distinct())

    @cached_property
    def by_code(self) -> dict[str, Provision]:
        """All by the address below /hjemler/, such as frikommuneloven/paragraf-25-stk-3, in the order of their acts."""
        found = [*self.used, *(whole for part in self.used for whole in _above(part))]
        found.sort(key=lambda each: (danish.sort_key(each.act.title), each.act.code, each.sort_key))
        return {f"{each.act.code}/{each.slug}": each for each in found}

    def options(self) -> dict[str, Option]:
        """The provisions by code, under their acts. One query, shared with `acts`."""
        return {
            code: Option(
                each.reference,
                f"{each.reference} i {each.act.title}",
                listed=False,
                group=each.act.title,
                pill=f"{each.reference} i {each.act.short_title}",
            )
            for code, each in self.by_code.items()
        }

    def acts(self) -> dict[str, Option]:
        """The acts by code, in Danish order."""
        return {each.act.code: Option(each.act.title, each.act.title) for each in self.by_code.values()}

    def counts(self, trials: TrialQuerySet) -> dict[str, int]:
        """How many of `trials` rest on or deviate from each provision or what lies in it, by code. One query."""
        pairs = LegalBasis.objects.filter(trial__in=trials.values("pk")).exclude(provision=None)
        users: dict[int, set[int]] = {}
        for provision, trial in pairs.values_list("provision", "trial"):
            users.setdefault(provision, set()).add(trial)
        return {
            code: len(set().union(*(users.get(each.pk, set()) for each in self.used if holder.holds(each))))
            for code, holder in self.by_code.items()
        }


def _above(part: Provision) -> list[Provision]:
    """The wholes in which `part` lies: of a nummer its stykke, and the paragraph. They need not be stored."""
    place = {"act": part.act, "paragraph": part.paragraph, "letter": part.letter}
    wholes = [Provision(**place)] if part.subsection or part.number else []
    return [*wholes, Provision(**place, subsection=part.subsection)] if part.subsection and part.number else wholes
