"""Many rows at once, for tests that count queries."""

from datetime import date

from django.db.models import Model

from networks.models import Municipality, Network
from trials.enums import BasisKind, Precision, Publication, Status
from trials.models import LegalBasis, Participation, StatusEvent, Trial

DAY = date(2019, 2, 28)
STATUSES = [Status.RUNNING, Status.AWAITING, Status.NOT_PURSUED]


def make_many_trials(
    number: int, network: Network, municipality: Municipality, provision=None, first: int = 1
) -> list[Trial]:
    """`number` published trials of `network`, in all of which `municipality` takes part, each with its events; they
    are numbered from `first`."""
    trials = Trial.objects.bulk_create(
        Trial(
            public_id=f"FKII-{network.number}-{row:03d}",
            network=network,
            number=row,
            title=f"Forsøg {row}",
            publication=Publication.PUBLISHED,
            status=STATUSES[row % 3],
        )
        for row in range(first, first + number)
    )
    participations = Participation.objects.bulk_create(
        Participation(trial=trial, municipality=municipality, status=Status.PLANNED) for trial in trials
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(trial=trial, kind=BasisKind.EXEMPTION, provision=provision) for trial in trials
    )
    said = {"effective_on": DAY, "known_on": DAY, "precision": Precision.BY}
    StatusEvent.objects.bulk_create(StatusEvent(trial=trial, status=trial.status, **said) for trial in trials)
    StatusEvent.objects.bulk_create(
        StatusEvent(participation=participation, status=participation.status, **said)
        for participation in participations
    )
    return trials


def make_many_of(record: Model, trials: list[Trial]) -> None:
    """A copy of `record` for each of `trials`, with that trial in place of its own; it belongs to one or to several."""
    model, shared = type(record), hasattr(record, "trials")
    values = {field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields}
    del values[model._meta.pk.attname]
    own = {} if shared else {"trial_id": 0}
    coded = "code" in values
    copies = model._default_manager.bulk_create(
        model(**values | dict.fromkeys(own, trial.pk) | ({"code": f"M-{trial.pk}"} if coded else {}))
        for trial in trials
    )
    if shared and model._meta.get_field("trials").remote_field.through._meta.auto_created:
        for many in model._meta.many_to_many:
            through, (near, far) = many.remote_field.through, (many.m2m_field_name(), many.m2m_reverse_field_name())
            others = list(getattr(record, many.name).values_list("pk", flat=True))
            through._default_manager.bulk_create(
                through(**{f"{near}_id": copy.pk, f"{far}_id": key})
                for copy, trial in zip(copies, trials, strict=True)
                for key in ([trial.pk] if many.name == "trials" else others)
            )
