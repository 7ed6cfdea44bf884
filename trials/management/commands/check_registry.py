import json

from django.core.management.base import BaseCommand

from trials.integrity import Finding, Place, Severity, find


class Command(BaseCommand):
    help = "Viser fejl i registeret, modstride i kilden og mangler. Afslutter med 1, hvis registeret selv har fejl."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, format: str, **options) -> None:
        findings = find()
        if format == "json":
            self.stdout.write(json.dumps([_record(each) for each in findings], ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_text(findings))
        if any(each.severity == Severity.ERROR for each in findings):
            raise SystemExit(1)


def _record(finding: Finding) -> dict:
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "shown": finding.shown,
        "trials": [trial.public_id for trial in finding.trials],
        "networks": [network.number for network in finding.networks],
        "municipalities": [municipality.code for municipality in finding.municipalities],
        "places": [_place(each) for each in finding.places],
    }


def _place(place: Place) -> dict:
    """A place: a cell, a section, or neither when the register says it itself. `label` is for a reader."""
    return {
        "table": place.table or None,
        "row": place.row,
        "column": place.column,
        "section": place.section or None,
        "words": place.words,
        "quotation": place.is_quotation,
        "label": place.label,
    }


def _text(findings: list[Finding]) -> str:
    parts = []
    for severity in Severity:
        several = [each for each in findings if each.severity == severity]
        parts.append(f"{severity.label}: {len(several)}")
        parts += [_paragraph(each) for each in several]
    return "\n\n".join(parts)


def _paragraph(finding: Finding) -> str:
    lines = [f"[{finding.code}] {finding.message}", f"  {finding.shown}"]
    return "\n".join(lines + [f"  - {place}" for place in finding.places])
