"""What every file that leaves the register says of its source and of the right to use it."""

SOURCE = (
    "Ulf Hjelmar og Niels Ejersbo: Frikommuneforsøg 2016-2020. Status over forsøg. VIVE 2019, e-ISBN 978-87-7119-625-2."
)
TERMS = (
    "Celler fra notatets tabeller er gengivet ordret © VIVE og forfatterne, må citeres med tydelig kildeangivelse og "
    "er ikke omfattet af registerets licens. Registerets egne tekster og data må bruges efter MIT-licensen."
)
PUBLISHER = "[Registerets ejer]"
"""Who publishes the register: for the owner to fill in."""
CONTACT = "[Kontakt hos registerets ejer]"
"""Whom a reader may ask: for the owner to fill in."""
LICENCE = {"name": "MIT", "title": "MIT-licensen: registerets egne tekster og data"}
"""The licence of the register's own words and data."""
LICENCE_ADDRESS = "http://publications.europa.eu/resource/authority/licence/MIT"
"""The licence's name in the vocabulary that data portals use."""
QUOTED = {
    "name": "other-closed",
    "title": "© VIVE og forfatterne: ordrette celler, må citeres med tydelig kildeangivelse, ingen åben licens",
}
"""What holds for words that are quoted."""
VERBATIM = ("kildeceller", "rettelser")
"""The lists that are quotations through and through."""


def licences(name: str = "") -> list[dict[str, str]]:
    """The licences of the list `name`, or of the whole register: its own, and what holds for the cells quoted."""
    return [QUOTED] if name in VERBATIM else [LICENCE] if name else [LICENCE, QUOTED]
