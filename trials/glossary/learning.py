"""What was counted and learnt, and where it is taken from."""

from trials.enums import Accuracy, ExperienceKind, Publication
from trials.glossary.term import Term, TermGroup, of_vocabulary

ACCURACY_MEANINGS = {
    Accuracy.COUNTED: "Kilden giver tallet uden forbehold.",
    Accuracy.ABOUT: "Tallet er omtrentligt.",
    Accuracy.AT_LEAST: "Tallet kan være større.",
    Accuracy.AT_MOST: "Tallet kan være mindre.",
}

EXPERIENCE_MEANINGS = {
    ExperienceKind.BARRIER: "Noget, der har stået i vejen.",
    ExperienceKind.SOLUTION: "Noget, der har hjulpet.",
    ExperienceKind.RESULT: "Noget, forsøget har ført til.",
    ExperienceKind.RECOMMENDATION: "Noget, kilden råder til.",
}

FIGURES = TermGroup(
    "Tal og erfaringer",
    [
        Term(
            "Aktivitetstal",
            "Et tal for, hvad der er sket i et forsøg: hvor mange, af hvad, hvor og hvornår.",
            also=("tal", "opgørelse"),
        ),
        Term("Indikator", "Det, et aktivitetstal viser, med ord."),
        Term("Præcision", "Hvor nøjagtigt et tal er efter kildens ord."),
        *of_vocabulary(ACCURACY_MEANINGS, about="om et tal"),
        Term("Milepæl", "En begivenhed, der er planlagt, eller som er sket, fx en start, en måling eller et møde."),
        Term("Erfaring", "Noget, man har lært af et forsøg. Den er gengivet med registerets egne ord."),
        *of_vocabulary(EXPERIENCE_MEANINGS, about="som erfaring"),
    ],
)

SOURCES = TermGroup(
    "Kilder og datakvalitet",
    [
        Term("Kilde", "Det sted, en oplysning er taget fra: dokumentet og dets tabel, række, side eller afsnit."),
        Term("Ordret gengivelse", "Kildens egne ord, gengivet præcis, som de står."),
        Term(
            "Rettelse",
            "En slå- eller skannefejl i kildens ord, som registeret har rettet. Begge skrivemåder og grunden er vist.",
            also=("korrektur",),
        ),
        Term(
            "Modstrid",
            "To oplysninger, der ikke kan være rigtige begge to, eller en oplysning, der ikke kan være rigtig. "
            "Registeret viser stederne og retter ikke selv.",
            also=("selvmodsigelse", "uoverensstemmelse"),
        ),
        Term("Mangel", "Noget, som ingen kilde oplyser, og som man kunne vente at finde."),
        Term(
            str(Publication.DRAFT.label),
            "Et forsøg, som redaktionen endnu ikke har offentliggjort. Det ses ikke af andre.",
        ),
    ],
)
