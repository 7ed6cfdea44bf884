"""A small register in which every parameter of the trials' filter tells trials apart. Tests filter it."""

from datetime import date

from networks.enums import TargetGroup
from tests import factories
from trials.enums import BasisKind, BasisRole, DesignStatus, Publication, Reason, Status
from trials.models import Trial

CALLED = {"Mikrolån": "a", "Samtaler": "b", "Boliger": "c", "Parkering": "d", "Kladde": "e"}
"""The titles and the letters that tests know them by."""


def make_rich_register() -> dict[str, Trial]:
    """Four published trials and a draft, by their letters."""
    aalborg, randers, odense = (
        factories.make_municipality(name, code, region_code=region_code, region=region)
        for name, code, region_code, region in (
            ("Aalborg", "851", "1081", "Nordjylland"),
            ("Randers", "730", "1082", "Midtjylland"),
            ("Odense", "461", "1083", "Syddanmark"),
        )
    )
    work, homes = factories.make_network(1, "Arbejde"), factories.make_network(2, "Boliger")
    factories.make_membership(work, aalborg)
    factories.make_focus(factories.make_membership(homes, randers), TargetGroup.ADULTS)
    factories.make_focus(factories.make_membership(homes, odense), TargetGroup.FAMILIES)
    free = factories.make_act()
    social = factories.make_act("serviceloven", "Lov om social service")

    a = factories.make_trial(
        "Mikrolån",
        work,
        status=Status.RUNNING,
        in_force_from=date(2017, 7, 1),
        application_round=factories.make_round(1),
    )
    factories.make_participation(a, aalborg, Status.RUNNING)
    waiting = factories.make_participation(a, randers)
    factories.make_status(waiting, Status.AWAITING, date(2018, 5, 1), reason=Reason.NO_PARTNER)
    factories.make_basis(a, factories.make_provision(25, act=free, subsection=3))
    factories.make_basis(
        a, factories.make_provision(52, act=social, subsection=3, number=1), role=BasisRole.DEVIATES_FROM
    )
    factories.make_observation(trials=[a], to_on=date(2018, 11, 1))

    b = factories.make_trial("Samtaler", work, [aalborg])
    factories.make_status(b, Status.NOT_PURSUED, reason=Reason.EXISTING_LAW)
    factories.make_basis(b, kind=BasisKind.EXISTING_LAW)
    factories.make_evaluation(a, DesignStatus.DESIGNED, [b], evaluator="VIVE", is_external=True)
    factories.make_evaluation(a, "", evaluator="Rambøll", is_external=True)

    c = factories.make_trial(
        "Boliger", homes, in_force_from=date(2018, 1, 1), application_round=factories.make_round(2)
    )
    factories.make_status(c, Status.APPROVED, date(2018, 1, 1))
    factories.make_status(c, Status.RUNNING, date(2018, 6, 1))
    part = factories.make_participation(c, randers)
    factories.make_status(part, Status.PLANNED, date(2018, 3, 1))
    factories.make_status(part, Status.RUNNING, date(2018, 9, 1))
    factories.make_participation(c, odense)
    factories.make_basis(c, factories.make_provision(25, act=free))
    factories.make_basis(c, factories.make_provision(25, "a", act=free), BasisKind.EXPERIMENT_CLAUSE)
    factories.make_evaluation(c, DesignStatus.NOT_FINISHED, is_external=False)
    factories.make_observation(trials=[c], source=factories.make_source(), section="1", quotation="15")

    d = factories.make_trial("Parkering", homes)
    factories.make_contradiction(trials=[d])

    e = factories.make_trial("Kladde", homes, [odense], Status.ENDED, publication=Publication.DRAFT)
    factories.make_basis(e, factories.make_provision(1, act=factories.make_act("kladdeloven", "Kladdeloven")))
    factories.make_evaluation(e, DesignStatus.LATER, evaluator="Hemmelig")
    return {"a": a, "b": b, "c": c, "d": d, "e": e}
