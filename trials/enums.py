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


DESIGN_MEANINGS = {
    DesignStatus.DESIGNED: "Kilden beskriver, hvordan forsøget evalueres.",
    DesignStatus.SUBMITTED: "Evalueringsdesignet er udarbejdet og indsendt.",
    DesignStatus.NOT_FINISHED: "Evalueringsdesignet er ikke gjort færdigt.",
    DesignStatus.AWAITS_PROJECT: "Evalueringsdesignet afventer, at der er et konkret projekt at evaluere.",
    DesignStatus.NONE: "Der udarbejdes ikke et evalueringsdesign.",
    DesignStatus.SHARED: "Evalueringen er beskrevet under et andet forsøg.",
    DesignStatus.LATER: "Om og hvordan der evalueres, afgøres senere.",
}

DESIGN_LACKING = frozenset(
    {DesignStatus.NOT_FINISHED, DesignStatus.AWAITS_PROJECT, DesignStatus.NONE, DesignStatus.LATER}
)
"""There is no finished design, and the source says so."""


class Unit(models.TextChoices):
    """What a figure counts or measures."""

    CITIZENS = "citizens", "borgere"
    CASES = "cases", "sager"
    VISITS = "visits", "besøg"
    CONTACTS = "contacts", "henvendelser"
    EMPLOYEES = "employees", "medarbejdere"
    HOMES = "homes", "boliger"
    COURSES = "courses", "forløb"
    MEASURES = "measures", "tiltag"
    PERCENT = "percent", "procent"
    DKK = "dkk", "kroner"
    YEARS = "years", "år"
    MONTHS = "months", "måneder"
    DAYS = "days", "dage"
    RESIDENTS = "residents", "indbyggere"
    MEDICINES = "medicines", "lægemidler"
    MUNICIPALITIES = "municipalities", "kommuner"
    SCHOOLS = "schools", "skoler"
    COMPLAINTS = "complaints", "klager"


class Accuracy(models.TextChoices):
    """How exact a figure is, as the source words it."""

    COUNTED = "counted", "opgjort"
    ABOUT = "about", "ca."
    AT_LEAST = "at_least", "mindst"
    AT_MOST = "at_most", "højst"


class ExperienceKind(models.TextChoices):
    BARRIER = "barrier", "Barriere"
    SOLUTION = "solution", "Løsning"
    RESULT = "result", "Resultat"
    RECOMMENDATION = "recommendation", "Anbefaling"


class Theme(models.TextChoices):
    """What an experience is about."""

    IT_SYSTEMS = "it_systems", "IT-systemer"
    STAFF_KNOWLEDGE = "staff_knowledge", "Viden hos medarbejderne"
    DATA_COLLECTION = "data_collection", "Dataindsamling"
    LEGAL_CLARIFICATION = "legal_clarification", "Juridisk afklaring"
    VAT_PRICING = "vat_pricing", "Moms og priser"
    PARTNERS = "partners", "Samarbejdspartnere"
    VOLUME = "volume", "Volumen"
    STAFFING = "staffing", "Bemanding"
    COOPERATION = "cooperation", "Samarbejde"
    CITIZENS_VIEW = "citizens_view", "Borgernes oplevelse"
    STAFF_VIEW = "staff_view", "Medarbejdernes oplevelse"
    ECONOMY = "economy", "Økonomi"
    LEGAL_SECURITY = "legal_security", "Retssikkerhed"
    MANAGEMENT_ATTENTION = "management_attention", "Ledelsesmæssig opmærksomhed"
    TIME = "time", "Tid"


class QuestionKind(models.TextChoices):
    """What kind of answer a question of a template asks for."""

    TEXT = "text", "Tekst"
    NUMBER = "number", "Tal"
    CHOICE = "choice", "Valg mellem svar"
    YES_NO = "yes_no", "Ja eller nej"
    DATE = "date", "Dato"


class QuestionTheme(models.TextChoices):
    """What a question of a template is about: the parts of the guidance's systematic follow-up, and what is learnt."""

    EFFECTS = "effects", "Effekter"
    LEGAL_SECURITY = "legal_security", "Borgernes retssikkerhed"
    ECONOMY = "economy", "Økonomi"
    ADMINISTRATION = "administration", "Administration"
    BARRIERS = "barriers", "Barrierer"
    SOLUTIONS = "solutions", "Løsningsmodeller"
    RECOMMENDATION = "recommendation", "Anbefaling"
    OTHER = "other", "Andet"


