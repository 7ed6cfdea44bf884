"""A municipality's answer for its own participations: unchanged, or a proposal of what their status is."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone

from trials import workflow
from trials.enums import Status
from trials.models import ConfirmationRequest, MunicipalAnswer, Participation, StatusEvent
from trials.rules import is_ministry, roles_of
from trials.workspace.answer_form import CHANGED, UNCHANGED, AnswerForm


class UsedUp(Exception):
    """The link has been used, or has ended, in the meantime."""


def asked_by_link(request: ConfirmationRequest) -> list[Participation]:
    """What a link shows: the municipality's published participations in the network."""
    parts = Participation.objects.filter(municipality=request.municipality_id, trial__network=request.network_id)
    return _shown(parts.visible_to(AnonymousUser()))


def answered_by(user, municipality) -> list[Participation]:
    """The municipality's participations for which `user` may answer (`trials.answer_for`)."""
    parts = Participation.objects.visible_to(user).filter(municipality=municipality)
    if not is_ministry(user) and municipality.pk not in roles_of(user).municipalities:
        parts = parts.filter(trial__network__in=roles_of(user).networks)
    return _shown(parts)


def _shown(parts) -> list[Participation]:
    """With their trials, the events in effect (newest first) and the proposals that wait. Three queries."""
    events = StatusEvent.objects.in_effect()
    return list(
        parts.select_related("trial__network", "municipality")
        .annotate(newest_event=Max("events__pk"))
        .prefetch_related(
            Prefetch("events", events, to_attr="standing_events"),
            Prefetch("answers", MunicipalAnswer.objects.waiting(), to_attr="waiting_answers"),
        )
        .order_by("trial__network", "trial__number")
    )


class AnswerSheet:
    """The form: one part for each participation. Parts without an answer are left alone."""

    def __init__(self, participations: Sequence[Participation], data=None) -> None:
        self.participations = list(participations)
        self.is_sent = data is not None
        self.all_unchanged = self.is_sent and "alt" in data
        self.data = data
        self.errors: list[str] = []
        self._fill()

    def _fill(self) -> None:
        self.forms = [AnswerForm(each, self.data, self.all_unchanged) for each in self.participations]

    @property
    def answered(self) -> list[AnswerForm]:
        """The parts with an answer."""
        return [form for form in self.forms if form.cleaned_data["choice"] in (UNCHANGED, CHANGED)]

    @property
    def contact_details(self) -> list[str]:
        """E-mail addresses and telephone numbers in the remarks, which will be public."""
        return [found for form in self.forms if self.is_sent for found in form.contact_details]

    @property
    def has_known(self) -> bool:
        """Whether any of the participations has a status that can be unchanged."""
        return any(form.current != Status.UNKNOWN for form in self.forms)

    @property
    def receipt(self) -> str:
        """What was answered, when it has been saved."""
        proposals = sum(form.is_proposal for form in self.answered)
        unchanged = len(self.answered) - proposals
        parts = [f"{unchanged} forsøg er bekræftet uændret"] * bool(unchanged)
        parts += [f"{proposals} forslag er sendt til koordinatoren"] * bool(proposals)
        return f"Tak for svaret: {' og '.join(parts)}."

    def is_valid(self) -> bool:
        """Whether it can be saved; otherwise `errors` says why not."""
        if not self.is_sent:
            return False
        valid = [form.is_valid() for form in self.forms]  # all of them, so that every mistake is told
        if not all(valid):
            self._gather()
        elif self.all_unchanged and any(form.is_changed_too for form in self.forms):
            self.errors = ["Du har valgt en ændring for mindst ét forsøg. Brug »Send svar«, eller fjern ændringen."]
        elif not self.answered:
            self.errors = ["Vælg et svar for mindst ét forsøg."]
        elif self.contact_details and "kontakt-ok" not in self.data:
            self.errors = ["Se advarslen om kontaktoplysninger."]
        return not self.errors

    def save(self, by=None, request: ConfirmationRequest | None = None) -> bool:
        """Write the answers, all or none; False when someone has changed a status in the meantime, which is then said.

        Raises `UsedUp` when `request` has been answered, or has ended, since it was opened.
        """
        try:
            with transaction.atomic():
                if request and not ConfirmationRequest.objects.use_up(request.pk):
                    raise UsedUp
                for form, part in self._held():
                    self._write(form, part, by, request)
        except ValidationError:
            self._gather()
            return False
        return True

    def _held(self) -> Iterable[tuple[AnswerForm, Participation]]:
        """Each answered part with its participation, held against others. Raises when one is not as it was shown."""
        keys = [form.participation.pk for form in self.answered]
        held = {part.pk: part for part in Participation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
        events = StatusEvent.objects.filter(participation__in=keys).order_by().values_list("participation")
        newest = dict(events.annotate(Max("pk")))
        stale = [form for form in self.answered if form.cleaned_data["seen"] != newest.get(form.participation.pk, 0)]
        if stale:
            self._show_anew({form.participation.pk for form in stale}, newest)
            raise ValidationError("stale")
        return [(form, held[form.participation.pk]) for form in self.answered]

    def _show_anew(self, stale: set[int], newest: dict[int, int]) -> None:
        """Keep what was written, beside what the statuses have become."""
        now = Participation.objects.filter(pk__in=stale)
        anew = {each.pk: each for each in _shown(now)}
        self.participations = [anew.get(each.pk, each) for each in self.participations]
        self.data = self.data.copy()
        for key in stale:
            self.data[f"{key}-seen"] = newest.get(key, 0)
        self._fill()
        for form in self.forms:
            form.is_valid()
            if form.participation.pk in stale:
                label = form.participation.get_status_display()
                form.add_error(None, f"Status er ændret, siden du åbnede siden. Nu er den »{label}«. Svar igen.")

    def _write(self, form: AnswerForm, part: Participation, by, request: ConfirmationRequest | None) -> None:
        if form.cleaned_data["choice"] == UNCHANGED:
            try:
                workflow.confirm(part, timezone.localdate())
            except ValidationError as refused:
                form.add_error(None, ValidationError(refused.messages))
                raise
        MunicipalAnswer.objects.create(
            request=request,
            participation=part,
            answered_by=by,
            seen_event_id=form.cleaned_data["seen"] or None,
            **form.answer(),
        )

    def _gather(self) -> None:
        """What is wrong with the parts, each with the trial that it is about."""
        self.errors = [
            f"{form.participation.trial.public_id}: {message}"
            for form in self.forms
            for messages in form.errors.values()
            for message in messages
        ]
