"""The faults that tests plant in the clean register, one at a time, each for the rule that must find it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests import planted_contradictions as contradictions
from tests import planted_gaps as gaps


@dataclass(frozen=True)
class Fault:
    """A fault: the rule that finds it, how it is planted, words of the message, and how many places it has."""

    code: str
    plant: Callable
    says: str
    places: int = 2


FAULTS = [
    Fault(
        "in_force_before_law",
        contradictions.before_round,
        "fra 1.3.2016, men den første ansøgningsrunde trådte først i kraft 1.7.2017",
    ),
    Fault("in_force_before_law", contradictions.before_law, "»Loven vedtages« er 1.5.2018", 3),
    Fault("in_force_after_source", contradictions.after_source, "fra 1.7.2019, men kilden er fra februar 2019", 3),
    Fault("in_force_off_round", contradictions.off_round, "fra 1.2.2018", 4),
    Fault("round_mismatch", contradictions.wrong_round, "hører til 3. runde, der trådte i kraft 1.7.2018"),
    Fault("same_basis_other_day", contradictions.same_basis, "fra 1.1.2018 og 1.7.2018", 4),
    Fault(
        "under_way_before_in_force",
        contradictions.too_early,
        "senest den 1.8.2018, men undtagelsen gælder først fra 1.10.2018",
    ),
    Fault("under_way_before_in_force", contradictions.part_too_early, "»Igangsat« senest den 1.12.2017"),
    Fault("general_law_when_in_force", contradictions.made_general, "omsat til generel lov 2.8.2018"),
    Fault("in_force_but_awaits_authority", contradictions.awaits, "men venter stadig (afventer et ministerium"),
    Fault("decided_after_deadline", contradictions.late_decision, "2.10.2018, men fristen var 1.10.2018"),
    Fault("happened_after_source", contradictions.late_milestone, "sket 1.3.2020, men kilden er fra februar 2019"),
    Fault("happened_after_source", contradictions.late_outcome, "sket 1.7.2019, men kilden er fra februar 2019"),
    Fault("happened_after_source", contradictions.late_event, "sket 1.3.2019, men kilden er fra februar 2019"),
    Fault(
        "outcome_before_in_force",
        contradictions.early_outcome,
        "fra 31.12.2017, men undtagelsen gælder først fra 1.1.2018",
    ),
    Fault("figure_of_outsider", contradictions.outsider, "Fremmed Kommune i FKII-4-01 (3 borgere)"),
    Fault("parts_against_whole", contradictions.parts_too_large, "10 borgere, men delene giver 11"),
    Fault("parts_against_whole", contradictions.part_of_about, "100 borgere, men delene giver 111"),
    Fault("parts_against_whole", contradictions.parts_too_small, "10 borgere, men delene giver 8", 3),
    Fault("shares_not_100", contradictions.shares, "58 + 29 + 12 = 99 procent", 3),
    Fault("shares_not_100", contradictions.share_over_whole, "101 procent", 1),
    Fault("figures_disagree", contradictions.disagreeing, "både 20 borgere og 25 borgere"),
    Fault("figure_at_wrong_time", contradictions.late_figure, "fra 1.3.2019, men kilden er fra februar 2019", 1),
    Fault("figure_at_wrong_time", contradictions.early_figure, "fra 31.12.2017, men undtagelsen gælder fra 1.1.2018"),
    Fault("figure_of_dropped", contradictions.dropped, "gennemføres ikke, men der er et tal"),
    Fault("municipality_count", contradictions.wrong_number_in_content, "i 5 kommuner, men rækken nævner 2"),
    Fault("municipality_count", contradictions.wrong_number_in_chapter, "i 7 kommuner, men rækken nævner 2"),
    Fault("member_count", contradictions.wrong_number_of_members, "med 4 kommuner"),
    Fault("trial_count", contradictions.wrong_number_of_trials, "12 forsøg, men tabellen har 2", 3),
    Fault("trial_count", contradictions.wrong_number_in_event, "3 forsøg, men tabellen har 2", 3),
    Fault("accommodated_count", contradictions.wrong_programme, "3 imødekomne forsøg, men registeret har 2"),
    Fault("title_differs", contradictions.other_duration, "(6 måneder) end indholdet (36 måneder)"),
    Fault("title_differs", contradictions.other_paragraph, "(§ 12) end indholdet (§ 14)"),
    Fault("series_incomplete", contradictions.broken_series, "tæller 3 forsøg i rækken, men tabellen har 1", 1),
    Fault("reason_differs_from_basis", contradictions.other_reason, "generel regelændring", 3),
    Fault("reason_differs_from_basis", contradictions.existing_called_general, "gældende regler"),
    Fault("former_member_listed", contradictions.former_member, "tidligere medlem"),
    Fault("all_started", contradictions.all_started, "»alle forsøg er nu igangsat«"),
    Fault("all_started", contradictions.all_started_in_text, "»Alle netværkets forsøg er iværksat«"),
    Fault("evaluated_but_dropped", contradictions.dropped, "der er en evaluering af det"),
    Fault("participation_of_dropped", contradictions.part_of_dropped, "har status »I drift«"),
    Fault("status_disagreement", contradictions.disagreement, "har status »I drift«, men dets kommuner", 2),
    Fault("participation_of_non_member", contradictions.no_member, "ikke medlem"),
    Fault("participation_of_non_member", contradictions.passive_member, "passivt medlem"),
    Fault("unsettled_but_in_force", contradictions.unsettled, "fra 1.1.2018, men om hjemlen står der"),
    Fault("near_duplicate", contradictions.alike_elsewhere, "i hver sit netværk", 4),
    Fault("near_duplicate", contradictions.alike_here, "i samme netværk", 4),
    Fault("same_exemption", contradictions.exemption_elsewhere, "FKII-4-01 og FKII-5-01 hviler på samme undtagelse"),
    Fault("same_exemption", contradictions.exemption_here, "FKII-4-01 og FKII-4-02 hviler på samme undtagelse"),
    Fault("read", gaps.read_by_someone, "Det ene sted siger et"),
    Fault("status_out_of_step", gaps.wrong_status, "»Planlagt«, men hændelserne giver »I drift«", 0),
    Fault("status_out_of_step", gaps.wrong_part_status, "»Under implementering«, men hændelserne giver »I drift«", 0),
    Fault("record_without_place", gaps.event_without_place, "intet sted i kilden", 0),
    Fault("record_without_place", gaps.record_without_place, "intet sted i kilden", 0),
    Fault("quotation_not_in_source", gaps.quotation_elsewhere, "»står her ikke«", 1),
    Fault("quotation_not_in_source", gaps.quotation_too_long, "over 12 ord", 1),
    Fault("published_incomplete", gaps.no_summary, "uden kort beskrivelse", 1),
    Fault("published_incomplete", gaps.no_status, "uden status", 1),
    Fault("inactive_with_trials", gaps.inactive, "2 offentliggjorte forsøg", 0),
    Fault("shared_without_described", gaps.shared_with_none, "ikke beskrevet under noget forsøg", 1),
    Fault("search_out_of_step", gaps.stale_search, "FKII-4-01", 0),
    Fault("search_out_of_step", gaps.stale_stems, "FKII-4-01", 0),
    Fault("search_out_of_step", gaps.stale_experience, "svarer ikke til erfaringen", 0),
    Fault("design_element_missing", gaps.missing_element, "mangler metode", 1),
    Fault("design_unfinished", gaps.unfinished, "ikke færdiggjort"),
    Fault("design_unfinished", gaps.awaiting_design, "afventer et konkret projekt"),
    Fault("no_participation", gaps.alone, "ingen forsøgskommuner", 1),
    Fault("member_without_trial", gaps.idle_member, "Ledig Kommune", 0),
    Fault("no_coordinator", gaps.without_coordinator, "ingen koordinator", 0),
    Fault("participation_unknown", gaps.unknown_part, "ikke oplyst for Stille"),
    Fault("no_end_date", gaps.endless, "1 forsøg", 0),
    Fault("no_in_force_date", gaps.without_day, "FKII-4-01"),
    Fault("no_decision_date", gaps.undecided, "1 forsøgskommuner", 0),
    Fault("no_outcome", gaps.without_outcome, "»Afsluttet«, men intet udfald", 1),
    Fault("milestone_overdue", gaps.overdue, "»Midtvejs«, planlagt til senest 1.6.2019", 1),
    Fault("no_figures", gaps.uncounted, "ingen aktivitetstal", 1),
    Fault("text_cut_off", gaps.cut_off, "Med forsøget", 1),
]
