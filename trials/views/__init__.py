"""The public pages of the trials."""

from trials.views.evaluations import evaluation, evaluation_list
from trials.views.experiences import experience, experience_list
from trials.views.figures import figure_csv, figure_list
from trials.views.glossary import glossary
from trials.views.law import act, law_list, provision
from trials.views.quality import quality
from trials.views.search import search
from trials.views.trial_list import trial_csv, trial_list
from trials.views.trial_page import trial

__all__ = [
    "act",
    "evaluation",
    "evaluation_list",
    "experience",
    "experience_list",
    "figure_csv",
    "figure_list",
    "glossary",
    "law_list",
    "provision",
    "quality",
    "search",
    "trial",
    "trial_csv",
    "trial_list",
]
