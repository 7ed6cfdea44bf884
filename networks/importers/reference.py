"""Reference data: the municipalities, the programme with its rounds, the networks and their members."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from networks.enums import Standing
from networks.importers.merge import Merge, Report
from networks.importers.problems import Problems
from networks.importers.tabular import Line, read_table
from networks.models import ApplicationRound, Membership, Municipality, Network, Programme

COLUMNS = {
    "kommuner.csv": ("kommunekode", "kommune", "regionskode", "region"),
    "official_names.tsv": ("code", "name", "official_name"),
    "programmes.tsv": (
        "code",
        "name",
        "first_year",
        "last_year",
        "decision_deadline",
        "applied_for",
        "accommodated",
        "by_general_law",
        "place",
    ),
    "rounds.tsv": ("programme", "number", "in_force_on", "place"),
    "networks.tsv": ("programme", "number", "name", "active", "theme", "place"),
    "memberships.tsv": ("programme", "network", "code", "municipality", "standing", "place"),
}


@dataclass
class Reference:
    """The validated reference data, ready to be saved."""

    municipalities: list[dict] = field(default_factory=list)
    programmes: list[dict] = field(default_factory=list)
    rounds: list[dict] = field(default_factory=list)
    networks: list[dict] = field(default_factory=list)
    memberships: list[dict] = field(default_factory=list)


def import_reference(directory: Path) -> Report:
    """Bring the files of `directory` into the register, all or nothing. Raises `ImportRefused`."""
    problems = Problems()
    reference = read(directory, problems)
    problems.raise_if_any()
    return save(reference)


def read(directory: Path, problems: Problems) -> Reference:
    """The reference data in `directory`; what is wrong with it is added to `problems`."""
    lines = {
        name: list(read_table(directory / name, columns, problems, "," if name.endswith(".csv") else "\t"))
        for name, columns in COLUMNS.items()
    }
    reference = Reference()
    official = {line["code"]: line["official_name"] for line in lines["official_names.tsv"]}
    reference.municipalities = [
        {
            "code": line["kommunekode"],
            "name": line["kommune"],
            "official_name": official.get(line["kommunekode"], f"{line['kommune']} Kommune"),
            "region_code": line["regionskode"],
            "region": line["region"],
        }
        for line in lines["kommuner.csv"]
    ]
    names = {row["code"]: row["name"] for row in reference.municipalities}
    reference.programmes = [_programme(line, problems) for line in lines["programmes.tsv"]]
    for line in lines["rounds.tsv"]:
        reference.rounds.append(
            {
                "programme": line["programme"],
                "number": _number(line, "number", problems),
                "in_force_on": _day(line, "in_force_on", problems),
                "source_place": line["place"],
            }
        )
    for line in lines["networks.tsv"]:
        if line["active"] not in ("yes", "no"):
            line.report(problems, "active", f"»{line['active']}« er hverken yes eller no")
        reference.networks.append(
            {
                "programme": line["programme"],
                "number": _number(line, "number", problems),
                "name": line["name"],
                "is_active": line["active"] == "yes",
                "theme": line["theme"],
                "source_place": line["place"],
            }
        )
    reference.memberships = [_membership(line, names, problems) for line in lines["memberships.tsv"]]
    return reference


def _programme(line: Line, problems: Problems) -> dict:
    counts = ("applied_for", "accommodated", "by_general_law")
    return {
        "code": line["code"],
        "name": line["name"],
        "first_year": _number(line, "first_year", problems),
        "last_year": _number(line, "last_year", problems),
        "decision_deadline": _day(line, "decision_deadline", problems),
        **{name: _number(line, name, problems) if line[name] else None for name in counts},
        "source_place": line["place"],
    }


def _membership(line: Line, names: dict[str, str], problems: Problems) -> dict:
    if names.get(line["code"]) != line["municipality"]:
        line.report(problems, "code", f"kommunekode {line['code']} er ikke »{line['municipality']}«")
    if line["standing"] not in Standing.values:
        line.report(problems, "standing", f"»{line['standing']}« er ikke en kendt deltagelse")
    return {
        "programme": line["programme"],
        "network": _number(line, "network", problems),
        "code": line["code"],
        "standing": line["standing"],
        "source_place": line["place"],
    }


def _number(line: Line, name: str, problems: Problems) -> int:
    number = line.whole_number(name)
    if number is not None:
        return number
    line.report(problems, name, f"»{line[name]}« er ikke et tal")
    return 0


def _day(line: Line, name: str, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(line[name]) if line[name] else None
    except ValueError:
        line.report(problems, name, f"»{line[name]}« er ikke en dato (åååå-mm-dd)")
        return None


@transaction.atomic
def save(reference: Reference) -> Report:
    """Save validated reference data in one transaction and report what changed."""
    merge = Merge()
    for row in reference.municipalities:
        merge.put(Municipality, {"code": row["code"]}, {k: v for k, v in row.items() if k != "code"})
    for row in reference.programmes:
        merge.put(Programme, {"code": row["code"]}, {k: v for k, v in row.items() if k != "code"})
    programmes = {programme.code: programme for programme in Programme.objects.all()}
    for row in reference.rounds:
        key = {"programme": programmes[row["programme"]], "number": row["number"]}
        merge.put(ApplicationRound, key, {k: row[k] for k in ("in_force_on", "source_place")})
    for row in reference.networks:
        key = {"programme": programmes[row["programme"]], "number": row["number"]}
        merge.put(Network, key, {k: row[k] for k in ("name", "is_active", "theme", "source_place")})
    municipalities = {municipality.code: municipality for municipality in Municipality.objects.all()}
    networks = {(network.programme_id, network.number): network for network in Network.objects.all()}
    for row in reference.memberships:
        network = networks[programmes[row["programme"]].pk, row["network"]]
        key = {"network": network, "municipality": municipalities[row["code"]]}
        merge.put(Membership, key, {k: row[k] for k in ("standing", "source_place")})
    return merge.report
