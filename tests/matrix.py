"""The permission matrix: who may do what at every address, said once more and apart from the rules.

A new address below /arbejdsbord/, /konto/ or /bekraeft/ gets a line in PAGES, a new model in the admin one in RECORDS.
Without it `test_permission_matrix.py` fails.
"""

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = (
    "anonymous",
    "nobody",  # an account without a role
    "reader",
    "coordinator",  # of the network in question
    "other_coordinator",
    "contact",  # of the municipality in question
    "other_contact",
    "evaluator",  # of the evaluation in question
    "other_evaluator",
    "ministry",
)
SIGNED_IN = frozenset(ROLES) - {"anonymous"}
ANY_ROLE = SIGNED_IN - {"nobody"}
INSIDE = frozenset({"reader", "coordinator", "other_coordinator", "ministry"})
"""Those with the internal view."""
ELSEWHERE = frozenset({"other_coordinator"})
OUTSIDE = ANY_ROLE - INSIDE
"""Those with a role who see no drafts."""
COORDINATORS = frozenset({"coordinator", "other_coordinator", "ministry"})
KEEPERS = frozenset({"coordinator", "ministry"})
"""Those who keep the record in question."""
ANSWERING = KEEPERS | {"contact"}
EVALUATING = KEEPERS | {"evaluator"}
FOLLOWERS = KEEPERS | {"reader"}
WRITING_IDEAS = KEEPERS | {"contact"}
READING_IDEAS = WRITING_IDEAS | {"reader"}
SHARING = COORDINATORS | {"reader", "contact"}
"""Those who share ideas in some network, or read along."""
MINISTRY = frozenset({"ministry"})
NOONE: frozenset[str] = frozenset()

LOGIN, REFUSED, HIDDEN = "login", 403, 404
"""The three ways to be turned away; whoever is let in meets something else."""
NO_METHOD = 405
"""Whoever has a role meets it where nothing is sent, or nothing shown."""


@dataclass(frozen=True)
class Row:
    """Who is let in at an address. Others meet the login, or 403.

    `send`: who may send its form; by default those who may see the page. `hides`: who meets 404 where the address is
    about a draft. `at`: what stands in the address: the parameter's name, and where in
    the world its value is, "trial.public_id". `open`: one who is not signed in is let in as well. `missing`: what the
    address is about is not there, so that whoever is let in meets 404.
    `unseen`: who is told of nothing, draft or not. `sent`: what whoever is let in meets when he sends an empty form.
    """

    see: frozenset[str]
    send: frozenset[str] | None = None
    hides: frozenset[str] = frozenset()
    open: bool = False
    missing: bool = False
    unseen: frozenset[str] = frozenset()
    sent: Any = None
    at: dict[str, str] = field(default_factory=dict)
    query: str = ""

    def expected(self, role: str, method: str, draft: bool) -> Any:
        """The way to be turned away, or None for one who is let in."""
        met = HIDDEN if self.missing else self.sent if method == "post" else None
        if role == "anonymous":
            return met if self.open else LOGIN
        if role in self.unseen or (draft and role in self.hides):
            return HIDDEN
        let_in = self.see if method == "get" or self.send is None else self.send
        return met if role in let_in else REFUSED

    def arguments(self, world: Any) -> dict[str, Any]:
        return {name: reduce(getattr, path.split("."), world) for name, path in self.at.items()}


NETWORK = {"slug": "network.slug"}
TRIAL = {"public_id": "trial.public_id"}
EVALUATION = {"slug": "evaluation.slug"}
IDEA = {"pk": "idea.pk"}
TEMPLATE = {**NETWORK, "pk": "template.pk"}

