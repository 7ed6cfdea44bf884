"""The ready template: what the ministry's guidance asks networks to follow up on, as questions to all municipalities.

A network that uses it gets a copy of its own, which it may change.
"""

from dataclasses import dataclass

from django.db import transaction

from networks.models import Network
from trials.enums import QuestionKind, QuestionTheme
from trials.models import Question, Template

NAME = "Erfaringer og resultater"

INTRODUCTION = (
    "Alle kommuner i netværket svarer på de samme spørgsmål om forsøget, så svarene kan sammenlignes. Svar ud fra "
    "kommunens egen erfaring til og med dagen øverst. Skriv ingen oplysninger om enkelte borgere."
)

DEGREE = "I høj grad\nI nogen grad\nI mindre grad\nSlet ikke\nFor tidligt at sige"
CHANGE = "Færre eller mindre\nUændret\nFlere eller mere\nVed ikke"


@dataclass(frozen=True)
class Ready:
    """A question of the ready template."""

    theme: QuestionTheme
    text: str
    kind: QuestionKind = QuestionKind.TEXT
    choices: str = ""
    help: str = ""
    is_required: bool = False


QUESTIONS = (
    Ready(
        QuestionTheme.EFFECTS,
        "I hvor høj grad har forsøget haft den virkning, I håbede på?",
        QuestionKind.CHOICE,
        DEGREE,
        is_required=True,
    ),
    Ready(
        QuestionTheme.EFFECTS,
        "Hvilke virkninger har forsøget haft for borgerne?",
        help="Hvad er blevet bedre, hvad er blevet dårligere, og hvad bygger I det på?",
        is_required=True,
    ),
    Ready(
        QuestionTheme.LEGAL_SECURITY,
        "Har forsøget ændret borgernes retssikkerhed?",
        QuestionKind.YES_NO,
        help="Fx klageadgang, høring, begrundelse eller inddragelse.",
        is_required=True,
    ),
    Ready(QuestionTheme.LEGAL_SECURITY, "Hvordan sikrer I borgernes retssikkerhed, mens forsøget varer?"),
    Ready(
        QuestionTheme.LEGAL_SECURITY,
        "Antal klager over afgørelser i forsøget",
        QuestionKind.NUMBER,
        help="0, hvis der ingen er.",
    ),
    Ready(
        QuestionTheme.ECONOMY, "Kommunens udgifter til opgaven er blevet", QuestionKind.CHOICE, CHANGE, is_required=True
    ),
    Ready(
        QuestionTheme.ECONOMY,
        "Skønnet årlig ændring i kommunens udgifter, i kroner",
        QuestionKind.NUMBER,
        help="Skriv et minus foran, hvis udgiften er faldet.",
    ),
    Ready(
        QuestionTheme.ADMINISTRATION,
        "Medarbejdernes tid på administration er blevet",
        QuestionKind.CHOICE,
        CHANGE,
        is_required=True,
    ),
    Ready(QuestionTheme.ADMINISTRATION, "Hvilke arbejdsgange er blevet enklere eller mere besværlige?"),
    Ready(
        QuestionTheme.BARRIERS,
        "Hvilke barrierer har I mødt?",
        help="Fx regler, it-systemer, aftaler eller viden.",
        is_required=True,
    ),
    Ready(QuestionTheme.SOLUTIONS, "Hvilke løsningsmodeller har I afprøvet eller overvejet?"),
    Ready(
        QuestionTheme.RECOMMENDATION,
        "Hvad anbefaler I, når forsøget slutter?",
        QuestionKind.CHOICE,
        "Undtagelsen bør gælde alle kommuner\nUndtagelsen bør gælde alle kommuner i en ændret form\n"
        "Undtagelsen bør ikke videreføres\nFor tidligt at sige",
        is_required=True,
    ),
    Ready(QuestionTheme.RECOMMENDATION, "Hvorfor anbefaler I det?"),
)


def is_used_by(network: Network) -> bool:
    """Whether the network has its copy already."""
    return Template.objects.newest().filter(network=network, name=NAME).exists()


@transaction.atomic
def copy_to(network: Network) -> Template:
    """A copy of the ready template for the network."""
    template = Template.objects.create(network=network, name=NAME, introduction=INTRODUCTION)
    for position, ready in enumerate(QUESTIONS, start=1):
        Question.objects.create(
            template=template,
            position=position,
            theme=ready.theme,
            text=ready.text,
            help=ready.help,
            kind=ready.kind,
            choices=ready.choices,
            is_required=ready.is_required,
        )
    return template
