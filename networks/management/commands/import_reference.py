from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from networks.enums import Channel
from networks.importers.problems import ImportRefused
from networks.importers.reference import import_reference
from networks.recording import recording


class Command(BaseCommand):
    help = "Indlæser kommuner, forsøgsprogram, ansøgningsrunder, netværk og netværkskommuner."

    def add_arguments(self, parser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures" / "reference")

    def handle(self, *, directory: Path, verbosity: int, **options) -> None:
        try:
            with transaction.atomic(), recording(Channel.COMMAND, note=f"import_reference {directory.name}"):
                report = import_reference(directory)
        except ImportRefused as refused:
            self.stderr.write("\n".join(map(str, refused.problems)))
            raise SystemExit(1) from None
        if verbosity > 1:
            self.stdout.writelines(f"{line}\n" for line in report.changes)
        self.stdout.writelines(f"{line}\n" for line in report.kept)
        self.stdout.write(f"Stamdata: {len(report.changes)} ændringer, {report.unchanged} uændrede.")
