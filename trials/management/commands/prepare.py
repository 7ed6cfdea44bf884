import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from trials.importers.vive import digest
from trials.models import Source

SHIPPED = settings.BASE_DIR / "fixtures" / "vive_2019"


class Command(BaseCommand):
    help = "Gør en migreret database klar: indlæser de medfølgende data og opretter den første administrator."

    def handle(self, **options) -> None:
        call_command("import_reference", stdout=self.stdout, stderr=self.stderr)
        if not Source.objects.filter(files_digest=digest(SHIPPED)).exists():
            self.stdout.write("Indlæser de medfølgende data …")
            call_command("import_vive", SHIPPED, stdout=self.stdout, stderr=self.stderr)
        users = get_user_model().objects
        if not users.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("admin", password=password)
            self.stdout.write("\nAdministrator oprettet. Adgangskoden vises kun denne ene gang:")
            self.stdout.write(f"  brugernavn: admin\n  adgangskode: {password}\n")
