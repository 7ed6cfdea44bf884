"""The columns of the lists of acts, provisions, and what each trial rests on or deviates from."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch

from trials.enums import BasisRole
from trials.exports.column import Column, Kind, each_once
from trials.exports.columns.grounds import GROUNDS, with_grounds
from trials.exports.columns.subjects import TRIAL
from trials.models import Act, LegalBasis, Provision


def acts(filtered: Any) -> Iterable[Act]:
    """The acts of the filter, each with the bases in it that its user may see."""
    return filtered.qs.prefetch_related(Prefetch("provisions__legal_bases", _seen(filtered.user), to_attr="seen_bases"))


def provisions(filtered: Any) -> Iterable[Provision]:
    """The provisions of the filter with their act, each with the bases in it that its user may see."""
    seen = Prefetch("legal_bases", _seen(filtered.user), to_attr="seen_bases")
    return filtered.qs.select_related("act").prefetch_related(seen)


def bases(filtered: Any) -> Iterable[LegalBasis]:
    """The legal bases of the filter with trial, provision and place."""
    return with_grounds(filtered.qs.select_related("trial", "provision__act"), filtered.user)


def provision_id(provision: Provision) -> str:
    """The id of a provision in files: frikommuneloven/paragraf-25-stk-3, as in its address. Needs its act at hand."""
    return f"{provision.act.code}/{provision.slug}"


def _seen(user: Any):
    """The bases that `user` may see, in the order of the trials' ids."""
    seen = LegalBasis.objects.visible_to(user).select_related("trial")
    return seen.order_by("trial__network__programme__first_year", "trial__network__number", "trial__number", "pk")


def _trials(role: BasisRole) -> Callable[[Provision], list[str]]:
    return lambda provision: each_once(basis.trial.public_id for basis in provision.seen_bases if basis.role == role)


def _trials_of_act(act: Act) -> list[str]:
    seen = [basis.trial for provision in act.provisions.all() for basis in provision.seen_bases]
    return each_once(t.public_id for t in sorted(seen, key=lambda t: (t.network_id, t.number)))


ACT_COLUMNS = [
    Column("id", "Kode for loven eller bekendtgørelsen; ændres aldrig.", lambda act: act.code),
    Column("titel", "Titlen, som kilden skriver den.", lambda act: act.title),
    Column("kort_titel", "Den korte titel.", lambda act: act.short_title),
    Column("art", "Kode for, om det er en lov eller en bekendtgørelse.", lambda act: act.kind),
    Column(
        "forsoeg",
        "Id for de forsøg, der hviler på eller fraviger en bestemmelse i den.",
        _trials_of_act,
        Kind.TEXTS,
    ),
    Column("url", "Adressen på loven i listen over hjemler.", lambda act: act.get_absolute_url(), Kind.ADDRESS),
]

PROVISION_COLUMNS = [
    Column("id", "Bestemmelsens id, fx frikommuneloven/paragraf-25-stk-3; ændres aldrig.", provision_id),
    Column("lov_id", "Kode for loven eller bekendtgørelsen.", lambda each: each.act.code, references="love"),
    Column("lov", "Lovens titel, som kilden skriver den.", lambda provision: provision.act.title),
    Column("bestemmelse", "Bestemmelsen, som den citeres, fx § 25, stk. 3.", lambda provision: provision.reference),
    Column("paragraf", "Paragraffens nummer.", lambda provision: provision.paragraph, Kind.INTEGER),
    Column("litra", "Paragraffens bogstav; tomt uden.", lambda provision: provision.letter),
    Column("stykke", "Stykkets nummer; tomt uden.", lambda each: each.subsection or None, Kind.INTEGER),
    Column("nummer", "Nummeret i stykket; tomt uden.", lambda provision: provision.number or None, Kind.INTEGER),
    Column("hviler_paa", "Id for de forsøg, der hviler på den.", _trials(BasisRole.RESTS_ON), Kind.TEXTS),
    Column("fraviger", "Id for de forsøg, der fraviger den.", _trials(BasisRole.DEVIATES_FROM), Kind.TEXTS),
    Column("url", "Adressen på bestemmelsens side.", lambda each: each.get_absolute_url(), Kind.ADDRESS),
]


def _basis_id(basis: LegalBasis) -> str:
    id_ = f"{basis.trial.public_id}:{basis.role}"
    return f"{id_}:{provision_id(basis.provision)}" if basis.provision else id_


BASIS_COLUMNS = [
    Column("id", "Forsøgets id, rollen og bestemmelsens id; ændres aldrig.", _basis_id),
    TRIAL,
    Column("rolle", "Kode for, om forsøget hviler på hjemlen eller fraviger den.", lambda basis: basis.role),
    Column("hjemmelstype", "Kode for hjemmelstypen; tom, når bestemmelsen fraviges.", lambda basis: basis.kind),
    Column(
        "hjemmel_id",
        "Bestemmelsens id; tomt, når kilden ikke nævner en bestemmelse.",
        lambda basis: provision_id(basis.provision) if basis.provision else None,
        references="hjemler",
    ),
    Column(
        "hjemmel",
        "Bestemmelsen med lovens titel; tomt, når kilden ikke nævner en bestemmelse.",
        lambda basis: str(basis.provision) if basis.provision else None,
    ),
    Column("bemaerkning", "Registerets bemærkning.", lambda basis: basis.note),
    *GROUNDS,
]
