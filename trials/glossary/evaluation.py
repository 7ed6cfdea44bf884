"""How trials are evaluated."""

from trials.enums import DESIGN_MEANINGS, Approach, Element, Method, MilestoneKind
from trials.glossary.term import Term, TermGroup, of_vocabulary

ELEMENT_MEANINGS = {
    Element.PRESENT: "Registeret finder det krævede i kildens ord.",
    Element.PARTLY: "Registeret finder noget af det krævede i kildens ord.",
    Element.MISSING: "Registeret finder ikke det krævede i kildens ord.",
}

APPROACH_MEANINGS = {
    Approach.THEORY_BASED: "Følger, om en indsats virker, som man har tænkt sig, og hvorfor.",
    Approach.EFFECT: "Måler, hvilken forskel en indsats gør.",
    Approach.PROCESS: "Ser på, hvordan en indsats bliver gennemført.",
    Approach.MIXED_METHODS: "Samler viden på flere måder, fx både med tal og med interview.",
    Approach.MINOR: "Samler det, man har lært, uden en større undersøgelse.",
}

METHOD_MEANINGS = {
    Method.REGISTER_DATA: "Oplysninger, der i forvejen findes i offentlige registre.",
    Method.SURVEY: "Mange får stillet de samme spørgsmål på skrift.",
    Method.INTERVIEW: "En samtale, hvor den, der evaluerer, spørger.",
    Method.FOCUS_GROUP: "En samtale, hvor flere bliver spurgt sammen.",
    Method.CASE_VISIT: "Et besøg, hvor man ser forsøget på nært hold ét sted.",
    Method.WORKSHOP: "Et møde, hvor deltagerne arbejder med et spørgsmål sammen.",
    Method.CASE_REVIEW: "En gennemgang af sager for at se, hvordan de er behandlet.",
    Method.BASELINE: "En måling, før forsøget begynder, som senere målinger kan holdes op imod.",
    Method.BEFORE_AFTER: "En måling før og en måling efter, så man kan se, hvad der har ændret sig.",
    Method.COMPARISON_GROUP: "Nogen, der ligner deltagerne, men ikke er med i forsøget, så de to kan sammenlignes.",
    Method.REPEATED: "Den samme måling flere gange undervejs.",
    Method.RECORDS: "Det, som kommunerne selv skriver ned eller trækker ud af deres egne systemer.",
    Method.PROGRESSION: "En måling af, hvor langt den enkelte er kommet mod et mål.",
    Method.TESTS: "Målinger af trivsel, prøver og karakterer.",
    Method.SUPERVISION: "Ledelsens egen kontrol af, hvordan arbejdet bliver gjort.",
    Method.COST_ANALYSIS: "En beregning af, hvad noget koster, og hvad det sparer.",
}

EVALUATION_MILESTONE_MEANINGS = {
    MilestoneKind.EVALUATION_MIDTERM: "En evaluering, mens forsøget er i gang.",
    MilestoneKind.EVALUATION_FINAL: "En evaluering, når forsøget slutter.",
}

EVALUATION = TermGroup(
    "Evaluering",
    [
        Term("Evaluering", "En undersøgelse af, hvordan et eller flere forsøg er gået, og hvad der kom ud af dem."),
        Term("Intern evaluering", "En evaluering, som netværket eller kommunerne selv laver."),
        Term("Ekstern evaluering", "En evaluering, som en udefra laver."),
        Term("Evaluator", "Den, der laver evalueringen."),
        *of_vocabulary(EVALUATION_MILESTONE_MEANINGS),
        Term(
            "Evalueringsdesign",
            "Planen for en evaluering. Den skal mindst beskrive de forventede resultater, målgruppen og metoden med "
            "eventuelle baselinemålinger. Det kræver en bekendtgørelse.",
        ),
        *of_vocabulary(DESIGN_MEANINGS, about="om et design"),
        Term("Forventede resultater", "Det, man regner med, at forsøget fører til. Et krav til evalueringsdesignet."),
        Term("Målgruppe", "Dem, evalueringen ser på. Et krav til evalueringsdesignet.", about="for en evaluering"),
        Term("Evalueringsmetode", "Hvordan man finder ud af det. Et krav til evalueringsdesignet."),
        *of_vocabulary(ELEMENT_MEANINGS, about="om et krav til designet"),
    ],
)

METHODS = TermGroup(
    "Evalueringens tilgang og metoder",
    [
        Term("Tilgang", "Hvordan en evaluering griber sit spørgsmål an."),
        *of_vocabulary(APPROACH_MEANINGS, also={Approach.THEORY_BASED: ("teoribaseret evaluering",)}),
        Term("Metode", "Det, en evaluering samler sin viden med.", also=("metoder",)),
        *of_vocabulary(METHOD_MEANINGS),
    ],
)
