from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from networks.importers.outlines import places, read_outlines, svg

REFERENCE = settings.BASE_DIR / "fixtures" / "reference"
SOURCE = REFERENCE / "kommunekort.json"
MAP = settings.BASE_DIR / "frikommune" / "static" / "site" / "kommunekort.svg"
PLACES = REFERENCE / "map_places.tsv"


class Command(BaseCommand):
    help = "Bygger kortet over kommunerne af fixtures/reference/kommunekort.json."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--map", type=Path, default=MAP)
        parser.add_argument("--places", type=Path, default=PLACES)

    def handle(self, **options) -> None:
        outlines = read_outlines(SOURCE)
        options["map"].write_text(svg(outlines), encoding="utf-8")
        options["places"].write_text(places(outlines), encoding="utf-8")
        self.stdout.write(f"{options['map'].name} er bygget: {len(outlines)} kommuner.")
