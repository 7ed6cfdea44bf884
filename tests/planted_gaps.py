"""Gaps, and faults of the register itself, planted in the clean register (`tests.planted_faults`)."""

from datetime import date

from networks.models import Coordinator
from tests import factories
from tests.clean_register import CONTENT
from tests.planted_contradictions import figure
from trials.enums import DesignStatus, Element, MilestoneKind, Status
from trials.models import Evaluation, Experience, StatusEvent, Trial


def read_by_someone(register):
    factories.make_contradiction("Det ene sted siger et, det andet to.", [register.trial])


def wrong_status(register):
    Trial.objects.filter(pk=register.trial.pk).update(status=Status.PLANNED)


def wrong_part_status(register):
    register.trial.participations.filter(pk=register.participation.pk).update(status=Status.IMPLEMENTING)


def event_without_place(register):
    StatusEvent.objects.create(
        trial=register.trial,
        key=f"{register.source.code}:{register.trial.public_id}:status",
        status=Status.RUNNING,
        effective_on=date(2018, 8, 2),
        known_on=date(2019, 2, 28),
    )


def record_without_place(register):
    factories.make_experience(trials=[register.trial], imported={"text": "x"})


def quotation_elsewhere(register):
    nowhere = figure(register, indicator="Nøgler")
    nowhere.quotation = "står her ikke"
    nowhere.save()


def quotation_too_long(register):
    factories.make_experience(
        trials=[register.trial], source=register.source, section="9.1", quotation=" ".join(["ord"] * 13)
    )


def no_summary(register):
    register.write(summary="")


def no_status(register):
    StatusEvent.objects.filter(trial=register.trial)._raw_delete("default")
    Trial.objects.filter(pk=register.trial.pk).update(status=Status.UNKNOWN)


def inactive(register):
    register.network.is_active = False
    register.network.save()


def shared_with_none(register):
    register.trial.coverages.update(is_shared=True)


def stale_search(register):
    Trial.objects.filter(pk=register.trial.pk).update(title="Et helt andet navn")


def stale_stems(register):
    Trial.objects.filter(pk=register.trial.pk).update(search_stems=" tom ")


def stale_experience(register):
    experience = factories.make_experience(trials=[register.trial])
    Experience.objects.filter(pk=experience.pk).update(text="Noget andet.")


def missing_element(register):
    Evaluation.objects.filter(trials=register.trial).update(method_element=Element.MISSING)


def unfinished(register):
    Evaluation.objects.filter(trials=register.trial).update(design_status=DesignStatus.NOT_FINISHED)


def awaiting_design(register):
    Evaluation.objects.filter(trials=register.trial).update(design_status=DesignStatus.AWAITS_PROJECT)


def alone(register):
    for part in register.trial.participations.all():
        part.events.all()._raw_delete("default")
        part.delete()


def idle_member(register):
    factories.make_membership(register.network, factories.make_municipality("Ledig"))


def without_coordinator(register):
    Coordinator.objects.update(to_on=date(2018, 1, 1))


def unknown_part(register):
    other = factories.make_municipality("Stille")
    factories.make_membership(register.network, other)
    factories.make_participation(register.trial, other)


def endless(register):
    register.write(in_force_to=None)


def without_day(register):
    register.write(in_force_from=None, application_round=None)


def undecided(register):
    part = register.participation
    part.decided_on = None
    part.save()


def without_outcome(register):
    factories.make_status(
        register.trial, Status.ENDED, date(2018, 10, 1), evidence=register.said(6, "Forsøget er slut.")
    )


def overdue(register):
    day = date(2019, 6, 1)
    factories.make_milestone(
        "Midtvejs", MilestoneKind.EVALUATION_MIDTERM, [register.trial], planned_from=day, planned_to=day
    )


def uncounted(register):
    for each in register.trial.observations.all():
        each.delete()


def cut_off(register):
    register.write(content=f"{CONTENT} Med forsøget")
