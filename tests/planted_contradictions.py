"""Contradictions planted in the clean register (`tests.planted_faults` says which rule finds each)."""

from datetime import date

from networks.enums import Standing, TextKind
from networks.models import Membership
from tests import factories
from tests.clean_register import CONTENT, make_clean_register, make_law
from trials.enums import Accuracy, BasisKind, MilestoneKind, Reason, Status, Unit


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
