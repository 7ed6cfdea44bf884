"""The public pages of the trials."""

from trials.views.answer_link import answer_link
from trials.views.api_guide import api_guide
from trials.views.comparison import comparison
from trials.views.data import data, data_archive, data_catalogue, data_file, data_package
from trials.views.downloads import download
from trials.views.evaluations import evaluation, evaluation_list
from trials.views.experiences import experience, experience_list
from trials.views.feeds import list_atom, municipality_atom, network_atom, provision_atom, trial_changes_atom
from trials.views.figures import figure_list
from trials.views.glossary import glossary
from trials.views.law import act, law_list, provision
from trials.views.milestones import milestone_calendar, milestone_list
from trials.views.numbers import numbers
from trials.views.quality import quality
from trials.views.search import search
from trials.views.trial_json import trial_json
from trials.views.trial_list import trial_list
from trials.views.trial_page import trial

__all__ = [
    "act",
    "answer_link",
    "api_guide",
    "comparison",
    "data",
    "data_archive",
    "data_catalogue",
    "data_file",
    "data_package",
    "download",
    "evaluation",
    "evaluation_list",
    "experience",
    "experience_list",
    "figure_list",
    "glossary",
    "law_list",
    "list_atom",
    "milestone_calendar",
    "milestone_list",
    "municipality_atom",
    "network_atom",
    "numbers",
    "provision",
    "provision_atom",
    "quality",
    "search",
    "trial",
    "trial_changes_atom",
    "trial_json",
    "trial_list",
]
