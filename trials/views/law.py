"""The acts and provisions that trials rest on or deviate from."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.enums import BasisRole
from trials.models import Act, LegalBasis, Provision, SourceCell, Trial
from trials.views.as_of import moved, on_a_day, show_status_on
from trials.views.listing import downloads

_SLUG = re.compile(r"paragraf-([0-9]{1,4})(?:-([a-zæøå]))?(?:-stk-([0-9]{1,4}))?(?:-nr-([0-9]{1,4}))?", re.IGNORECASE)


@dataclass
class UsedProvision:
    """A provision with the trials that rest on it or on what lies in it, and those that deviate from it."""

    provision: Provision
    resting: dict[int, Trial] = field(default_factory=dict)
    deviating: dict[int, Trial] = field(default_factory=dict)

    def add(self, basis: LegalBasis) -> None:
        """Counts the trial of `basis` in, once."""
        trials = self.resting if basis.role == BasisRole.RESTS_ON else self.deviating
        trials[basis.trial_id] = basis.trial


@dataclass
class UsedAct:
    """An act with its provisions in use, and the trials behind them."""

    act: Act
    provisions: list[UsedProvision]
    trials: set[int]


@dataclass
class UsingTrial:
    """A trial with its bases in a provision."""

    trial: Trial
    bases: list[LegalBasis] = field(default_factory=list)

    @property
    def by_place(self) -> list["Stated"]:
        """The bases by where they stand."""
        found: dict[str, Stated] = {}
        for basis in self.bases:
            found.setdefault(basis.place, Stated(basis.place, basis.cell)).bases.append(basis)
        return list(found.values())


@dataclass
class Stated:
    """Bases of a trial that stand in the same place of a source; `cell` is None when that is no table."""

    place: str
    cell: SourceCell | None
    bases: list[LegalBasis] = field(default_factory=list)

    SHORT: ClassVar[int] = 200
    """Characters of a cell that is shown unfolded."""

    @property
    def is_short(self) -> bool:
        return self.cell is not None and len(self.cell.text) <= self.SHORT


@require_safe
@on_a_day
def law_list(request: HttpRequest, day: date | None) -> HttpResponse:
    """The acts with their provisions, as far as a trial uses them, and the trials that name none."""
    bases = list(LegalBasis.objects.visible_to(request.user).in_order().select_related("trial__network"))
    bases.sort(key=_in_network_order)
    acts = _used_acts(bases)
    context = {
        "acts": acts,
        "provision_count": sum(len(used.provisions) for used in acts),
        "unnamed": [basis for basis in bases if not basis.provision],
        "sources": _sources(bases),
        "downloads": downloads("hjemler"),
        "day": day,
    }
    return render(request, "law/law_list.html", context)


@require_safe
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the act among the others."""
    visible = LegalBasis.objects.visible_to(request.user)
    wanted = Act.objects.filter(code__iexact=code, provisions__legal_bases__in=visible).first()
    if wanted is None:
        raise Http404("Intet forsøg bygger på en lov med den kode.")
    return redirect(wanted)


@require_safe
@on_a_day
def provision(request: HttpRequest, code: str, slug: str, day: date | None) -> HttpResponse:
    """A provision and all that lies in it: who rests on it and who deviates from it.

    One that no trial uses does not exist. Other letters in the address lead to the right one.
    """
    wanted = provision_at(code, slug)
    bases = LegalBasis.objects.visible_to(request.user).filter(provision__in=Provision.objects.within(wanted))
    bases = list(
        bases.in_order().select_related("trial__network", "cell__source").prefetch_related("trial__participations")
    )
    if not bases:
        raise Http404("Intet forsøg hviler på eller fraviger den bestemmelse.")
    if request.path != wanted.get_absolute_url():
        return moved(wanted, day)
    show_status_on((basis.trial for basis in bases), day)
    context = {
        "provision": wanted,
        "day": day,
        "above": _above(wanted),
        "crumbs": [("Hjemler", reverse("trials:law_list")), (wanted.act.title, wanted.act.get_absolute_url())],
        "groups": [
            (role, _by_trial(basis for basis in bases if basis.role == role))
            for role in BasisRole
            if any(basis.role == role for basis in bases)
        ],
        "narrower": list(dict.fromkeys(b.provision for b in bases if b.provision.slug != wanted.slug)),
        "sources": _sources(bases),
    }
    return render(request, "law/provision.html", context)


def provision_at(code: str, slug: str) -> Provision:
    """The provision that an address names, whether it is stored or only what lies in it."""
    found = _SLUG.fullmatch(slug)
    of = Act.objects.filter(code__iexact=code).first()
    if found is None or of is None:
        raise Http404("Adressen nævner ingen bestemmelse, som registeret kender.")
    paragraph, letter, subsection, number = found.groups()
    return Provision(
        act=of,
        paragraph=int(paragraph),
        letter=(letter or "").lower(),
        subsection=int(subsection or 0),
        number=int(number or 0),
    )


def _above(provision: Provision) -> Provision | None:
    """The whole paragraph, when `provision` is a part of it."""
    if not (provision.subsection or provision.number):
        return None
    return Provision(act=provision.act, paragraph=provision.paragraph, letter=provision.letter)


def _used_acts(bases: list[LegalBasis]) -> list[UsedAct]:
    """The acts of `bases`, each with its provisions; what lies in a provision is counted there too."""
    acts: dict[int, UsedAct] = {}
    named = [(basis, basis.provision) for basis in bases if basis.provision]
    for basis, provision in named:
        used = acts.setdefault(provision.act_id, UsedAct(provision.act, [], set()))
        used.trials.add(basis.trial_id)
        if all(each.provision != provision for each in used.provisions):
            used.provisions.append(UsedProvision(provision))
    for basis, provision in named:
        for each in acts[provision.act_id].provisions:
            if each.provision.holds(provision):
                each.add(basis)
    for used in acts.values():
        used.provisions.sort(key=lambda each: each.provision.sort_key)
    return sorted(acts.values(), key=lambda used: used.act.title)


def _by_trial(bases) -> list[UsingTrial]:
    """The trials of `bases` by their ids, each with its bases."""
    found: dict[int, UsingTrial] = {}
    for basis in bases:
        found.setdefault(basis.trial_id, UsingTrial(basis.trial)).bases.append(basis)
    return sorted(found.values(), key=lambda using: _in_network_order(using.bases[0]))


def _in_network_order(basis: LegalBasis) -> tuple[int, int]:
    return basis.trial.network.number, basis.trial.number


def _sources(bases: list[LegalBasis]) -> list:
    """The documents that the bases are taken from."""
    return list(dict.fromkeys(basis.source for basis in bases if basis.source))
