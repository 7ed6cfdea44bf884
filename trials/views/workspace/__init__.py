"""The workspace: where those with a role keep their part of the registry up to date."""

from trials.views.workspace.answers import (
    answers,
)
from trials.views.workspace.asking import (
    ask_municipalities,
)
from trials.views.workspace.cell import (
    cell,
    row,
)
from trials.views.workspace.coordinators import (
    coordinators,
)
from trials.views.workspace.evaluations import (
    evaluation,
    evaluation_start,
    evaluation_step,
    evaluations,
)
from trials.views.workspace.experiences import (
    experience_edit,
    experience_new,
    experiences,
)
from trials.views.workspace.figures import (
    figure,
    figures,
)
from trials.views.workspace.grid import (
    confirm,
    grid,
)
from trials.views.workspace.history import (
    network_history,
    network_revert,
    trial_history,
    trial_revert,
)
from trials.views.workspace.home import (
    home,
)
from trials.views.workspace.ideas import (
    idea,
    idea_comment,
    idea_comment_withdraw,
    idea_edit,
    idea_interest,
    idea_networks,
    idea_start,
    ideas,
)
from trials.views.workspace.legal import (
    basis,
    basis_removal,
    join,
    legal_fields,
    new_basis,
    participation,
    participation_removal,
)
from trials.views.workspace.milestones import (
    milestone,
    milestones,
)
from trials.views.workspace.municipality import (
    municipality_answers,
)
from trials.views.workspace.network import (
    network,
)
from trials.views.workspace.own_calendar import (
    own_calendar_file,
    own_calendar_page,
)
from trials.views.workspace.proposals import (
    proposal,
    proposal_list,
)
from trials.views.workspace.reports import answers as template_answers
from trials.views.workspace.reports import report
from trials.views.workspace.sheet import (
    sheet,
    sheet_file,
    sheet_preview,
)
from trials.views.workspace.templates import (
    template,
    template_edit,
    template_new,
    templates,
)
from trials.views.workspace.trial import (
    new_trial,
    publish,
    trial,
)

__all__ = [
    "answers",
    "ask_municipalities",
    "basis",
    "basis_removal",
    "cell",
    "confirm",
    "coordinators",
    "evaluation",
    "evaluation_start",
    "evaluation_step",
    "evaluations",
    "experience_edit",
    "experience_new",
    "experiences",
    "figure",
    "figures",
    "grid",
    "home",
    "idea",
    "idea_comment",
    "idea_comment_withdraw",
    "idea_edit",
    "idea_interest",
    "idea_networks",
    "idea_start",
    "ideas",
    "join",
    "legal_fields",
    "milestone",
    "milestones",
    "municipality_answers",
    "network",
    "network_history",
    "network_revert",
    "new_basis",
    "new_trial",
    "own_calendar_file",
    "own_calendar_page",
    "participation",
    "participation_removal",
    "proposal",
    "proposal_list",
    "publish",
    "report",
    "row",
    "sheet",
    "sheet_file",
    "sheet_preview",
    "template",
    "template_answers",
    "template_edit",
    "template_new",
    "templates",
    "trial",
    "trial_history",
    "trial_revert",
]