class MilestoneKind(models.TextChoices):
    START = "start", "Start"
    OPERATION = "operation", "Drift"
    DECISION = "decision", "Beslutning"
    EVALUATION_MIDTERM = "evaluation_midterm", "Midtvejsevaluering"
    EVALUATION_FINAL = "evaluation_final", "Slutevaluering"
    EVALUATION_MINOR = "evaluation_minor", "Mindre evaluering"
    MEASUREMENT = "measurement", "Måling"
    MEETING = "meeting", "Møde"
    STAFFING = "staffing", "Bemanding"
    LAW = "law", "Lovgivning"
    OTHER = "other", "Andet"


EVALUATION_MILESTONES = (
    MilestoneKind.EVALUATION_MIDTERM,
    MilestoneKind.EVALUATION_FINAL,
    MilestoneKind.EVALUATION_MINOR,
    MilestoneKind.MEASUREMENT,
)
"""The kinds that belong to an evaluation."""


START_MILESTONES = (MilestoneKind.START, MilestoneKind.OPERATION)
"""The kinds that say that something has begun."""


class Decision(models.TextChoices):
    """What became of a trial."""

    SPREAD_WHOLLY = "spread_wholly", "Udbredt helt"
    SPREAD_PARTLY = "spread_partly", "Udbredt delvist"
    FOLLOWED_UP = "followed_up_elsewhere", "Fulgt op i anden sammenhæng"
    NOT_SPREAD = "not_spread", "Ikke udbredt"
    DROPPED = "dropped", "Opgivet eller aldrig igangsat"
    UNDECIDED = "undecided", "Ikke afgjort"


class Element(models.TextChoices):
    """How far an element that an order requires of an evaluation design is there (VIVE 2019, section 0.3)."""

    PRESENT = "present", "Beskrevet"
    PARTLY = "partly", "Delvist beskrevet"
    MISSING = "missing", "Ikke beskrevet"


class Approach(models.TextChoices):
    """How an evaluation goes about it."""

    THEORY_BASED = "theory_based", "Virkningsevaluering"
    EFFECT = "effect", "Effektevaluering"
    PROCESS = "process", "Procesevaluering"
    MIXED_METHODS = "mixed_methods", "Flere metoder (mixed methods)"
    MINOR = "minor", "Mindre erfaringsopsamling"


class Method(models.TextChoices):
    """What an evaluation collects its data by."""

    REGISTER_DATA = "register_data", "Registerdata"
    SURVEY = "survey", "Spørgeskema"
    INTERVIEW = "interview", "Interview"
    FOCUS_GROUP = "focus_group", "Fokusgruppe"
    CASE_VISIT = "case_visit", "Casebesøg"
    WORKSHOP = "workshop", "Workshop"
    CASE_REVIEW = "case_review", "Sagsgennemgang"
    BASELINE = "baseline", "Baselinemåling"
    BEFORE_AFTER = "before_after", "Før- og eftermåling"
    COMPARISON_GROUP = "comparison_group", "Sammenligningsgruppe"
    REPEATED = "repeated", "Løbende målinger"
    RECORDS = "records", "Registreringer og datatræk i egne systemer"
    PROGRESSION = "progression", "Progressionsmåling"
    TESTS = "tests", "Trivselsmålinger, test og karakterer"
    SUPERVISION = "management_supervision", "Ledelsestilsyn"
    COST_ANALYSIS = "cost_analysis", "Økonomisk analyse"


class ProposalKind(models.TextChoices):
    """What a proposal would change."""

    TRIAL = "trial", "Ændring af forsøget"
    JOIN = "join", "Ny forsøgskommune"
    LEAVE = "leave", "Forsøgskommune fjernes"
    BASIS = "basis", "Ny hjemmel"
    BASIS_CHANGE = "basis_change", "Ændring af hjemmel"
    BASIS_REMOVAL = "basis_removal", "Hjemmel fjernes"


class ProposalState(models.TextChoices):
    """How far a proposal has come."""

    OPEN = "open", "Venter på svar"
    ACCEPTED = "accepted", "Godkendt"
    RETURNED = "returned", "Sendt tilbage"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


class IdeaKind(models.TextChoices):
    """What an idea shared in a network is about."""

    BARRIER = "barrier", "Barriere"
    SOLUTION = "solution", "Løsningsmodel"


class IdeaState(models.TextChoices):
    """What became of an idea."""

    OPEN = "open", "Åben"
    TRIAL = "trial", "Blev til et forsøg"
    CLOSED = "closed", "Lukket"
