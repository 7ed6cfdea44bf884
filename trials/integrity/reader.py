"""What only a reader can see: contradictions that someone has written down, with both places."""

from trials.integrity.finding import Found, Severity, rule
from trials.integrity.register import Register, place_of


@rule(
    "read",
    Severity.CONTRADICTION,
    "Fundet ved læsning",
    "To steder i kilden, som ikke begge kan være rigtige, fundet af en læser og skrevet ned med begge steder.",
    "Registeret viser, hvad der står ved modstriden.",
)
def read(register: Register):
    """The records of `trials.models.Contradiction`: contradictions.tsv, and what editors add."""
    for contradiction in register.contradictions:
        yield Found(
            contradiction.code,
            contradiction.message,
            contradiction.shown,
            trials=tuple(register.trials_of(contradiction)),
            networks=(contradiction.network,) if contradiction.network else (),
            places=tuple(place_of(place) for place in contradiction.places.all()),
        )