PAGES: dict[str, Row] = {
    "trials:workspace": Row(ANY_ROLE),
    "trials:workspace_network": Row(FOLLOWERS, at=NETWORK),
    "trials:workspace_network_history": Row(FOLLOWERS, at=NETWORK),
    "trials:workspace_network_revert": Row(KEEPERS, at={**NETWORK, "pk": "nothing"}, missing=True),
    "trials:workspace_grid": Row(KEEPERS, at=NETWORK),
    "trials:workspace_confirm": Row(KEEPERS, at=NETWORK),
    "trials:workspace_row": Row(KEEPERS, at={**NETWORK, **TRIAL}),
    "trials:workspace_cell": Row(KEEPERS, at={**NETWORK, **TRIAL, "place": "municipality.code"}),
    "trials:workspace_trial": Row(KEEPERS, hides=OUTSIDE, at=TRIAL),
    "trials:workspace_publish": Row(MINISTRY, hides=OUTSIDE, at=TRIAL),
    "trials:workspace_legal_fields": Row(KEEPERS, hides=OUTSIDE, at=TRIAL),
    "trials:workspace_join": Row(KEEPERS, hides=OUTSIDE, at=TRIAL),
    "trials:workspace_participation": Row(KEEPERS, hides=OUTSIDE, at={**TRIAL, "pk": "participation.pk"}),
    "trials:workspace_participation_removal": Row(KEEPERS, hides=OUTSIDE, at={**TRIAL, "pk": "participation.pk"}),
    "trials:workspace_new_basis": Row(KEEPERS, hides=OUTSIDE, at=TRIAL),
    "trials:workspace_basis": Row(KEEPERS, hides=OUTSIDE, at={**TRIAL, "pk": "basis.pk"}),
    "trials:workspace_basis_removal": Row(KEEPERS, hides=OUTSIDE, at={**TRIAL, "pk": "basis.pk"}),
    "trials:workspace_trial_history": Row(FOLLOWERS, hides=OUTSIDE, at=TRIAL),
    "trials:workspace_trial_revert": Row(KEEPERS, hides=OUTSIDE, at={**TRIAL, "pk": "nothing"}, missing=True),
    "trials:workspace_new_trial": Row(KEEPERS, at=NETWORK),
    "trials:workspace_proposals": Row(ANY_ROLE),
    "trials:workspace_proposal": Row(KEEPERS, MINISTRY, at={"pk": "proposal.pk"}),
    "trials:figures_kept": Row(KEEPERS, hides=OUTSIDE, at=TRIAL),
    "trials:figure_kept": Row(KEEPERS, hides=OUTSIDE, at={**TRIAL, "slug": "figure.code"}),
    "trials:templates": Row(INSIDE | {"contact"}, KEEPERS, at=NETWORK),
    "trials:template_new": Row(KEEPERS, at=NETWORK),
    "trials:template": Row(INSIDE | {"contact"}, at=TEMPLATE),
    "trials:template_edit": Row(KEEPERS, at=TEMPLATE),
    "trials:template_answers": Row(INSIDE | {"contact"}, hides=frozenset({"contact"}), at={**TEMPLATE, **TRIAL}),
    "trials:report": Row(
        ANSWERING, hides=frozenset({"contact"}), at={**TEMPLATE, **TRIAL, "municipality": "municipality.slug"}
    ),
    "trials:experiences_kept": Row(KEEPERS, at=NETWORK),
    "trials:experience_new": Row(KEEPERS, at=NETWORK),
    "trials:experience_kept": Row(KEEPERS, at={**NETWORK, "code": "experience.slug"}),
    "trials:milestones_kept": Row(KEEPERS, at=NETWORK),
    "trials:milestone_kept": Row(KEEPERS, at={**NETWORK, "code": "milestone.slug"}),
    "trials:workspace_evaluations": Row(ANY_ROLE),
    "trials:workspace_evaluation": Row(EVALUATING | {"reader"}, hides=OUTSIDE - {"evaluator"}, at=EVALUATION),
    "trials:evaluation_step": Row(EVALUATING, hides=OUTSIDE - {"evaluator"}, at={**EVALUATION, "step": "step"}),
    "trials:evaluation_start": Row(COORDINATORS),
    "trials:idea_networks": Row(SHARING),
    "trials:ideas": Row(READING_IDEAS, at=NETWORK),
    "trials:idea_start": Row(WRITING_IDEAS, at=NETWORK),
    "trials:idea": Row(READING_IDEAS, unseen=ELSEWHERE, at=IDEA),
    "trials:idea_edit": Row(KEEPERS, unseen=ELSEWHERE, at=IDEA),
    "trials:idea_comment": Row(WRITING_IDEAS, unseen=ELSEWHERE, at=IDEA),
    "trials:idea_comment_withdraw": Row(KEEPERS, unseen=ELSEWHERE, at={**IDEA, "comment": "comment.pk"}),
    "trials:idea_interest": Row(WRITING_IDEAS, KEEPERS, unseen=ELSEWHERE, at=IDEA),
    "trials:ask_municipalities": Row(KEEPERS, at=NETWORK),
    "trials:answers": Row(KEEPERS, at=NETWORK, sent=HIDDEN),
    "trials:coordinators": Row(KEEPERS, at=NETWORK),
    "trials:municipality_answers": Row(ANSWERING, at={"slug": "municipality.slug"}),
    "trials:own_calendar": Row(ANY_ROLE),
    "trials:own_calendar_file": Row(SIGNED_IN, open=True, at={"token": "text"}, missing=True),
    "trials:answer_link": Row(SIGNED_IN, open=True, at={"token": "text"}, missing=True),
    "trials:workspace_sheet": Row(KEEPERS, at=NETWORK),
    "trials:workspace_sheet_file": Row(KEEPERS, at=NETWORK),
    "trials:workspace_sheet_preview": Row(KEEPERS, at={**NETWORK, "upload": "nothing"}, missing=True),
    "account_login": Row(SIGNED_IN, open=True),
    "account_logout": Row(SIGNED_IN, open=True),
    "account_inactive": Row(SIGNED_IN, open=True),
    "account_signup": Row(SIGNED_IN, open=True),
    "account_reset_password": Row(SIGNED_IN, open=True),
    "account_reset_password_done": Row(SIGNED_IN, open=True),
    "account_reset_password_from_key_done": Row(SIGNED_IN, open=True),
    "account_reset_password_from_key": Row(SIGNED_IN, open=True, at={"uidb36": "text", "key": "text"}),
    "account_change_password": Row(SIGNED_IN),
    "account_set_password": Row(SIGNED_IN),
    "account_reauthenticate": Row(SIGNED_IN),
    "kept_form": Row(SIGNED_IN),
    "mfa_index": Row(SIGNED_IN),
    "mfa_authenticate": Row(SIGNED_IN),
    "mfa_reauthenticate": Row(SIGNED_IN),
    "mfa_activate_totp": Row(SIGNED_IN),
    "mfa_generate_recovery_codes": Row(SIGNED_IN),
    "admin:index": Row(INSIDE),
    "admin:logout": Row(INSIDE),
    "admin:password_change": Row(INSIDE),
    "admin:password_change_done": Row(INSIDE),
    "admin:jsi18n": Row(INSIDE),
    "admin:app_list": Row(INSIDE, at={"app_label": "app_label"}),
    "admin:autocomplete": Row(
        INSIDE, INSIDE, query="?app_label=trials&model_name=participation&field_name=trial&term="
    ),
    "admin:view_on_site": Row(INSIDE, at={"content_type_id": "content_type.pk", "object_id": "trial.pk"}),
    "admin:auth_user_password_change": Row(MINISTRY, at={"id": "account.pk"}),
    "admin:trials_trial_status": Row(KEEPERS, at={"pk": "trial.pk"}),
    "admin:trials_trial_status_revert": Row(KEEPERS, at={"pk": "trial.pk", "event": "event.pk"}),
    "admin:trials_participation_status": Row(KEEPERS, at={"pk": "participation.pk"}),
    "admin:trials_participation_status_revert": Row(KEEPERS, at={"pk": "participation.pk", "event": "own_event.pk"}),
    "admin:trials_assessment_findings": Row(INSIDE),
    "admin:trials_assessment_assess": Row(MINISTRY, query="?fund={finding}"),
}

