import logging
from argparse import ArgumentTypeError
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trials.workspace import reminders
from trials.workspace.letters import described
from trials.workspace.reminders import Errand

log = logging.getLogger(__name__)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"»{text}« er ikke en dag. Skriv den som 2019-02-28.") from error


class Command(BaseCommand):
    help = (
        "Sender en e-mail til hver koordinator, og til ministeriet for netværk uden koordinator, om det, der er "
        "forfaldent eller snart forfalder; højst en gang om ugen om den samme ting. Afslutter med 1, hvis en e-mail "
        "ikke kunne sendes."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="viser e-mailene, men sender og gemmer intet")
        parser.add_argument(
            "--today",
            type=_day,
            help="regn med denne dag (ÅÅÅÅ-MM-DD) i stedet for i dag; en kommende dag kun med --dry-run",
        )

    def handle(self, *, dry_run: bool, today: date | None, **options) -> None:
        if today and today > timezone.localdate() and not dry_run:
            raise CommandError(
                f"{today} er ikke kommet endnu: sendte man for den dag, ville de rigtige påmindelser udeblive til da. "
                "Brug --dry-run for at se, hvad der ville blive sendt."
            )
        today = today or timezone.localdate()
        site = settings.SITE_URL.rstrip("/")
        if not site:
            raise CommandError("SITE_URL mangler: angiv webstedets adresse, for eksempel https://register.example.")
        sent = failed = 0
        for errand in reminders.errands(today):
            if errand.keyed() and not errand.user.email:
                self.stderr.write(f"{errand.user} har ingen e-mailadresse og får ingen påmindelse.")
            elif dry_run:
                sent += self._show(errand, today, site)
            else:
                outcome = self._send(errand, today, site)
                sent, failed = sent + (outcome is True), failed + (outcome is False)
        self.stdout.write(f"{'Ville sende' if dry_run else 'Sendt'}: {sent}. Fejlet: {failed}.")
        if failed:
            raise SystemExit(1)

    def _show(self, errand: Errand, today: date, site: str) -> bool:
        told = reminders.to_tell(errand, today)
        if told:
            self.stdout.write(described(reminders.written(errand, told, site)) + "\n")
        return bool(told)

    def _send(self, errand: Errand, today: date, site: str) -> bool | None:
        """Whether the letter was sent; None when there was nothing to tell."""
        claim = reminders.claim(errand, today)
        if not claim.told:
            return None
        try:
            reminders.written(errand, claim.told, site).send()
        except Exception as error:  # one bad address or a server that is away must not keep the others' letters back
            reminders.take_back(errand, claim)
            log.exception("Reminder to user %s could not be sent", errand.user.pk)
            self.stderr.write(f"E-mailen til {errand.user} kunne ikke sendes: {error}")
            return False
        return True
