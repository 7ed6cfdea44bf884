"""The lists that can be taken away, by name."""

from trials.evaluation_filters import EvaluationFilter
from trials.experience_filters import ExperienceFilter
from trials.exports.columns import (
    evaluations,
    experiences,
    figures,
    findings,
    law,
    milestones,
    networks,
    outcomes,
    sources,
    statuses,
    trial_texts,
    trials,
)
from trials.exports.filters.finding import FindingFilter
from trials.exports.filters.law import ActFilter, BasisFilter, ProvisionFilter
from trials.exports.filters.network import MembershipFilter, MunicipalityFilter, NetworkFilter, NetworkTextFilter
from trials.exports.filters.source import CellFilter, CorrectionFilter, SourceFilter
from trials.exports.filters.status import ParticipationFilter, StatusEventFilter
from trials.exports.filters.trial import CoverageFilter, OutcomeFilter, TrialTextFilter
from trials.exports.listing import Listing
from trials.figure_filters import FigureFilter
from trials.filters import TrialFilter
from trials.milestone_filters import MilestoneFilter

_WHAT = (
    Listing("forsoeg", "Forsøg", trials.COLUMNS, TrialFilter, trials.rows, "public_id"),
    Listing(
        "forsoegstekster", "Forsøgenes tekster", trial_texts.COLUMNS, TrialTextFilter, trial_texts.rows, "public_id"
    ),
    Listing("deltagelser", "Deltagelser", statuses.PARTICIPATION_COLUMNS, ParticipationFilter, statuses.participations),
    Listing("statushaendelser", "Statushændelser", statuses.EVENT_COLUMNS, StatusEventFilter, statuses.events),
    Listing("udfald", "Udfald", outcomes.COLUMNS, OutcomeFilter, outcomes.rows),
)
_WHO = (
    Listing("netvaerk", "Frikommunenetværk", networks.NETWORK_COLUMNS, NetworkFilter, networks.networks),
    Listing("netvaerkstekster", "Netværkenes tekster", networks.TEXT_COLUMNS, NetworkTextFilter, networks.texts),
    Listing("kommuner", "Kommuner", networks.MUNICIPALITY_COLUMNS, MunicipalityFilter, networks.municipalities),
    Listing("medlemskaber", "Medlemskaber", networks.MEMBERSHIP_COLUMNS, MembershipFilter, networks.memberships),
)
_LAW = (
    Listing("love", "Love og bekendtgørelser", law.ACT_COLUMNS, ActFilter, law.acts),
    Listing("hjemler", "Hjemler", law.PROVISION_COLUMNS, ProvisionFilter, law.provisions),
    Listing("hjemmelsgrundlag", "Forsøgenes hjemmel", law.BASIS_COLUMNS, BasisFilter, law.bases),
)
_LEARNT = (
    Listing(
        "evalueringer",
        "Evalueringer",
        evaluations.EVALUATION_COLUMNS,
        EvaluationFilter,
        evaluations.evaluations,
        "code",
    ),
    Listing(
        "evaluerede_forsoeg", "Evaluerede forsøg", evaluations.COVERAGE_COLUMNS, CoverageFilter, evaluations.coverages
    ),
    Listing("aktivitetstal", "Aktivitetstal", figures.COLUMNS, FigureFilter, figures.rows, "code"),
    Listing("erfaringer", "Erfaringer", experiences.COLUMNS, ExperienceFilter, experiences.rows, "code"),
    Listing("milepaele", "Milepæle", milestones.COLUMNS, MilestoneFilter, milestones.rows, "code"),
)
_SAID = (
    Listing("modstrid", "Datakvalitet", findings.COLUMNS, FindingFilter, findings.rows),
    Listing("kilder", "Kilder", sources.SOURCE_COLUMNS, SourceFilter, sources.sources),
    Listing("kildeceller", "Kildeceller", sources.CELL_COLUMNS, CellFilter, sources.cells),
    Listing("rettelser", "Rettelser", sources.CORRECTION_COLUMNS, CorrectionFilter, sources.corrections),
)

LISTINGS: dict[str, Listing] = {listing.name: listing for listing in (*_WHAT, *_WHO, *_LAW, *_LEARNT, *_SAID)}
"""What is tried, who takes part, the law, what was learnt, and what the sources say."""