NOT_THERE = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
"""Addresses about what the user has not yet: for the signed in 404, for others the login."""


TO_THE_LOGIN = {"admin:login"}
"""Addresses that lead everyone to the login, and from there to where he was going."""


@dataclass(frozen=True)
class Records:
    """Who may do what with the records of a model in the admin."""

    view: frozenset[str] = INSIDE
    add: frozenset[str] = MINISTRY
    change: frozenset[str] = MINISTRY
    delete: frozenset[str] = MINISTRY
    unseen: frozenset[str] = NOONE
    """Who sees the list, and is told of nothing of another network's."""


READ_ONLY = Records(add=NOONE, change=NOONE, delete=NOONE)
KEPT = Records(change=KEEPERS)
LEARNT = Records(add=COORDINATORS, change=KEEPERS, delete=KEEPERS)
SHARED = Records(add=NOONE, change=NOONE, delete=NOONE, unseen=ELSEWHERE)
FOR_MINISTRY = Records(view=MINISTRY)
MINISTRY_READS = Records(view=MINISTRY, add=NOONE, change=NOONE, delete=NOONE)

RECORDS: dict[str, Records] = {
    "trials.trial": KEPT,
    "trials.participation": KEPT,
    "trials.observation": LEARNT,
    "trials.experience": LEARNT,
    "trials.milestone": LEARNT,
    "trials.evaluation": KEPT,
    "trials.coverage": LEARNT,
    "trials.evaluationtrait": LEARNT,
    "trials.outcome": Records(),
    "trials.legalbasis": Records(),
    "trials.act": Records(),
    "trials.provision": Records(),
    "trials.correction": Records(),
    "trials.contradiction": Records(),
    "trials.contradictionplace": Records(),
    "trials.assessment": Records(),
    "trials.assignment": FOR_MINISTRY,
    "trials.source": READ_ONLY,
    "trials.sourcecell": READ_ONLY,
    "trials.statusevent": READ_ONLY,
    "trials.proposal": READ_ONLY,
    "trials.template": READ_ONLY,
    "trials.question": READ_ONLY,
    "trials.report": READ_ONLY,
    "trials.answer": READ_ONLY,
    "trials.idea": SHARED,
    "trials.ideacomment": SHARED,
    "trials.ideainterest": SHARED,
    "trials.confirmationrequest": MINISTRY_READS,
    "trials.municipalanswer": MINISTRY_READS,
    "trials.reminder": MINISTRY_READS,
    "trials.calendarkey": MINISTRY_READS,
    "trials.sheetdownload": MINISTRY_READS,
    "trials.sheetupload": MINISTRY_READS,
    "networks.programme": Records(),
    "networks.applicationround": Records(),
    "networks.municipality": Records(),
    "networks.network": Records(),
    "networks.membership": Records(),
    "networks.networktext": Records(),
    "networks.focus": Records(),
    "networks.guidance": Records(),
    "networks.coordinator": Records(),
    "networks.municipalcontact": FOR_MINISTRY,
    "networks.office": FOR_MINISTRY,
    "networks.changeset": READ_ONLY,
    "networks.changeentry": READ_ONLY,
    "auth.user": Records(view=MINISTRY, delete=NOONE),
    "auth.group": Records(view=NOONE, add=NOONE, change=NOONE, delete=NOONE),
}

EDITORIAL = ("/admin/", "/arbejdsbord/", "/konto/", "/bekraeft/")


def addresses() -> dict[str, str]:
    """Every address of the site as it is configured, and the full name that it has; nameless ones are left empty."""
    found: dict[str, str] = {}

    def walk(resolver: URLResolver, route: str, names: tuple[str, ...]) -> None:
        for pattern in resolver.url_patterns:
            here = route + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                found[here] = ":".join((*names, pattern.name)) if pattern.name else ""
            else:
                walk(pattern, here, (*names, pattern.namespace) if pattern.namespace else names)

    walk(get_resolver(), "/", ())
    return found
