"""What the workbook's first sheet says."""

from datetime import datetime

from django.utils import timezone

from networks.models import Network
from trials.workspace.sheet.layout import LAYOUT


def lines(network: Network, made_at: datetime) -> list[tuple[str, str]]:
    """Label and text of each line."""
    return [
        ("Frikommuneregisteret", "Regneark til at holde et netværks forsøg ajour"),
        ("Netværk", network.name),
        ("Hentet", f"{timezone.localtime(made_at):%d-%m-%Y kl. %H.%M}"),
        ("Opbygning", f"Udgave {LAYOUT}"),
        (
            "Sådan gør du",
            "Ret i cellerne, gem, og læs filen ind på arbejdsbordet. Du ser hver ændring, før den gemmes.",
        ),
        (
            "Hvide celler",
            "Kan ændres. Skriv dage som 01-05-2019 og tal med komma. Overskrifternes noter hjælper.",
        ),
        (
            "Grå celler",
            "Er låst. Titel, ikrafttrædelse og deltagende kommuner foreslås ændret på forsøgets side.",
        ),
        ("Nye rækker", "Skriv dem nederst i »Aktivitetstal« og »Milepæle«, og lad »Id« stå tom."),
        ("Slettede rækker", "En række, der ikke er med, bliver ikke slettet i registeret: den er blot uændret."),
        ("Ny status", "Vælg status, og skriv den nye dag i »Gældende fra«. Uændret: skriv dagen i »Sidst bekræftet«."),
        (
            "Rettelse af status",
            "Var årsag eller dag forkert, så ret dem, og skriv i bemærkningen, hvad der var forkert. "
            "Den tidligere oplysning bliver stående i historikken.",
        ),
        (
            "Usandsynlige tal",
            "Ser et nyt eller ændret tal forkert ud, bliver det først gemt, når der står en begrundelse i "
            "»Hvorfor advarslen er tilsidesat«.",
        ),
        (
            "Andres ændringer",
            "Har en anden ændret det samme siden, ser du begge, og vælger. Intet bliver overskrevet uset.",
        ),
        ("Formler", "Formler læses ikke ind. Kopiér dem, og indsæt dem som værdier."),
        ("CSV", "Ét ark ad gangen kan også gemmes og læses ind som CSV. Lad overskrifterne stå, også den sidste."),
        ("Fælles oplysninger", "Aktivitetstal og milepæle, der også hører til andre netværks forsøg, er ikke med."),
        ("Personoplysninger", "Skriv ikke navne, CPR-numre, adresser eller telefonnumre. Bemærkninger er offentlige."),
    ]
