"""How proposals are found."""

from django.db.models import Q, QuerySet

from trials import rules
from trials.enums import ProposalState


class ProposalQuerySet(QuerySet):
    def open(self):
        """Those that wait for an answer."""
        return self.filter(state=ProposalState.OPEN)

    def returned(self):
        """Those sent back that nobody has withdrawn or proposed anew."""
        return self.filter(state=ProposalState.RETURNED, replaced_by=None)

    def unsettled(self):
        """Those that someone has yet to do something about."""
        return self.filter(Q(state=ProposalState.OPEN) | Q(state=ProposalState.RETURNED, replaced_by=None))

    def to_decide_for(self, user):
        """The open ones that `user` decides on: the ministry all of them, others none."""
        return self.open() if rules.is_ministry(user) else self.none()

    def of_networks_of(self, user):
        """Those about the trials of the networks that `user` keeps."""
        if rules.is_ministry(user):
            return self
        return self.filter(trial__network__in=rules.roles_of(user).networks)

    def told(self):
        """With all that a page says of each."""
        return self.select_related("trial__network", "participation__municipality", "proposed_by", "decided_by")
