"""What the tests of the admin share: its addresses, one of everything, and what a browser sends from its pages."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from networks.enums import Channel, GuidanceLevel
from networks.models import ChangeEntry, ChangeSet, Coordinator, Guidance, MunicipalContact, Office
from tests import factories, roles
from trials.enums import Method, Status
from trials.models import (
    Answer,
    Assessment,
    Assignment,
    CalendarKey,
    ConfirmationRequest,
    EvaluationTrait,
    Idea,
    IdeaComment,
    IdeaInterest,
    MunicipalAnswer,
    Proposal,
    Question,
    Reminder,
    Report,
    SheetDownload,
    SheetUpload,
    Source,
    SourceCell,
    StatusEvent,
    Template,
    Trial,
)

REGISTERED = list(admin.site._registry)
OURS = [model for model in REGISTERED if model._meta.app_label in ("networks", "trials")]
READ_ONLY = [
    Proposal,
    Source,
    SourceCell,
    StatusEvent,
    Template,
    Question,
    Report,
    Answer,
    Idea,
    IdeaComment,
    IdeaInterest,
    CalendarKey,
    ConfirmationRequest,
    MunicipalAnswer,
    Reminder,
    SheetDownload,
    SheetUpload,
    ChangeSet,
    ChangeEntry,
]
MANAGEMENT = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make_one_of_everything(index: int) -> None:
    """A record of every registered model, each trial with all that hangs on it."""
    programme = factories.make_programme(f"P{index}")
    factories.make_round(index, None, programme)
    network = factories.make_network(index, programme=programme)
    municipality = factories.make_municipality()
    factories.make_membership(network, municipality)
    trial = factories.make_trial(f"Forsøg {index}", network, status=Status.APPROVED, in_force_from=date(2017, 7, 1))
    cells = factories.make_cells(trial)
    place: Any = {"cell": cells[1], "source": cells[1].source}
    factories.make_participation(trial, municipality, Status.RUNNING, decided_on=date(2018, 1, 1), **place)
    provision = factories.make_provision(index, act=factories.make_act(f"lov-{index}", f"Lov nr. {index}"))
    factories.make_basis(trial, provision, **place)
    factories.make_evaluation(trial)
    factories.make_correction(cells[0], "Tekst", "Tegn")
    factories.make_source(f"note-{index}")
    user = get_user_model().objects.create_user(f"redaktør {index}")
    Group.objects.create(name=f"Gruppe {index}")
    make_what_was_learnt(trial, user, index)
    make_what_goes_outward(trial)
    make_roles(trial, municipality, user)


def make_what_was_learnt(trial: Trial, user, index: int) -> None:
    """A figure, an experience, a milestone, an outcome, a contradiction, and what is told of the trial's network."""
    municipality = trial.participations.get().municipality
    factories.make_observation(trials=[trial], municipalities=[municipality])
    factories.make_experience(trials=[trial], municipalities=[municipality])
    factories.make_milestone(trials=[trial])
    factories.make_outcome(trial)
    factories.make_contradiction(trials=[trial])
    factories.make_network_text(trial.network)
    idea = factories.make_idea(trial.network, user, municipality=municipality)
    factories.make_comment(idea, user)
    factories.make_interest(idea, user, municipality)
    factories.make_focus(trial.network.memberships.get())
    EvaluationTrait.objects.create(evaluation=trial.evaluations.get(), trait=Method.SURVEY)
    Guidance.objects.create(code=f"G-{index}", level=GuidanceLevel.REQUIRED, topic="coordinator", text="En koordinator")
    factories.make_proposal(trial, by=user)
    factories.make_report(factories.make_template(trial.network), trial.participations.get(), recorded_by=user)
    Assessment.objects.create(finding=f"no_coordinator:{index}", text="Er på vej.", assessed_by=user)


def make_what_goes_outward(trial: Trial) -> None:
    """A question to a municipality, its answer, a reminder, and a calendar."""
    user, part = roles.make_user(), trial.participations.get()
    asked = ConfirmationRequest.objects.create(
        network=trial.network,
        municipality=part.municipality,
        email="kontakt@kommune.example",
        asked_by=user,
        expires_at=timezone.now() + timedelta(days=1),
    )
    MunicipalAnswer.objects.create(request=asked, participation=part, unchanged=True)
    Reminder.objects.create(user=user, key="x", sent_on=date(2019, 1, 1))
    CalendarKey.objects.create(user=user)
    download = SheetDownload.objects.create(network=trial.network, made_by=user, base={})
    SheetUpload.objects.create(download=download, made_by=user, rows={})


def make_roles(trial: Trial, municipality, user) -> None:
    """A role of each kind for `user`, and a change that he made."""
    Coordinator.objects.create(network=trial.network, user=user)
    MunicipalContact.objects.create(municipality=municipality, user=user)
    Office.objects.create(user=user, kind="reader")
    Assignment.objects.create(user=user, evaluation=trial.evaluations.get())
    change_set = ChangeSet.objects.create(channel=Channel.PAGE, made_by=user)
    ChangeEntry.objects.create(change_set=change_set, model="trials.trial", record=trial.pk, version=trial.pk)


def inlines(**rows) -> dict:
    """What the browser sends for the inlines of a page: for each prefix a list of rows; `id` marks old rows."""
    data: dict[str, Any] = {}
    for prefix, sent in rows.items():
        old = sum(1 for row in sent if row.get("id"))
        data |= {f"{prefix}-{name}": value for name, value in MANAGEMENT.items()}
        data |= {f"{prefix}-TOTAL_FORMS": len(sent), f"{prefix}-INITIAL_FORMS": old}
        data |= {f"{prefix}-{number}-{name}": value for number, row in enumerate(sent) for name, value in row.items()}
    return data


def trial_page(trial: Trial, participations=(), legal_bases=(), coverages=(), **changed) -> dict:
    """What the browser sends from the page of a trial, with `changed` fields."""
    fields = (
        "title",
        "summary",
        "content",
        "target_group",
        "implementation",
        "publication",
        "in_force_from",
        "in_force_to",
    )
    data = {name: getattr(trial, name) or "" for name in fields} | {
        "application_round": trial.application_round_id or ""
    }
    rows = inlines(participations=participations, legal_bases=legal_bases, coverages=coverages, outcomes=())
    return data | rows | changed


def errors_of(response) -> str:
    assert response.status_code == 200, "the change was saved"
    context = response.context
    forms = [form for formset in context["inline_admin_formsets"] for form in formset.formset.forms]
    all_errors = [context["adminform"].form.errors, *(form.errors for form in forms)]
    return " ".join(
        [*map(str, all_errors), *(str(f.formset.non_form_errors()) for f in context["inline_admin_formsets"])]
    )
