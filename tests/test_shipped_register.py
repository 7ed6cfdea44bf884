"""The shipped register against its source: every trial, cell by cell; and against the note by hand."""

import csv
import hashlib
import io
import re
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from networks.models import Membership, Municipality, Network
from tests.vive import FOLDER, MEMBERS, ROWS, SHA256, TRIALS, SourceRow, letters
from trials.enums import STATUSES_WITH_REASON, BasisRole, Status
from trials.importers.provisions import Reference
from trials.models import Coverage, LegalBasis, Participation, Provision, SourceCell, StatusEvent, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_register")]

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.public_id)


def test_tables_are_the_notes():
    for table, expected in SHA256.items():
        content = (FOLDER / f"bilagstabel_{table.replace('.', '_')}.tsv").read_bytes()
        assert hashlib.sha256(content).hexdigest() == expected, table
    assert Counter(row.table for row in ROWS) == TRIALS
    assert sum(TRIALS.values()) == 79


def test_every_row_is_a_published_trial():
    assert sorted(Trial.objects.values_list("public_id", flat=True)) == sorted(row.public_id for row in ROWS)
    assert set(Trial.objects.values_list("publication", flat=True)) == {"published"}
    for number, count in enumerate(TRIALS.values(), start=1):
        assert Trial.objects.filter(network__number=number).count() == count


@each_row
def test_cells_are_verbatim(row: SourceRow):
    cells = SourceCell.objects.filter(trial__public_id=row.public_id).order_by("column")
    assert [cell.text for cell in cells] == list(row.cells)
    assert {(cell.table, cell.row, cell.page) for cell in cells} == {(row.table, row.number, row.page)}


@pytest.mark.parametrize("table", TRIALS)
def test_exported_table_equals_the_source(table, capsys):
    call_command("export_vive_table", table)
    expected = ["\t".join(row.cells) for row in ROWS if row.table == table]
    assert capsys.readouterr().out == "".join(f"{line}\n" for line in expected)


@each_row
def test_municipalities_are_the_rows(row: SourceRow):
    named = Municipality.objects.filter(participations__trial__public_id=row.public_id)
    assert {letters(municipality.name) for municipality in named} == row.municipalities


def test_spellings_come_to_thirty_eight_municipalities():
    assert len({name for row in ROWS for name in row.municipalities}) == 38
    assert Municipality.objects.filter(participations__isnull=False).distinct().count() == 38


@each_row
def test_entry_into_force_is_the_rows(row: SourceRow):
    trial = Trial.objects.get(public_id=row.public_id)
    assert trial.in_force_from == row.in_force_from
    rounds = {date(2017, 7, 1): 1, date(2018, 1, 1): 2, date(2018, 7, 1): 3}
    number = trial.application_round.number if trial.application_round else None
    assert number == rounds.get(row.in_force_from)


def test_days_of_entry_into_force():
    days = Counter(Trial.objects.values_list("in_force_from", flat=True))
    # Counted by hand in the tables: the four of 1.1.2017 precede the law, the one of 1.7.2019 the note.
    assert days[date(2017, 1, 1)] == 4
    assert days[date(2019, 7, 1)] == 1
    assert days[None] == 7


@each_row
def test_legal_basis_holds_every_paragraph_of_the_row(row: SourceRow):
    """Every number after a § in the fifth cell, and every act it names, is there, and nothing else."""
    bases = LegalBasis.objects.filter(trial__public_id=row.public_id, role=BasisRole.RESTS_ON)
    assert bases.exists()
    written = re.sub(r"stk\. [\d-]+", "", row.cells[4])
    numbers = {int(n) for n in re.findall(r"\d+", " ".join(re.findall(r"§[^A-ZÆØÅ]*", written)))}
    for first, last in re.findall(r"(\d+)-(\d+)", written):
        numbers |= set(range(int(first), int(last) + 1))
    found = set(bases.exclude(provision=None).values_list("provision__paragraph", flat=True))
    assert found == numbers
    acts = set(bases.exclude(provision=None).values_list("provision__act__code", flat=True))
    assert acts == {code for code, words in ACTS.items() if numbers and re.search(words, row.cells[4])}


