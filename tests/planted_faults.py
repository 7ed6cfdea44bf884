"""The faults that tests plant in the clean register, one at a time, each for the rule that must find it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from networks.enums import Standing, TextKind
from networks.models import Coordinator, Membership
from tests import factories
from tests.clean_register import CONTENT, make_clean_register, make_law
from trials.enums import Accuracy, BasisKind, DesignStatus, Element, MilestoneKind, Reason, Status, Unit
from trials.models import Evaluation, Experience, StatusEvent, Trial


@dataclass(frozen=True)
class Fault:
    """A fault: the rule that finds it, how it is planted, words of the message, and how many places it has."""

    code: str
    plant: Callable
    says: str
    places: int = 2


def figure(register, **fields):
    evidence = register.said(6, f"{fields.get('indicator', 'Borgere')}: {fields.get('value', 15)}.")
    place = {"source": register.source, "cell": evidence.cell, "quotation": evidence.quotation}
    return factories.make_observation(**{"trials": [register.trial]} | place | fields)


def before_round(register):
    register.write(in_force_from=date(2016, 3, 1), application_round=None)


def before_law(register):
    make_law(register, date(2018, 5, 1))


def after_source(register):
    register.write(in_force_from=date(2019, 7, 1), application_round=None)


def off_round(register):
    register.write(in_force_from=date(2018, 2, 1), application_round=None)


def wrong_round(register):
    register.write(application_round=factories.make_round(3))


def same_basis(register):
    provision = register.trial.legal_bases.get().provision
    factories.make_basis(register.trials[1], provision)
    register.write(register.trials[1], in_force_from=date(2018, 7, 1), application_round=factories.make_round(3))


def too_early(register):
    register.write(in_force_from=date(2018, 10, 1), application_round=None)


def part_too_early(register):
    other = factories.make_municipality("Vest")
    factories.make_membership(register.network, other)
    part = factories.make_participation(register.trial, other, decided_on=date(2017, 6, 1))
    factories.make_status(part, Status.STARTED, date(2017, 12, 1), evidence=register.said(6, "Vest er i gang"))


def made_general(register):
    evidence = register.in_section("9.1", "omsat til lov")
    factories.make_status(register.trial, Status.MADE_GENERAL, date(2018, 8, 2), evidence=evidence)
    factories.make_outcome(register.trial)
    register.write(in_force_from=date(2018, 8, 2), application_round=None)


def awaits(register):
    evidence = register.said(6, "Afventer ministeriet.")
    factories.make_status(register.trial, Status.AWAITING, date(2018, 9, 1), reason=Reason.AUTHORITY, evidence=evidence)


def late_decision(register):
    part = register.participation
    part.decided_on = date(2018, 10, 2)
    part.save()


def _placed(register, words):
    return {"source": register.source, "section": "9.1", "quotation": words}


def late_milestone(register):
    day = date(2020, 3, 1)
    factories.make_milestone(
        "Konvent", MilestoneKind.MEETING, [register.trial], actual_from=day, actual_to=day, **_placed(register, "holdt")
    )


def late_outcome(register):
    factories.make_outcome(register.trial, effective_on=date(2019, 7, 1), **_placed(register, "blev lov"))


def late_event(register):
    evidence = register.in_section("9.1", "sat i værk")
    factories.make_status(register.trial, Status.IMPLEMENTING, date(2019, 3, 1), evidence=evidence)


def early_outcome(register):
    factories.make_outcome(register.trial, effective_on=date(2017, 12, 31), **_placed(register, "blev lov"))


def outsider(register):
    figure(register, municipalities=[factories.make_municipality("Fremmed")], value=3)


def parts_too_large(register):
    whole = figure(register, indicator="Hold", value=10)
    figure(register, indicator="Hold om aftenen", value=11, part_of=whole)


def part_of_about(register):
    whole = figure(register, indicator="Hold", value=100, accuracy=Accuracy.ABOUT)
    figure(register, indicator="Hold om aftenen", value=111, part_of=whole)


def parts_too_small(register):
    whole = figure(register, indicator="Hold", value=10)
    for indicator in ("Hold om aftenen", "Hold om dagen"):
        figure(register, indicator=indicator, value=4, part_of=whole)


def shares(register):
    for when, value in (("om dagen", 58), ("om aftenen", 29), ("om natten", 12)):
        figure(register, indicator=f"Andel af turene {when}", value=value, unit=Unit.PERCENT)


def share_over_whole(register):
    figure(register, indicator="Andel af turene", value=101, unit=Unit.PERCENT)


def disagreeing(register):
    figure(register, indicator="Nøgler", value=20, to_on=date(2018, 12, 1))
    figure(register, indicator="Nøgler", value=25, to_on=date(2018, 12, 1))


def late_figure(register):
    figure(register, indicator="Nøgler", to_on=date(2019, 3, 2), from_on=date(2019, 3, 1))


def early_figure(register):
    figure(register, indicator="Nøgler", to_on=date(2017, 12, 31))


def _drop(register, trial=None):
    trial = trial or register.trial
    evidence = register.said(6, "Forsøget opgives.", trial)
    factories.make_status(trial, Status.NOT_PURSUED, date(2018, 9, 1), reason=Reason.NO_NEED, evidence=evidence)
    factories.make_outcome(trial, decision="dropped")


def dropped(register):
    _drop(register)


def wrong_number_in_content(register):
    text = f"{CONTENT} Det prøves i de fem kommuner."
    register.said(3, "Det prøves i de fem kommuner.")
    register.write(content=text)


def wrong_number_in_chapter(register):
    factories.make_status(
        register.trials[1],
        Status.IMPLEMENTING,
        date(2018, 9, 1),
        evidence=register.in_section("9.1", "alle 7 kommuner"),
    )


def wrong_number_of_members(register):
    factories.make_network_text(register.network, text="Arbejdet foregår i alle fire kommuner.")


def wrong_number_of_trials(register):
    factories.make_network_text(
        register.network, TextKind.STATUS, source_place="Afsnit 9.1", quotation="der er i alt 12 forsøg"
    )


def wrong_number_in_event(register):
    factories.make_status(
        register.trial, Status.STARTED, date(2018, 9, 1), evidence=register.in_section("9.1", "alle tre forsøg")
    )


def wrong_programme(register):
    register.network.programme.accommodated = 3
    register.network.programme.save()


def other_duration(register):
    register.write(title="Lys i op til 1/2 år", content="Lyset må brænde i tre år.")


def other_paragraph(register):
    register.write(title="Fritagelse fra § 12", content="Forsøget fraviger § 14 i en lov.")


def broken_series(register):
    register.write(title="Haller (et af tre) med lys")


def other_reason(register):
    register.trial.legal_bases.update(kind=BasisKind.EXISTING_LAW)
    coverage = register.trial.coverages.get()
    coverage.description = "Evalueres ikke, da der er tale om en generel regelændring."
    coverage.save()


def existing_called_general(register):
    register.trial.legal_bases.update(kind=BasisKind.GENERAL_CHANGE)
    register.write(content="Det kan ske inden for de gældende regler.")


def former_member(register):
    name = register.members[0].name
    factories.make_network_text(register.network, TextKind.FORMER_MEMBER, f"{name} var med tidligere.")


def all_started(register):
    evidence = register.in_section("9.1", "alle forsøg er nu igangsat")
    factories.make_status(register.trials[1], Status.STARTED, date(2018, 9, 1), evidence=evidence)
    register.said(6, "Forsøget er endnu ikke kommet i gang.")
    register.write(implementation="Forsøget er endnu ikke kommet i gang.")


def all_started_in_text(register):
    text = {"source_place": "Afsnit 9.1", "quotation": "Alle netværkets forsøg er iværksat"}
    factories.make_network_text(register.network, TextKind.STATUS, **text)
    register.write(implementation="Det forventes, at kommunen vil gå i gang næste år.")


def part_of_dropped(register):
    _drop(register)


def disagreement(register):
    for part in register.trial.participations.all():
        factories.make_status(part, Status.ENDED, date(2018, 10, 1), evidence=register.in_section("9.1", "er slut"))


def no_member(register):
    Membership.objects.filter(municipality=register.members[0]).delete()


def passive_member(register):
    Membership.objects.filter(municipality=register.members[0]).update(standing=Standing.PASSIVE)


def unsettled(register):
    basis = register.trial.legal_bases.get()
    basis.kind, basis.source, basis.cell = BasisKind.UNSETTLED, register.source, register.cell(5)
    basis.save()


def alike_elsewhere(register):
    other = make_clean_register(5, trials=1)
    register.write(other.trial, title="Natlys i haller og sale", content=f"{CONTENT} Det er nyt.")


def alike_here(register):
    register.write(register.trials[1], title="Natlys i sale", content=CONTENT)


def exemption_elsewhere(register):
    other = make_clean_register(5, trials=1)
    factories.make_basis(other.trial, register.trial.legal_bases.get().provision)


def exemption_here(register):
    basis = register.trials[1].legal_bases.get()
    basis.provision = register.trial.legal_bases.get().provision
    basis.save()


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
    for figure in register.trial.observations.all():
        figure.delete()


def cut_off(register):
    register.write(content=f"{CONTENT} Med forsøget")


FAULTS = [
    Fault(
        "in_force_before_law",
        before_round,
        "fra 1.3.2016, men den første ansøgningsrunde trådte først i kraft 1.7.2017",
    ),
    Fault("in_force_before_law", before_law, "»Loven vedtages« er 1.5.2018", 3),
    Fault("in_force_after_source", after_source, "fra 1.7.2019, men kilden er fra februar 2019", 3),
    Fault("in_force_off_round", off_round, "fra 1.2.2018", 4),
    Fault("round_mismatch", wrong_round, "hører til 3. runde, der trådte i kraft 1.7.2018"),
    Fault("same_basis_other_day", same_basis, "fra 1.1.2018 og 1.7.2018", 4),
    Fault("under_way_before_in_force", too_early, "senest den 1.8.2018, men undtagelsen gælder først fra 1.10.2018"),
    Fault("under_way_before_in_force", part_too_early, "»Igangsat« senest den 1.12.2017"),
    Fault("general_law_when_in_force", made_general, "omsat til generel lov 2.8.2018"),
    Fault("in_force_but_awaits_authority", awaits, "men venter stadig (afventer et ministerium"),
    Fault("decided_after_deadline", late_decision, "2.10.2018, men fristen var 1.10.2018"),
    Fault("happened_after_source", late_milestone, "sket 1.3.2020, men kilden er fra februar 2019"),
    Fault("happened_after_source", late_outcome, "sket 1.7.2019, men kilden er fra februar 2019"),
    Fault("happened_after_source", late_event, "sket 1.3.2019, men kilden er fra februar 2019"),
    Fault("outcome_before_in_force", early_outcome, "fra 31.12.2017, men undtagelsen gælder først fra 1.1.2018"),
    Fault("figure_of_outsider", outsider, "Fremmed Kommune i FKII-4-01 (3 borgere)"),
    Fault("parts_against_whole", parts_too_large, "10 borgere, men delene giver 11"),
    Fault("parts_against_whole", part_of_about, "100 borgere, men delene giver 111"),
    Fault("parts_against_whole", parts_too_small, "10 borgere, men delene giver 8", 3),
    Fault("shares_not_100", shares, "58 + 29 + 12 = 99 procent", 3),
    Fault("shares_not_100", share_over_whole, "101 procent", 1),
    Fault("figures_disagree", disagreeing, "både 20 borgere og 25 borgere"),
    Fault("figure_at_wrong_time", late_figure, "fra 1.3.2019, men kilden er fra februar 2019", 1),
    Fault("figure_at_wrong_time", early_figure, "fra 31.12.2017, men undtagelsen gælder fra 1.1.2018"),
    Fault("figure_of_dropped", dropped, "gennemføres ikke, men der er et tal"),
    Fault("municipality_count", wrong_number_in_content, "i 5 kommuner, men rækken nævner 2"),
    Fault("municipality_count", wrong_number_in_chapter, "i 7 kommuner, men rækken nævner 2"),
    Fault("member_count", wrong_number_of_members, "med 4 kommuner"),
    Fault("trial_count", wrong_number_of_trials, "12 forsøg, men tabellen har 2", 3),
    Fault("trial_count", wrong_number_in_event, "3 forsøg, men tabellen har 2", 3),
    Fault("accommodated_count", wrong_programme, "3 imødekomne forsøg, men registeret har 2"),
    Fault("title_differs", other_duration, "(6 måneder) end indholdet (36 måneder)"),
    Fault("title_differs", other_paragraph, "(§ 12) end indholdet (§ 14)"),
    Fault("series_incomplete", broken_series, "tæller 3 forsøg i rækken, men tabellen har 1", 1),
    Fault("reason_differs_from_basis", other_reason, "generel regelændring", 3),
    Fault("reason_differs_from_basis", existing_called_general, "gældende regler"),
    Fault("former_member_listed", former_member, "tidligere medlem"),
    Fault("all_started", all_started, "»alle forsøg er nu igangsat«"),
    Fault("all_started", all_started_in_text, "»Alle netværkets forsøg er iværksat«"),
    Fault("evaluated_but_dropped", dropped, "der er en evaluering af det"),
    Fault("participation_of_dropped", part_of_dropped, "har status »I drift«"),
    Fault("status_disagreement", disagreement, "har status »I drift«, men dets kommuner", 2),
    Fault("participation_of_non_member", no_member, "ikke medlem"),
    Fault("participation_of_non_member", passive_member, "passivt medlem"),
    Fault("unsettled_but_in_force", unsettled, "fra 1.1.2018, men om hjemlen står der"),
    Fault("near_duplicate", alike_elsewhere, "i hver sit netværk", 4),
    Fault("near_duplicate", alike_here, "i samme netværk", 4),
    Fault("same_exemption", exemption_elsewhere, "FKII-4-01 og FKII-5-01 hviler på samme undtagelse"),
    Fault("same_exemption", exemption_here, "FKII-4-01 og FKII-4-02 hviler på samme undtagelse"),
    Fault("read", read_by_someone, "Det ene sted siger et"),
    Fault("status_out_of_step", wrong_status, "»Planlagt«, men hændelserne giver »I drift«", 0),
    Fault("status_out_of_step", wrong_part_status, "»Under implementering«, men hændelserne giver »I drift«", 0),
    Fault("record_without_place", event_without_place, "intet sted i kilden", 0),
    Fault("record_without_place", record_without_place, "intet sted i kilden", 0),
    Fault("quotation_not_in_source", quotation_elsewhere, "»står her ikke«", 1),
    Fault("quotation_not_in_source", quotation_too_long, "over 12 ord", 1),
    Fault("published_incomplete", no_summary, "uden kort beskrivelse", 1),
    Fault("published_incomplete", no_status, "uden status", 1),
    Fault("inactive_with_trials", inactive, "2 offentliggjorte forsøg", 0),
    Fault("shared_without_described", shared_with_none, "ikke beskrevet under noget forsøg", 1),
    Fault("search_out_of_step", stale_search, "FKII-4-01", 0),
    Fault("search_out_of_step", stale_stems, "FKII-4-01", 0),
    Fault("search_out_of_step", stale_experience, "svarer ikke til erfaringen", 0),
    Fault("design_element_missing", missing_element, "mangler metode", 1),
    Fault("design_unfinished", unfinished, "ikke færdiggjort"),
    Fault("design_unfinished", awaiting_design, "afventer et konkret projekt"),
    Fault("no_participation", alone, "ingen forsøgskommuner", 1),
    Fault("member_without_trial", idle_member, "Ledig Kommune", 0),
    Fault("no_coordinator", without_coordinator, "ingen koordinator", 0),
    Fault("participation_unknown", unknown_part, "ikke oplyst for Stille"),
    Fault("no_end_date", endless, "1 forsøg", 0),
    Fault("no_in_force_date", without_day, "FKII-4-01"),
    Fault("no_decision_date", undecided, "1 forsøgskommuner", 0),
    Fault("no_outcome", without_outcome, "»Afsluttet«, men intet udfald", 1),
    Fault("milestone_overdue", overdue, "»Midtvejs«, planlagt til senest 1.6.2019", 1),
    Fault("no_figures", uncounted, "ingen aktivitetstal", 1),
    Fault("text_cut_off", cut_off, "Med forsøget", 1),
]
