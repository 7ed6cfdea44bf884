"""Many rows at once, for tests that count queries."""

from datetime import date

from networks.models import Municipality, Network
from trials.enums import BasisKind, Precision, Publication, Status
from trials.models import LegalBasis, Participation, StatusEvent, Trial

DAY = date(2019, 2, 28)
STATUSES = [Status.RUNNING, Status.AWAITING, Status.NOT_PURSUED]


def make_many_trials(number: int, network: Network, municipality: Municipality, provision=None) -> None:
    """`number` published trials of `network`, in all of which `municipality` takes part, each with its events."""
    trials = Trial.objects.bulk_create(
        Trial(
            public_id=f"FKII-{network.number}-{row:03d}",
            network=network,
            number=row,
            title=f"Forsøg {row}",
            publication=Publication.PUBLISHED,
            status=STATUSES[row % 3],
        )
        for row in range(1, number + 1)
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
