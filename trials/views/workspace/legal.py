"""What has legal meaning: the ministry changes it, a coordinator proposes it, on the same pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from networks.collision import hold
from trials import proposals
from trials.enums import ProposalKind
from trials.models import LegalBasis, Participation, Trial
from trials.views.workspace.entry import at_work, trial_kept
from trials.views.workspace.trial import warn_of_contact_details, working_page
from trials.workspace import proposing
from trials.workspace.trial_forms import (
    BasisForm,
    CommentForm,
    JoinForm,
    LegalFieldsForm,
    ParticipationForm,
    edits_directly,
)


@dataclass
class Step:
    """A page that changes one thing, or proposes it. `load` fetches the record anew, once the trial is held."""

    request: Any
    trial: Trial
    kind: ProposalKind
    title: str
    form_class: type[forms.ModelForm] | None
    load: Callable[[], Any]
    of: dict[str, Any]

    def __post_init__(self) -> None:
        self.direct = edits_directly(self.request.user, self.trial)
        asked = self.request.POST.get("forslag") or self.request.GET.get("forslag", "")
        self.before = None if self.direct else proposing.proposed_before(self.request.user, asked, self.trial)

    def answer(self, more: dict | None = None):
        """The page, or the way back to the trial when what was sent has been saved or proposed."""
        if self.request.method == "POST":
            with transaction.atomic():
                # The ministry may have published a draft since the page was opened.
                hold(Trial, self.trial.pk)
                self.direct = edits_directly(self.request.user, Trial.objects.get(pk=self.trial.pk))
                form, comment = self._forms(self.request.POST)
                done = self._valid(form, comment) and self._done(form, comment)
                if not done:
                    transaction.set_rollback(True)
            if done:
                return redirect(working_page(self.trial))
        else:
            form, comment = self._forms(None)
        context = {
            "trial": self.trial,
            "network": self.trial.network,
            "title": self.title,
            "form": form,
            "comment": comment,
            "direct": self.direct,
            "before": self.before,
            "kind": self.kind,
        }
        return render(self.request, "workspace/trial/legal.html", context | (more or {}))

    def _forms(self, data):
        initial = proposing.initial_of(self.before)
        form = self.form_class(data, instance=self.load(), initial=initial) if self.form_class else None
        return form, None if self.direct else CommentForm(data, initial=initial)

    def _valid(self, form, comment) -> bool:
        # Both are looked at, so that everything wrong is said at once.
        answers = [each.is_valid() for each in (form, comment) if each is not None]
        return all(answers)

    def _done(self, form, comment) -> bool:
        try:
            self._save(form, comment)
        except ValidationError as refused:
            (comment or form).add_error(None, ValidationError(refused.messages))
            return False
        for each in filter(None, (form, comment)):
            warn_of_contact_details(self.request, each)
        return True

    def _save(self, form, comment) -> None:
        if self.direct:
            self._save_directly(form)
            return
        changes = proposing.changed_in(form) if form else proposing.removal_of(self.load())
        proposals.propose(
            Trial.objects.get(pk=self.trial.pk),
            self.kind,
            changes,
            comment.cleaned_data["comment"],
            self.request.user,
            replaces=self.before,
            **self.of,
        )
        messages.success(self.request, f"{self.title}: foreslået. Ministeriet svarer på forslaget.")

    def _save_directly(self, form) -> None:
        if form:
            form.save()
            messages.success(self.request, f"{self.title}: gemt.")
            return
        record = self.load()
        held = hold(type(record), record.pk)
        if held and not proposing.hangs_on(held):
            held.delete()
            messages.success(self.request, f"{self.title}: fjernet.")


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def legal_fields(request, public_id: str):
    """The trial's title, application round, and the days of its entry into force."""
    trial = trial_kept(request, public_id)
    load = _loader(Trial, trial.pk)
    return Step(request, trial, ProposalKind.TRIAL, "Titel og ikrafttrædelse", LegalFieldsForm, load, {}).answer()


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, public_id: str):
    """A municipality that is to take part."""
    trial = trial_kept(request, public_id)
    return Step(
        request, trial, ProposalKind.JOIN, "Ny forsøgskommune", JoinForm, lambda: Participation(trial=trial), {}
    ).answer()


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def new_basis(request, public_id: str):
    """Something more that the trial rests on or deviates from."""
    trial = trial_kept(request, public_id)
    return Step(
        request, trial, ProposalKind.BASIS, "Ny hjemmel", BasisForm, lambda: LegalBasis(trial=trial), {}
    ).answer()


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request, public_id: str, pk: int):
    """A legal basis of the trial."""
    trial = trial_kept(request, public_id)
    found = get_object_or_404(trial.legal_bases, pk=pk)
    load = _loader(LegalBasis, pk)
    step = Step(request, trial, ProposalKind.BASIS_CHANGE, f"Hjemmel: {found}", BasisForm, load, {"basis": found})
    return step.answer({"removable": "trials:workspace_basis_removal", "record": found})


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def basis_removal(request, public_id: str, pk: int):
    """A legal basis that is to be removed."""
    trial = trial_kept(request, public_id)
    found = get_object_or_404(trial.legal_bases, pk=pk)
    return _removal(request, trial, found, ProposalKind.BASIS_REMOVAL, f"Fjern hjemlen {found}", {"basis": found})


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request, public_id: str, pk: int):
    """A municipality's part: the day of the council's decision, which a coordinator writes."""
    trial = trial_kept(request, public_id)
    found = get_object_or_404(trial.participations.select_related("municipality"), pk=pk)
    title = f"{found.municipality} i {trial.public_id}"
    if request.method == "POST":
        with transaction.atomic():
            form = ParticipationForm(request.POST, instance=hold(Participation, pk))
            if form.is_valid():
                form.save()
        if not form.errors:
            messages.success(request, f"{title}: gemt.")
            return redirect(working_page(trial))
    else:
        form = ParticipationForm(instance=found)
    context = {
        "trial": trial,
        "network": trial.network,
        "title": title,
        "form": form,
        "direct": True,
        "record": found,
        "removable": "" if proposing.hangs_on(found) else "trials:workspace_participation_removal",
        "kept_by_events": proposing.hangs_on(found),
    }
    return render(request, "workspace/trial/legal.html", context)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def participation_removal(request, public_id: str, pk: int):
    """A municipality that was never in the trial and is to be removed. One that stops gets a status instead."""
    trial = trial_kept(request, public_id)
    found = get_object_or_404(trial.participations.select_related("municipality"), pk=pk)
    if proposing.hangs_on(found):
        messages.error(request, f"{found.municipality} har en status. Slutter kommunen, så skift dens status.")
        return redirect("trials:workspace_participation", trial.public_id, pk)
    title = f"Fjern {found.municipality} fra {trial.public_id}"
    return _removal(request, trial, found, ProposalKind.LEAVE, title, {"participation": found})


def _removal(request, trial: Trial, record, kind: ProposalKind, title: str, of: dict):
    step = Step(request, trial, kind, title, None, _loader(type(record), record.pk), of)
    return step.answer({"is_removal": True})


def _loader(model, key) -> Callable[[], Any]:
    return lambda: get_object_or_404(model._base_manager, pk=key)