ACTS = {
    "frikommuneloven": r"Lov om frikommune-?(?:ne)?tværk",
    "frikommunebekendtgoerelsen": "Bekendtgørelse om Frikommuneforsøg",
    "folkeskoleloven": "folkeskolelovens",
    "serviceloven": "servicelovens",
}

# Read in the tables and written out by hand.
PROVISIONS = {
    "FKII-1-01": {("frikommuneloven", "§ 9"), ("frikommunebekendtgoerelsen", "§ 3")},
    "FKII-1-03": {("frikommunebekendtgoerelsen", f"§ {n}") for n in (4, 5, 6)},
    "FKII-1-06": {("frikommuneloven", "§ 30 a")},
    "FKII-1-15": {("frikommuneloven", "§ 29 c"), ("frikommuneloven", "§ 30")},
    "FKII-2-02": {("frikommuneloven", f"§ {n}") for n in (24, 25, 26)},
    "FKII-2-10": {("frikommuneloven", "§ 27, stk. 3"), ("frikommuneloven", "§ 9 a")},
    "FKII-2-17": {("frikommuneloven", f"§ 25, stk. {n}") for n in (3, 4, 5)},
    "FKII-3-04": {("serviceloven", "§ 184")},
    "FKII-3-05": {("frikommuneloven", f"§ 27 {letter}") for letter in "cdefghijk"},
    "FKII-3-11": {("frikommuneloven", "§ 14 d"), ("frikommuneloven", "§ 14 e")},
    "FKII-4-05": {("folkeskoleloven", "§ 55")},
    "FKII-5-01": {("frikommuneloven", "§ 27 a"), ("frikommuneloven", "§ 27 b")},
    "FKII-6-03": {("frikommuneloven", "§ 27 l")},
    "FKII-7-01": {
        ("frikommuneloven", "§ 11"),
        ("frikommunebekendtgoerelsen", "§ 26"),
        ("frikommunebekendtgoerelsen", "§ 27"),
    },
}


@pytest.mark.parametrize("public_id", PROVISIONS)
def test_provisions_are_written_out(public_id):
    bases = LegalBasis.objects.filter(trial__public_id=public_id, role=BasisRole.RESTS_ON)
    assert {(b.provision.act.code, b.provision.reference) for b in bases} == PROVISIONS[public_id]


def test_kinds_of_legal_basis():
    kinds = Counter(
        LegalBasis.objects.filter(role=BasisRole.RESTS_ON).values_list("kind", "trial__public_id").distinct()
    )
    by_kind = Counter(kind for kind, _ in kinds)
    # 79 cells: 64 name the free-municipality law or order, 6 an experiment clause, 6 say "Generel hjemmel",
    # one "Generel regelændring", one a general change of the serviceloven, one says that it is none.
    clause = sum("Forsøgsbestemmelse" in row.cells[4] for row in ROWS)
    law = sum(bool(re.search(r"frikommune-?(?:ne)?tværk|Frikommuneforsøg II", row.cells[4])) for row in ROWS)
    assert by_kind == {
        "exemption": law,
        "experiment_clause": clause,
        "existing_law": 6,
        "general_change": 2,
        "unsettled": 1,
    }
    assert sum(by_kind.values()) == 79


def test_trials_under_section_25():
    provision = Provision.objects.get(act__code="frikommuneloven", paragraph=25, letter="", subsection=0)
    found = set(Trial.objects.under_provision(provision).values_list("public_id", flat=True))
    assert found == {row.public_id for row in ROWS if re.search(r"§ 25\b", row.cells[4])}
    assert len(found) == 5


