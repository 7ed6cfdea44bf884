import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trials.importers.fixture import serialise

FIXTURE = settings.BASE_DIR / "fixtures" / "vive_2019.json"


class Command(BaseCommand):
    help = "Bygger fixtures/vive_2019.json af filerne i fixtures/reference og fixtures/vive_2019."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--print", action="store_true", help="Skriv registeret i denne database ud i stedet")
        parser.add_argument("--output", type=Path, default=FIXTURE)

    def handle(self, *, output: Path, **options) -> None:
        if options["print"]:
            self.stdout.write(serialise(), ending="")
            return
        with tempfile.TemporaryDirectory() as folder:
            # A database of its own: the fixture is what the files say, whatever this register holds.
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/fixture.sqlite3"}
            self._manage(environment, "migrate", "--verbosity=0")
            self._manage(environment, "import_reference", "--verbosity=0")
            self._manage(environment, "import_vive", str(settings.BASE_DIR / "fixtures" / "vive_2019"), "--verbosity=0")
            output.write_text(self._manage(environment, "build_fixture", "--print"), encoding="utf-8")
        self.stdout.write(f"{output.name} er bygget.")

    def _manage(self, environment: dict[str, str], *arguments: str) -> str:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(done.stderr or done.stdout)
        return done.stdout
