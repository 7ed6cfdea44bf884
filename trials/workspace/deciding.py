"""The coordinator's decision on what a municipality proposes: accepted through the workflow, or returned."""

from django.db import transaction
from django.utils import timezone

from frikommune.people import name_of
from networks.enums import Channel
from networks.recording import recording
from trials import lawfulness
from trials.enums import Precision, Status
from trials.lawfulness import Doubtful, Entry
from trials.models import MunicipalAnswer, Participation
from trials.workflow import Change, Refused
from trials.workspace.letters import letter


def accept(key: int, seen: int, by, comment: str = "", anyway: bool = False) -> MunicipalAnswer:
    """Write the proposal through the workflow and mark it as accepted.

    `seen` is the participation's newest event when the page was opened, 0 for none. Raises `Refused` when the workflow
    refuses it, when it has been decided on, or when the status has changed since. What is doubtful is accepted
    `anyway`, with a comment: whoever accepts answers for it, whatever the municipality wrote.
    """
    with transaction.atomic():
        answer = _held(key)
        part = Participation.objects.select_for_update(of=("self",)).get(pk=answer.participation_id)
        if (part.events.order_by("-pk").values_list("pk", flat=True).first() or 0) != seen:
            raise Refused(
                f"Status er ændret, siden du åbnede siden. Nu er den »{part.get_status_display()}«. Se på svaret igen."
            )
        with recording(Channel.PAGE, by=by, note=f"Svar fra {answer.participation.municipality.official_name}"):
            _enter(Entry(part, _change(answer, comment)), by, comment, anyway)
        _decide(answer, True, by, comment)
    return answer


def give_back(key: int, by, comment: str) -> MunicipalAnswer:
    """Mark the proposal as returned with `comment`. Raises `Refused` without one, or when it has been decided on."""
    if not comment:
        raise Refused("Skriv en begrundelse, så kommunen ved, hvorfor forslaget bliver sendt tilbage.")
    with transaction.atomic():
        answer = _held(key)
        _decide(answer, False, by, comment)
    return answer


def tell(answer: MunicipalAnswer, by) -> None:
    """Write to whoever answered that the proposal was returned. Raises what the mail system raises."""
    to = answer.request.email if answer.request else answer.answered_by.email
    if to:
        letter("returned", to, reply_to=by.email, answer=answer, sender=name_of(by)).send()


def _held(key: int) -> MunicipalAnswer:
    """The proposal, held against others who decide. Raises `Refused` when it has been decided on."""
    shown = MunicipalAnswer.objects.select_related("participation__municipality", "participation__trial", "request")
    answer = shown.select_for_update(of=("self",)).get(pk=key)
    if not answer.is_waiting:
        decision = "godkendt" if answer.accepted else "sendt tilbage"
        raise Refused(f"Forslaget er allerede {decision} af {name_of(answer.decided_by)}.")
    return answer


def _enter(entry: Entry, by, comment: str, anyway: bool) -> None:
    try:
        lawfulness.enter([entry], by, anyway=anyway and bool(comment))
    except Doubtful as error:
        if not anyway:
            raise
        raise Doubtful(["Skriv i begrundelsen, hvorfor det er rigtigt alligevel.", *error.messages]) from error


def _decide(answer: MunicipalAnswer, accepted: bool, by, comment: str) -> None:
    answer.accepted, answer.decided_by, answer.decided_at, answer.comment = accepted, by, timezone.now(), comment
    answer.full_clean(exclude=["participation", "request", "seen_event", "answered_by", "decided_by"])
    answer.save(update_fields=["accepted", "decided_by", "decided_at", "comment"])


def _change(answer: MunicipalAnswer, comment: str) -> Change:
    """What is proposed, with the municipality's note or else the coordinator's. Proposals have a day (a constraint)."""
    assert answer.effective_on
    return Change(
        status=Status(answer.status),
        effective_on=answer.effective_on,
        precision=Precision(answer.precision),
        reason=answer.reason,
        note=answer.note or comment,
    )