@each_row
def test_evaluation_is_the_rows(row: SourceRow):
    coverage = Coverage.objects.get(trial__public_id=row.public_id, evaluation__code__startswith="E-")
    text = row.cells[6]
    says = {
        "none": re.search(r"design udarbejdes ikke", text),
        "awaits_project": "udarbejdes, når der" in text,
        "not_finished": re.search(r"ikke færdiggjort|endnu ikke et endeligt", text),
        "submitted": "indsendt til" in text,
        "shared": re.search("beskrevet (ovenfor|under)|slås sammen", text),
        "later": "afventer dette" in text,
    }
    expected = [status for status, said in says.items() if said] or ["designed"]
    assert [coverage.design_status] == expected


def test_one_evaluation_is_shared_by_network_7_and_one_by_two_trials():
    shared = Coverage.objects.get(trial__public_id="FKII-7-05", is_shared=True).evaluation
    assert sorted(shared.trials.values_list("public_id", flat=True)) == [f"FKII-7-0{n}" for n in range(1, 9)]
    other = Coverage.objects.get(trial__public_id="FKII-3-09").evaluation
    assert sorted(other.trials.values_list("public_id", flat=True)) == ["FKII-3-08", "FKII-3-09"]


# What the sixth cell says outright, held against the row's own words.
SAID = {
    "Forsøget er under realisering": "realising",
    "Forsøget er under implementering": "implementing",
    "Forsøget gennemføres ikke": "not_pursued",
    "Forsøget iværksættes ikke": "not_pursued",
    "Dette forsøg er ikke iværksat": "not_pursued",
    "Ingen kommune har truffet beslutning": "not_pursued",
    "Implementeres fra": "implementing",
    "reel opstart i august 2019": "planned",
    "primo 2019": "planned",
    "afventer, at der er privat udlejere": "awaiting",
    "afventer endelig godkendelse": "awaiting",
    "afventer afklaring": "awaiting",
    "Der er ikke opnået aftale": "awaiting",
}


@pytest.mark.parametrize("words", SAID)
def test_status_is_what_the_row_says(words):
    rows = [row for row in ROWS if words in row.cells[5]]
    assert rows
    for row in rows:
        assert Trial.objects.get(public_id=row.public_id).status == SAID[words], row.public_id


# Read in the chapters, by hand: section 7.1, 6.1, 5.1, 1.1.
BY_HAND = {
    "FKII-7-01": "made_general",
    "FKII-7-02": "made_general",
    "FKII-7-03": "running",
    "FKII-6-03": "ended",
    "FKII-6-04": "started",
    "FKII-5-01": "running",
    "FKII-3-01": "running",
    "FKII-3-04": "approved",
    "FKII-1-16": "started",
    "FKII-1-08": "not_pursued",
}


@pytest.mark.parametrize("public_id", BY_HAND)
def test_status_is_what_the_chapter_says(public_id):
    assert Trial.objects.get(public_id=public_id).status == BY_HAND[public_id]


def test_every_status_is_reached_by_the_transition_table():
    assert StatusEvent.objects.filter(is_correction=True).count() == 0
    assert Trial.objects.exclude(status=Status.UNKNOWN).count() == 79


def test_on_1_december_2018_the_register_knows_what_the_source_dates():
    on_day = Trial.objects.status_on(date(2018, 12, 1))
    running = set(on_day.filter(status_then=Status.RUNNING).values_list("public_id", flat=True))
    assert {"FKII-1-01", "FKII-1-02", "FKII-3-02", "FKII-5-01"} <= running
    assert on_day.get(public_id="FKII-6-03").status_then == Status.APPROVED, "ended 31.12.2018, started by then"
    assert on_day.get(public_id="FKII-2-09").status_then == Status.UNKNOWN, "its row has no date"


def test_nothing_was_known_before_the_note_was_published():
    known = Trial.objects.status_on(date(2019, 3, 1), known_on=date(2019, 2, 27))
    assert set(known.values_list("status_then", flat=True)) == {Status.UNKNOWN}


