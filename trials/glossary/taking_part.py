"""The trials and those who take part in them."""

from networks.enums import Standing
from trials.glossary.term import Term, TermGroup, of_vocabulary

STANDING_MEANINGS = {
    Standing.ACTIVE: "En kommune, der deltager aktivt i netværket.",
    Standing.PASSIVE: "En kommune, der er med i netværket, men ikke deltager aktivt.",
    Standing.FORMER: "En kommune, der har været med i netværket, men ikke er det længere.",
}

TAKING_PART = TermGroup(
    "Forsøg og deltagere",
    [
        Term(
            "Frikommuneforsøg",
            "Et forsøg, hvor kommuner i en periode må løse en opgave på en anden måde, end reglerne ellers siger, for "
            "at finde ud af, om det bliver bedre. Registeret tæller hvert imødekommet forsøg i et netværk som ét.",
            also=("forsøg",),
        ),
        Term("Frikommune", "En kommune, der i en periode må fravige bestemte regler i loven."),
        Term(
            "Forsøgsprogram",
            "De forsøg, som staten har givet rammer for under ét, fx Frikommuneforsøg II fra 2016 til 2020.",
        ),
        Term(
            "Frikommunenetværk",
            "Kommuner, der er gået sammen om et tema. Netværket søger staten om forsøg og samler erfaringerne.",
            also=("netværk",),
        ),
        Term(
            "Netværkskommune",
            "En kommune, der er eller har været med i et netværk. Den behøver ikke at være med i alle dets forsøg.",
        ),
        *of_vocabulary(STANDING_MEANINGS),
        Term(
            "Koordinator",
            "Den, som ministerierne kan henvende sig til i netværket. Hvert netværk skal have en.",
        ),
        Term(
            "Forsøgskommune",
            "En kommune, der er med i et bestemt forsøg. Den har sin egen status i forsøget.",
            also=("deltagende kommune",),
        ),
        Term(
            "Ansøgningsrunde",
            "En af de runder, hvor netværkene søgte staten om forsøg. De forsøg i en runde, der krævede ny lov, trådte "
            "i kraft samme dag.",
            also=("runde",),
        ),
        Term(
            "Imødekommet",
            "Staten har sagt ja til forsøget. Det betyder ikke, at det er i gang: hver kommunalbestyrelse beslutter "
            "selv, om den vil bruge det.",
        ),
        Term("Målgruppe", "Dem, forsøget er rettet mod."),
        Term("Kommunekode", "Det nummer, en kommune har i offentlige registre, fx 751 for Aarhus Kommune."),
        Term(
            "Forsøgets id",
            "Program, netværkets nummer og forsøgets nummer i netværket, fx FKII-1-08.",
        ),
    ],
)
