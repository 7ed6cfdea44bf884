"""What makes a trial lawful."""

from trials.enums import ActKind, BasisKind, BasisRole
from trials.glossary.term import Term, TermGroup, of_vocabulary

ACT_MEANINGS = {
    ActKind.STATUTE: "Regler, som Folketinget har vedtaget.",
    ActKind.ORDER: "Regler, som en minister har fastsat, fordi en lov giver lov til det.",
}

ROLE_MEANINGS = {
    BasisRole.RESTS_ON: "Bestemmelsen er den, der gør forsøget lovligt.",
    BasisRole.DEVIATES_FROM: "Bestemmelsen er en af dem, kommunerne helt eller delvist må se bort fra i forsøget.",
}

BASIS_MEANINGS = {
    BasisKind.EXEMPTION: "En lov eller bekendtgørelse om frikommuner giver lov til at fravige andre regler.",
    BasisKind.EXPERIMENT_CLAUSE: (
        "Loven på området giver selv mulighed for forsøg, fx folkeskolelovens § 55 og servicelovens § 184."
    ),
    BasisKind.GENERAL_CHANGE: "Reglen er ændret for alle kommuner, så forsøget kræver ingen særlig undtagelse.",
    BasisKind.EXISTING_LAW: "Forsøget kan gennemføres inden for de regler, der allerede gælder.",
    BasisKind.UNSETTLED: "Det er ikke afklaret, hvad der gør forsøget lovligt.",
}

LAW = TermGroup(
    "Lov og hjemmel",
    [
        Term(
            "Hjemmel",
            "Det, der gør et forsøg lovligt: som regel en bestemmelse i en lov eller bekendtgørelse.",
            also=("hjemler", "lovhjemmel", "retsgrundlag"),
        ),
        *of_vocabulary(ROLE_MEANINGS),
        Term(
            "Bestemmelse",
            "En paragraf i en lov eller bekendtgørelse, eller et stykke eller et nummer i den.",
            also=("paragraf", "§"),
        ),
        *of_vocabulary(ACT_MEANINGS),
        Term("Hjemmelstype", "Hvilken slags hjemmel et forsøg har. Registeret skelner mellem fem slags."),
        *of_vocabulary(BASIS_MEANINGS),
        Term(
            "I kraft ved lov",
            "Den dag, undtagelsen gælder fra efter loven. Dagen siger ikke, om nogen kommune er begyndt. VIVEs notat "
            "oplyser ikke, hvornår undtagelserne ophører.",
            also=("ikrafttrædelse", "i kraft"),
        ),
    ],
)
