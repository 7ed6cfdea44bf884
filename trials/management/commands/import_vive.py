from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from networks.enums import Channel
from networks.importers.problems import ImportRefused
from networks.importers.reference import import_reference
from networks.models import Municipality
from networks.recording import recording
from trials.importers.vive import import_note


class Command(BaseCommand):
    help = "Indlæser en statusnota fra en mappe med tabeller og ledsagefiler: alt eller intet."

    def add_arguments(self, parser) -> None:
        parser.add_argument("directory", type=Path, help="Mappen, fx fixtures/vive_2019")
        parser.add_argument(
            "--source", type=Path, help="Notatets fulde tekst, som tabeller og citater kontrolleres mod"
        )
        parser.add_argument("--dry-run", action="store_true", help="Vis, hvad der ville blive ændret, uden at gemme")

    def handle(self, *, directory: Path, source: Path | None, dry_run: bool, **options) -> None:
        try:
            with transaction.atomic(), recording(Channel.COMMAND, note=f"import_vive {directory.name}"):
                if not Municipality.objects.exists():
                    import_reference(settings.BASE_DIR / "fixtures" / "reference")
                report = import_note(directory, source, dry_run)
        except ImportRefused as refused:
            self.stderr.write("\n".join(map(str, refused.problems)))
            self.stderr.write(f"{len(refused.problems)} fejl. Intet er indlæst.")
            raise SystemExit(1) from None
        if dry_run or options["verbosity"] > 1:
            self.stdout.writelines(f"{line}\n" for line in report.changes)
        self.stdout.writelines(f"{line}\n" for line in report.kept)
        outcome = "ville blive lavet; intet er gemt" if dry_run else "lavet"
        self.stdout.write(f"{len(report.changes)} ændringer {outcome}. {report.unchanged} oplysninger er uændrede.")
