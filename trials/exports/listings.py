"""The lists that can be taken away, by name."""

from trials.exports import figure_columns, trial_columns
from trials.exports.listing import Listing
from trials.figure_filters import FigureFilter
from trials.filters import TrialFilter

LISTINGS: dict[str, Listing] = {
    listing.name: listing
    for listing in (
        Listing("forsoeg", "Forsøg", trial_columns.COLUMNS, TrialFilter, trial_columns.rows, "public_id"),
        Listing("aktivitetstal", "Aktivitetstal", figure_columns.COLUMNS, FigureFilter, figure_columns.rows, "code"),
    )
}
