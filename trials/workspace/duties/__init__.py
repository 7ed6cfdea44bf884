"""What those who keep a network have to see to, worked out from the register. Nothing of it is stored.

For those who keep the networks: drafts are counted too.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from networks.models import Network
from trials.workspace.duties.duty import Duty, Severity
from trials.workspace.duties.evaluations import evaluations
from trials.workspace.duties.figures import figures
from trials.workspace.duties.milestones import milestones
from trials.workspace.duties.proposals import proposals
from trials.workspace.duties.statuses import statuses

__all__ = ["DUTIES", "Duty", "Severity", "of", "of_each"]

DUTIES: list[Callable[[Sequence[Network], date], Iterable[Duty]]] = [
    milestones,
    statuses,
    evaluations,
    figures,
    proposals,
]
"""Each gives the duties of some networks, which have their programme at hand, as of a day, in a constant number of
queries."""


def of(network: Network, today: date) -> list[Duty]:
    """The duties of `network`: what is overdue first, then what is soon due, then what is missing."""
    return of_each([network], today)[network.pk]


def of_each(networks: Sequence[Network], today: date) -> dict[int, list[Duty]]:
    """The duties of each of `networks` by primary key. As many queries for many as for one."""
    found: dict[int, list[Duty]] = {network.pk: [] for network in networks}
    for duties in DUTIES:
        for duty in duties(networks, today):
            found[duty.network].append(duty)
    order = list(Severity)
    for each in found.values():
        each.sort(key=lambda duty: (order.index(duty.severity), duty.due or date.max, duty.key))
    return found
