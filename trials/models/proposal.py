"""Proposals: what someone would have changed, and what was made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from trials.enums import ProposalKind, ProposalState
from trials.models.law import LegalBasis
from trials.models.trial import Participation, Trial
from trials.proposal_querysets import ProposalQuerySet


class Proposal(models.Model):
    """What a coordinator would have changed where legal meaning rests, for the ministry to decide on.

    `changes` holds, by field, the value when it was proposed and the proposed one: a day as text, a record by its key.
    `trials.proposals` writes them.
    """

    trial = models.ForeignKey(Trial, models.PROTECT, verbose_name="forsøg", related_name="proposals")
    kind = models.CharField("art", max_length=15, choices=ProposalKind)
    participation = models.ForeignKey(
        Participation, models.SET_NULL, verbose_name="forsøgskommune", related_name="proposals", null=True, blank=True
    )
    basis = models.ForeignKey(
        LegalBasis, models.SET_NULL, verbose_name="hjemmel", related_name="proposals", null=True, blank=True
    )
    subject = models.CharField(
        "om", max_length=300, blank=True, help_text="Kommunens eller hjemlens navn, da det blev foreslået."
    )
    changes = models.JSONField("ændringer")
    comment = models.TextField("begrundelse", blank=True, validators=[refuse_personal_numbers])
    state = models.CharField(
        "tilstand", max_length=10, choices=ProposalState, default=ProposalState.OPEN, db_index=True
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="foreslået af", related_name="+"
    )
    proposed_at = models.DateTimeField("foreslået", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="besvaret af", related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField("besvaret", null=True, blank=True)
    answer = models.TextField("svar", blank=True, validators=[refuse_personal_numbers])
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="afløser", related_name="replaced_by", null=True, blank=True
    )

    objects = ProposalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "forslag"
        verbose_name_plural = "forslag"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProposalKind.values), name="proposal_kind_valid"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_valid"),
            models.CheckConstraint(
                condition=Q(decided_at=None, state=ProposalState.OPEN)
                | (Q(decided_at__isnull=False) & ~Q(state=ProposalState.OPEN)),
                name="proposal_decided_when_not_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.RETURNED) | ~Q(answer=""),
                name="proposal_returned_with_answer",
                violation_error_message="Skriv, hvorfor forslaget sendes tilbage.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject or self.trial.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN

    @property
    def is_returned(self) -> bool:
        return self.state == ProposalState.RETURNED
