"""The public pages of the trials."""

from trials.views.trial_list import trial_csv, trial_list
from trials.views.trial_page import trial

__all__ = ["trial", "trial_csv", "trial_list"]