def test_nothing_stands_without_a_place_in_the_source():
    for model in (Participation, LegalBasis, Coverage, StatusEvent):
        assert model.objects.exists()
        for record in model.objects.select_related("cell__source", "source"):
            assert record.place, f"{model.__name__} {record}"
    assert not Membership.objects.filter(source_place="").exists()
    assert not Participation.objects.exclude(decided_on=None).exists(), "the note gives no council's date"
    assert not Trial.objects.exclude(in_force_to=None).exists(), "the note gives no end"


def test_quotations_stand_in_their_cells_and_are_short_where_they_stand_in_a_chapter():
    quoted = 0
    for model in (LegalBasis, Coverage, StatusEvent):
        for record in model.objects.exclude(quotation="").select_related("cell"):
            quoted += 1
            if record.cell:
                assert record.quotation in record.cell.text
            else:
                assert len(record.quotation.split()) <= 12
    assert quoted > 200


def test_reasons_stand_only_where_they_belong():
    with_reason = set(StatusEvent.objects.exclude(reason="").values_list("status", flat=True))
    assert with_reason
    assert with_reason <= set(STATUSES_WITH_REASON)
    for event in StatusEvent.objects.filter(status__in=STATUSES_WITH_REASON):
        assert event.reason, event


def test_members_are_tabel_1s():
    counted = Network.objects.active().with_member_count().values_list("number", "member_count")
    assert dict(counted) == MEMBERS
    assert Municipality.objects.in_a_network().count() == 44
    assert Municipality.objects.active().count() == 38
    passive = Membership.objects.exclude(standing="active")
    assert [m.municipality.name for m in passive] == ["Lyngby-Taarbæk"]
    assert [n.number for n in Network.objects.filter(is_active=False)] == [8]


def test_participants_are_members_of_the_network():
    for part in Participation.objects.select_related("trial", "municipality"):
        members = part.trial.network.memberships.filter(standing="active", municipality=part.municipality)
        assert members.exists(), part


def test_reference_data_is_complete():
    assert Municipality.objects.count() == 98
    assert Municipality.objects.get(code="101").official_name == "Københavns Kommune"
    assert Municipality.objects.get(code="820").official_name == "Vesthimmerlands Kommune"
    assert Municipality.objects.get(code="751").official_name == "Aarhus Kommune"
    last = list(Municipality.objects.values_list("name", flat=True))[-4:]
    assert last == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]
    assert set(Municipality.objects.values_list("region", flat=True)) == {
        "Hovedstaden",
        "Sjælland",
        "Syddanmark",
        "Midtjylland",
        "Nordjylland",
    }


def test_corrected_titles_are_listed_with_their_reasons():
    lines = (FOLDER / "corrections.tsv").read_text(encoding="utf-8").splitlines()
    corrections = list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE))
    titles = {(c["table"], int(c["row"])): c for c in corrections if c["column"] == "1"}
    assert ("2.1", 9) in titles
    for row in ROWS:
        title = Trial.objects.get(public_id=row.public_id).title
        assert (title != row.cells[0]) == ((row.table, row.number) in titles), row.public_id
    assert Trial.objects.get(public_id="FKII-1-09").title.startswith("Rehabiliteringsteams (et af fire)")
    assert Trial.objects.get(public_id="FKII-3-10").title.startswith("Brug af særlige døråbnere")


def test_no_markup_is_left_in_the_shown_texts():
    for field in ("title", "content", "target_group", "implementation"):
        assert not Trial.objects.filter(**{f"{field}__contains": "<"}).exists()
    assert not Coverage.objects.filter(description__contains="<").exists()


def test_references_sort_within_their_act():
    references = [Reference("a", 9, "b"), Reference("a", 9), Reference("a", 27, "c", 1)]
    assert sorted(references)[0] == Reference("a", 9)
