"""The sheets of the workbook and their columns. When they change, `LAYOUT` does: older workbooks are then refused."""

from trials.enums import Accuracy, MilestoneKind, Reason, Status, Unit
from trials.workspace.sheet.column import Column, Kind, Sheet, Use

LAYOUT = 2
"""The number of this layout of the workbook."""

OVERRULED = "overruled"
"""The column with the reason against a warning of a figure: it is no part of what the row says."""

_PROPOSED = "Låst: foreslås ændret på forsøgets side."

STATUS = ("status", "reason", "effective_on", "note", "confirmed_on")
"""The columns that together say one thing, how it stands and since when. They are kept, or overruled, together."""

_STATUS_COLUMNS = (
    Column(
        "status",
        "Status",
        "Vælg på listen. En ny status skal også have en ny dag i »Gældende fra«. Årsag og bemærkning til den tidligere "
        "status følger ikke med: skriv nye, hvis der er nogen.",
        Kind.CHOICE,
        choices=Status,
        width=24,
    ),
    Column(
        "reason",
        "Årsag",
        "Kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.",
        Kind.CHOICE,
        choices=Reason,
        width=32,
    ),
    Column(
        "effective_on",
        "Gældende fra",
        "Dagen, hvor status ændrede sig, fx 01-05-2019. Ikke i fremtiden. Ved oplysninger fra en kilde er det ofte "
        "dagen, hvor det senest var sådan.",
        Kind.DATE,
    ),
    Column(
        "note",
        "Bemærkning",
        "Offentlig. Ingen personoplysninger. Ændrer du årsag eller dag uden at ændre status, er det en rettelse: "
        "skriv i bemærkningen, hvad der var forkert.",
        width=40,
    ),
    Column(
        "confirmed_on",
        "Sidst bekræftet",
        "Er status uændret, så skriv dagen, hvor du ved, at den stadig gjaldt. Dagen kan kun flyttes frem.",
        Kind.DATE,
    ),
)

TRIALS = Sheet(
    "forsoeg",
    "Forsøg",
    "title",
    (
        Column("id", "Id", "Låst: forsøgets id.", use=Use.ID),
        Column("title", "Titel", _PROPOSED, use=Use.SHOWN, width=50),
        Column("in_force_from", "I kraft fra", _PROPOSED, Kind.DATE, Use.SHOWN),
        Column("in_force_to", "I kraft til", _PROPOSED, Kind.DATE, Use.SHOWN),
        *_STATUS_COLUMNS,
    ),
    is_of_status=True,
)

PARTICIPATIONS = Sheet(
    "forsoegskommuner",
    "Forsøgskommuner",
    "municipality",
    (
        Column("id", "Id", "Låst: forsøgets id og kommunens kode.", use=Use.ID, width=18),
        Column("trial", "Forsøg", "Låst: forsøgets titel.", use=Use.SHOWN, width=40),
        Column(
            "municipality",
            "Kommune",
            "Låst: hvilke kommuner der er med, foreslås ændret på forsøgets side.",
            use=Use.SHOWN,
            width=20,
        ),
        *_STATUS_COLUMNS,
        Column(
            "decided_on",
            "Besluttet",
            "Dagen, hvor kommunalbestyrelsen besluttede at bruge forsøget.",
            Kind.DATE,
        ),
    ),
    is_of_status=True,
)

_TRIALS_OF_ROW = Column(
    "trials",
    "Forsøg",
    "Forsøgets id, flere adskilt af lodret streg. Tomt: hele netværket. Udfyldes kun i nye rækker.",
    Kind.IDS,
    Use.ONCE,
    width=18,
)
_SOURCE = Column("place", "Sted i kilden", "Låst: hvor oplysningen står i kilden.", use=Use.SHOWN, width=36)
_WORDS = Column("date_text", "Kildens ord om tiden", "Låst: tidspunktet med kildens ord.", use=Use.SHOWN, width=24)
_NEW = "Låst. I en ny række er cellen tom: registeret giver den et nummer."

FIGURES = Sheet(
    "aktivitetstal",
    "Aktivitetstal",
    "indicator",
    (
        Column("id", "Id", _NEW, use=Use.ID, width=20),
        _TRIALS_OF_ROW,
        Column(
            "municipalities",
            "Kommuner",
            "Kommunens navn, flere adskilt af lodret streg. Tomt: forsøget som helhed.",
            Kind.NAMES,
            width=24,
        ),
        Column("indicator", "Indikator", "Hvad der er talt eller målt.", required=True, limit=150, width=40),
        Column("value", "Værdi", "Et tal med højst to decimaler.", Kind.NUMBER, required=True),
        Column("value_to", "Værdi til", "Kun når tallet er et spænd, fx 13-15.", Kind.NUMBER),
        Column("unit", "Enhed", "Vælg på listen.", Kind.CHOICE, choices=Unit, required=True),
        Column("accuracy", "Præcision", "Vælg på listen. Tom i en ny række: »opgjort«.", Kind.CHOICE, choices=Accuracy),
        Column("from_on", "Fra", "Periodens første dag. Tom, når tallet er en optælling på en dag.", Kind.DATE),
        Column("to_on", "Til", "Dagen, tallet er opgjort, eller periodens sidste dag.", Kind.DATE),
        Column("note", "Bemærkning", "Offentlig. Ingen personoplysninger.", limit=300, width=40),
        Column(
            OVERRULED,
            "Hvorfor advarslen er tilsidesat",
            "Kan stå tom. Ser et nyt eller ændret tal forkert ud, fx fordi det er faldet eller handler om færre end 5 "
            "borgere, så skriv, hvorfor det er rigtigt. Vises aldrig offentligt. Ingen personoplysninger.",
            limit=300,
            width=40,
            is_public=False,
        ),
        _WORDS,
        _SOURCE,
    ),
    grows=True,
)

MILESTONES = Sheet(
    "milepaele",
    "Milepæle",
    "label",
    (
        Column("id", "Id", _NEW, use=Use.ID, width=20),
        _TRIALS_OF_ROW,
        Column("kind", "Art", "Vælg på listen.", Kind.CHOICE, choices=MilestoneKind, required=True, width=20),
        Column("label", "Milepæl", "Hvad der skal ske eller er sket.", required=True, limit=200, width=44),
        Column("planned_from", "Planlagt fra", "Periodens første dag, eller dagen.", Kind.DATE),
        Column("planned_to", "Planlagt til", "Periodens sidste dag; den samme dag, når det er én dag.", Kind.DATE),
        Column("actual_from", "Sket fra", "Første dag, det skete.", Kind.DATE),
        Column("actual_to", "Sket til", "Sidste dag, det skete; den samme, når det var én dag.", Kind.DATE),
        Column("note", "Bemærkning", "Offentlig. Ingen personoplysninger.", limit=300, width=40),
        _WORDS,
        _SOURCE,
    ),
    grows=True,
)

SHEETS = (TRIALS, PARTICIPATIONS, FIGURES, MILESTONES)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
GUIDANCE, LISTS = "Vejledning", "Lister"
"""The titles of the sheets without rows: what to do, and what the drop-downs offer."""
