from django.core.management.base import BaseCommand, CommandError

from trials.models import SourceCell


class Command(BaseCommand):
    help = "Skriver en statustabels rækker, som kilden har dem: syv celler adskilt af tabulator, uden overskrift."

    def add_arguments(self, parser) -> None:
        parser.add_argument("table", help="Tabellens nummer, fx 2.1")
        parser.add_argument("--source", default="vive-2019", help="Kildens kode")

    def handle(self, *, table: str, source: str, **options) -> None:
        rows: dict[int, list[str]] = {}
        for row, text in SourceCell.objects.filter(source__code=source).of_table(table).values_list("row", "text"):
            rows.setdefault(row, []).append(text)
        if not rows:
            known = SourceCell.objects.filter(source__code=source).order_by("table").values_list("table", flat=True)
            names = ", ".join(known.distinct()) or "ingen"
            raise CommandError(f"Tabel {table} findes ikke i kilden {source}. Tabeller: {names}.")
        self.stdout.writelines("\t".join(cells) + "\n" for cells in rows.values())
