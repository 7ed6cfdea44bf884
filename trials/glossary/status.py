"""How far a trial has come, why it stopped, and what became of it."""

from trials.enums import STATUS_MEANINGS, Decision, Precision, Reason, Status
from trials.glossary.term import Term, TermGroup, of_vocabulary

REASON_MEANINGS = {
    Reason.BUREAUCRATIC: "Det kræver for meget papirarbejde at bruge muligheden.",
    Reason.MORE_WORK: "Forsøget giver mere arbejde end den regel, det skulle erstatte.",
    Reason.NO_NEED: "Kommunen ønsker ikke forsøget eller har ikke brug for det.",
    Reason.EXISTING_LAW: "Det, forsøget skulle give lov til, kan lade sig gøre efter de regler, der gælder.",
    Reason.NO_PARTNER: "Der er ikke fundet nogen at samarbejde med om forsøget.",
    Reason.NO_AGREEMENT: "En aftale, som forsøget forudsætter, er ikke kommet i stand.",
    Reason.AUTHORITY: "Forsøget venter på et ministerium eller en anden myndighed.",
    Reason.LEGAL: "Et spørgsmål om lovens rammer skal afklares.",
    Reason.LAPSED: "Det krav, forsøget skulle fritage for, gælder ikke længere.",
    Reason.NO_DECISION: "Kommunalbestyrelsen har ikke besluttet at bruge forsøget.",
    Reason.OTHER: "En grund, som ingen af de andre dækker. Den står med ord ved ændringen.",
}

PRECISION_MEANINGS = {
    Precision.ON: "Kilden nævner selv dagen.",
    Precision.BY: "Kilden siger kun, hvordan det stod til på den dag. Det kan være sket tidligere.",
}

DECISION_MEANINGS = {
    Decision.SPREAD_WHOLLY: "Det, der blev prøvet af, er udbredt i sin helhed, fx ved en lov for alle kommuner.",
    Decision.SPREAD_PARTLY: "En del af det, der blev prøvet af, er udbredt.",
    Decision.FOLLOWED_UP: "Spørgsmålet er taget op et andet sted end i forsøget.",
    Decision.NOT_SPREAD: "Det, der blev prøvet af, er ikke udbredt.",
    Decision.DROPPED: "Forsøget er opgivet eller kom aldrig i gang.",
    Decision.UNDECIDED: "Det er ikke besluttet, hvad der skal ske efter forsøget.",
}

STATUS = TermGroup(
    "Status",
    [
        Term(
            "Status",
            "Hvor langt et forsøg er, eller hvor langt en kommune er med det. En ændring gemmes med dato og kilde, og "
            "tidligere statusser bliver stående.",
        ),
        *of_vocabulary(STATUS_MEANINGS, also={Status.MADE_GENERAL: ("omsat til lov",)}),
        *of_vocabulary(PRECISION_MEANINGS, about="om en dato"),
        Term("Bekræftet", "Nogen har senere oplyst, at status er uændret."),
    ],
)

REASONS = TermGroup(
    "Grunde til at vente eller stoppe",
    [
        Term("Grund", "Hvorfor et forsøg afventer, ikke gennemføres eller er afsluttet."),
        *of_vocabulary(REASON_MEANINGS, about="som grund"),
    ],
)

OUTCOMES = TermGroup(
    "Efter forsøget",
    [
        Term("Udfald", "Det, der bliver af et forsøg, når det er prøvet af.", also=("hvad der blev af forsøget",)),
        *of_vocabulary(DECISION_MEANINGS),
    ],
)
