"""Vocabularies of the trials and the table of status transitions. Imports nothing of ours."""

from django.db import models


class Publication(models.TextChoices):
    """Whether a record is seen outside the editorial staff."""

    DRAFT = "draft", "Kladde"
    PUBLISHED = "published", "Offentliggjort"


class Status(models.TextChoices):
    """How far a trial, or a municipality's part in it, has come."""

    APPLIED = "applied", "Ansøgt"
    REJECTED = "rejected", "Ikke imødekommet"
    APPROVED = "approved", "Godkendt"
    PLANNED = "planned", "Planlagt"
    AWAITING = "awaiting", "Afventer"
    STARTED = "started", "Igangsat"
    REALISING = "realising", "Under realisering"
    IMPLEMENTING = "implementing", "Under implementering"
    RUNNING = "running", "I drift"
    NOT_PURSUED = "not_pursued", "Gennemføres ikke"
    ENDED = "ended", "Afsluttet"
    MADE_GENERAL = "made_general", "Omsat til generel lovgivning"
    UNKNOWN = "unknown", "Ikke oplyst"


STATUS_MEANINGS = {
    Status.APPLIED: "Der er søgt om forsøget.",
    Status.REJECTED: "Staten har ikke imødekommet ansøgningen.",
    Status.APPROVED: "Forsøget er imødekommet; der er intet oplyst om en start.",
    Status.PLANNED: "En startdato eller en periode for starten er meldt ud.",
    Status.AWAITING: "Starten venter på andre: en partner, en aftale, et ministerium eller en juridisk afklaring.",
    Status.STARTED: "Besluttet lokalt; der er endnu ikke oplyst om aktivitet.",
    Status.REALISING: "Form og start afhænger af praktiske forhold i kommunerne (notatets afsnit 2.1).",
    Status.IMPLEMENTING: "Kilden siger, at forsøget er ved at blive implementeret.",
    Status.RUNNING: "Der er oplyst om aktivitet i forsøget.",
    Status.NOT_PURSUED: "Forsøget bliver ikke gennemført.",
    Status.ENDED: "Forsøget har været gennemført og er slut.",
    Status.MADE_GENERAL: "Undtagelsen er blevet almindelig lov.",
    Status.UNKNOWN: "Kilden siger intet.",
}

UNDER_WAY = frozenset({Status.STARTED, Status.REALISING, Status.IMPLEMENTING, Status.RUNNING})
"""Decided locally and not over."""

OPEN = UNDER_WAY | {Status.PLANNED, Status.AWAITING}
"""May change into one another as the work goes on."""

_AFTER_APPROVAL = OPEN | {Status.NOT_PURSUED, Status.MADE_GENERAL}

TRANSITIONS: dict[str, frozenset[str]] = {
    Status.UNKNOWN: frozenset(Status) - {Status.UNKNOWN},
    Status.APPLIED: frozenset({Status.APPROVED, Status.REJECTED}),
    Status.REJECTED: frozenset(),
    Status.APPROVED: _AFTER_APPROVAL,
    Status.PLANNED: _AFTER_APPROVAL - {Status.PLANNED},
    Status.AWAITING: _AFTER_APPROVAL - {Status.AWAITING},
    **{status: _AFTER_APPROVAL - {status} | {Status.ENDED} for status in UNDER_WAY},
    Status.NOT_PURSUED: frozenset({Status.PLANNED, Status.MADE_GENERAL}),
    Status.ENDED: frozenset({Status.MADE_GENERAL}),
    Status.MADE_GENERAL: frozenset(),
}
"""From each status those that may follow. Only a correction may set anything else."""


class Reason(models.TextChoices):
    """Why a trial waits, is not carried out or has ended."""

    BUREAUCRATIC = "too_bureaucratic", "For bureaukratisk at bruge"
    MORE_WORK = "more_work", "Mere arbejde end reglen, den erstatter"
    NO_NEED = "no_need", "Intet lokalt ønske eller behov"
    EXISTING_LAW = "existing_law", "Muligt efter gældende regler"
    NO_PARTNER = "no_partner", "Ingen partner fundet"
    NO_AGREEMENT = "no_agreement", "Ingen aftale opnået"
    AUTHORITY = "awaits_authority", "Afventer et ministerium eller en myndighed"
    LEGAL = "legal_clarification", "Juridisk afklaring"
    LAPSED = "requirement_lapsed", "Kravet er bortfaldet"
    NO_DECISION = "no_council_decision", "Ingen beslutning i kommunalbestyrelsen"
    OTHER = "other", "Andet"


STATUSES_WITH_REASON = frozenset({Status.AWAITING, Status.NOT_PURSUED, Status.ENDED})


class Precision(models.TextChoices):
    """What an effective date says."""

    ON = "on", "den"
    BY = "by", "senest den"


class ActKind(models.TextChoices):
    STATUTE = "statute", "Lov"
    ORDER = "order", "Bekendtgørelse"


class BasisKind(models.TextChoices):
    """*Hjemmelstype*: what makes a trial lawful."""

    EXEMPTION = "exemption", "Særlig undtagelse (frikommunelov)"
    EXPERIMENT_CLAUSE = "experiment_clause", "Forsøgsbestemmelse i sektorlov"
    GENERAL_CHANGE = "general_change", "Generel lovændring"
    EXISTING_LAW = "existing_law", "Muligt efter gældende regler"
    UNSETTLED = "unsettled", "Ikke afklaret"


class BasisRole(models.TextChoices):
    """How a trial relates to a provision."""

    RESTS_ON = "rests_on", "Hviler på"
    DEVIATES_FROM = "deviates_from", "Fraviger"


class DesignStatus(models.TextChoices):
    """How far the evaluation design has come (Bilagstabel 2.1-2.7, last column)."""

    DESIGNED = "designed", "Beskrevet"
    SUBMITTED = "submitted", "Udarbejdet og indsendt"
    NOT_FINISHED = "not_finished", "Ikke færdiggjort"
    AWAITS_PROJECT = "awaits_project", "Afventer et konkret projekt"
    NONE = "none", "Udarbejdes ikke"
    SHARED = "shared", "Fælles med et andet forsøg"
    LATER = "later", "Afgøres senere"
