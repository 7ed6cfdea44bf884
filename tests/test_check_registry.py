"""`manage.py check_registry`: its two formats, its exit code, and what it finds in the register that ships."""

import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from networks.models import Municipality, Network
from tests.clean_register import make_clean_register
from tests.test_docs import _rows, _section
from tests.vive import ROWS
from trials.enums import Status
from trials.integrity import RULES, Severity
from trials.models import Trial

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[1] / "fixtures" / "vive_2019"
CELLS = {(row.table, row.number, column): text for row in ROWS for column, text in enumerate(row.cells, start=1)}


def check(capsys, *arguments) -> tuple[int, str]:
    """The exit code and what was written."""
    code = 0
    try:
        call_command("check_registry", *arguments)
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr().out


def found(capsys, *arguments) -> list[dict]:
    return json.loads(check(capsys, "--format", "json", *arguments)[1])


def _fold(text: str) -> str:
    return " ".join(text.split())


def test_clean_register_ends_well_and_says_so(capsys):
    make_clean_register()
    code, text = check(capsys)
    assert code == 0
    assert text.split("\n\n") == ["Fejl i registeret: 0", "Modstrid i kilden: 0", "Mangler: 0\n"]
    assert found(capsys) == []


def test_contradictions_and_gaps_do_not_fail(capsys):
    register = make_clean_register()
    register.write(in_force_to=None, content="Det prøves i de fem kommuner. Med")
    assert check(capsys)[0] == 0
    assert Counter(each["severity"] for each in found(capsys)) == {"contradiction": 1, "gap": 2}


@pytest.mark.parametrize("format", ["text", "json"])
def test_errors_of_the_register_fail(capsys, format):
    register = make_clean_register()
    Trial.objects.filter(pk=register.trial.pk).update(status=Status.PLANNED)
    assert check(capsys, "--format", format)[0] == 1


def test_text_is_grouped_and_names_every_place(capsys):
    register = make_clean_register()
    register.said(3, "Det prøves i de fem kommuner.")
    register.write(content="Det prøves i de fem kommuner.", in_force_to=None)
    paragraphs = check(capsys)[1].split("\n\n")
    assert [p for p in paragraphs if not p.startswith("[")] == [
        "Fejl i registeret: 0",
        "Modstrid i kilden: 1",
        "Mangler: 1",
    ]
    lines = next(p for p in paragraphs if p.startswith("[municipality_count]")).splitlines()
    assert lines[0] == "[municipality_count] FKII-4-01 omtales som et forsøg i 5 kommuner, men rækken nævner 2."
    assert lines[1].startswith("  Registeret viser")
    assert lines[2] == "  - Bilagstabel 2.4, række 1, »Indhold«, side 35: »Det prøves i de fem kommuner.«"
    assert lines[3].startswith("  - Bilagstabel 2.4, række 1, »Kommuner«, side 35: »Prøvekommune")


def test_unknown_format_is_refused():
    with pytest.raises(CommandError, match="xml"):
        call_command("check_registry", "--format", "xml")


@pytest.fixture(scope="module")
def shipped(module_register) -> list[dict]:
    """What the command finds in the shipped register."""
    out = io.StringIO()
    call_command("check_registry", "--format", "json", stdout=out)
    return json.loads(out.getvalue())


# By hand, from the note and domain.md: rule, trials, and a table cell or a section for each place, with words of it.
EXPECTED = [
    # a date before the law was passed
    ("in_force_before_law", {"FKII-1-06"}, [("2.1/6/6", "1.1. 2017"), ("0.1", ""), ("forord", "juni 2017")]),
    ("in_force_before_law", {"FKII-1-07"}, [("2.1/7/6", "1.1. 2017"), ("0.1", ""), ("forord", "juni 2017")]),
    ("in_force_before_law", {"FKII-1-08"}, [("2.1/8/6", "1.1. 2017"), ("0.1", ""), ("forord", "juni 2017")]),
    ("in_force_before_law", {"FKII-1-09"}, [("2.1/9/6", "1.1. 2017"), ("0.1", ""), ("forord", "juni 2017")]),
    ("in_force_after_source", {"FKII-2-03"}, [("2.2/3/6", "1.7. 2019"), ("0.1", "")]),
    ("under_way_before_in_force", {"FKII-2-03"}, [("2.2/3/6", "under implementering"), ("2.2/3/6", "1.7. 2019")]),
    # figures for a municipality that the same row does not list
    ("figure_of_outsider", {"FKII-1-05"}, [("2.1/5/6", "Thisted"), ("2.1/5/2", "Aalborg")]),
    ("figure_of_outsider", {"FKII-1-11"}, [("2.1/11/6", "Jammerbugt"), ("2.1/11/2", "Thisted")]),
    # counts in a chapter that differ from the table
    ("trial_count", {f"FKII-7-0{n}" for n in range(1, 9)}, [("7.1", "11 forsøg"), ("2.7/1/1", ""), ("2.7/8/1", "")]),
    ("municipality_count", {"FKII-1-09"}, [("2.1/9/7", "otte"), ("2.1/9/2", "Morsø")]),
    ("municipality_count", {"FKII-1-20"}, [("2.1/20/7", "otte"), ("2.1/20/2", "Morsø")]),
    ("municipality_count", {"FKII-4-01"}, [("2.4/1/6", "de tre"), ("4.1", "de tre"), ("2.4/1/2", "Ikast-Brande")]),
    # a title that differs from its content
    ("title_differs", {"FKII-3-08"}, [("2.3/8/1", "1/2 år"), ("2.3/8/3", "3 år")]),
    ("series_incomplete", {"FKII-1-09", "FKII-1-10"}, [("2.1/9/1", "et af fire"), ("2.1/10/1", "to af fire")]),
    ("read", {"FKII-1-10"}, [("2.1/10/1", "Fritagelse"), ("2.1/10/3", "kan behandle")]),
    ("read", {"FKII-2-16"}, [("2.2/16/1", "uden tidsgrænse"), ("2.2/16/3", "12 år")]),
    # "all started" beside a row that says not started
    ("all_started", {"FKII-1-08"}, [("1.1", "alle 20 forsøg"), ("2.1/8/6", "ikke iværksat")]),
    ("all_started", {"FKII-1-16"}, [("1.1", "alle 20 forsøg"), ("2.1/16/6", "ikke kommet i gang")]),
    ("all_started", {"FKII-1-18"}, [("1.1", "alle 20 forsøg"), ("2.1/18/6", "forventer")]),
    # the rest of what is derived, and some of what was read
    ("evaluated_but_dropped", {"FKII-1-08"}, [("2.1/8/7", "Hvis forsøget"), ("2.1/8/6", "ikke iværksat")]),
    ("reason_differs_from_basis", {"FKII-2-09"}, [("2.2/9/7", "generel regelændring"), ("2.2/9/5", "Generel hjemmel")]),
    ("same_basis_other_day", {"FKII-2-04", "FKII-2-05"}, [("2.2/4/6", "1.7. 2018"), ("2.2/5/6", "1.1. 2018")]),
    ("general_law_when_in_force", {"FKII-7-01"}, [("7.1", "1.7. 2018"), ("2.7/1/6", "1.7. 2018")]),
    ("general_law_when_in_force", {"FKII-7-02"}, [("7.1", "1.7. 2018"), ("2.7/2/6", "1.7. 2018")]),
    ("in_force_but_awaits_authority", {"FKII-4-07"}, [("2.4/7/6", "1.7. 2018"), ("2.4/7/6", "afventer")]),
    ("unsettled_but_in_force", {"FKII-4-10"}, [("2.4/10/5", "Ikke et egentligt"), ("2.4/10/6", "1.7. 2018")]),
    ("shares_not_100", {"FKII-5-01"}, [("5.2", "58 %"), ("5.2", "29 %"), ("5.2", "12 %")]),
    ("read", set(), [("forord", "1. juni 2018"), ("0.1", "1. juli 2018")]),
    ("read", set(), [("forord", "38 kommuner"), ("0.1", "de syv netværk")]),
    ("read", {"FKII-1-01"}, [("0.4", "igennem forløbet"), ("2.1/1/6", "afsluttet")]),
    ("read", {"FKII-6-03"}, [("2.6/3/7", "2019"), ("6.1", "31.12. 2018")]),
    ("read", {"FKII-4-01"}, [("4.1", "et samlet forsøg"), ("2.4/1/1", "Fra dokumentation")]),
    ("read", {"FKII-2-15"}, [("2.2/15/1", "samdrift"), ("2.2/15/3", "afhændelse")]),
    (
        "read",
        {"FKII-4-06", "FKII-4-10"},
        [("2.4/6/3", "sidestilles"), ("2.4/6/7", "samtaler"), ("2.4/10/7", "samtaler")],
    ),
    ("read", {"FKII-5-01"}, [("5.1", "samarbejdsaftale"), ("5.2", "samarbejdsaftalen")]),
    ("read", {"FKII-3-11"}, [("2.3/11/6", "1.1. 2019"), ("2.3/11/7", "ikke er identificeret")]),
]


def _place(place: dict) -> str:
    return place["section"] or f"{place['table']}/{place['row']}/{place['column']}"


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: f"{e[0]}-{'-'.join(sorted(e[1])) or e[2][0][1]}")
def test_shipped_contradiction_is_found_with_all_its_places(shipped, expected):
    code, trials, places = expected
    candidates = [f for f in shipped if f["code"] == code and set(f["trials"]) == trials]
    assert [
        finding
        for finding in candidates
        if all(any(_place(p) == where and words in p["words"] for p in finding["places"]) for where, words in places)
    ], candidates


def test_shipped_register_has_no_errors(shipped, capsys):
    assert [finding["message"] for finding in shipped if finding["severity"] == "error"] == []
    assert check(capsys)[0] == 0


def test_shipped_contradictions_all_have_both_places(shipped):
    contradictions = [finding for finding in shipped if finding["severity"] == "contradiction"]
    assert len(contradictions) >= 50
    for finding in contradictions:
        standing = [p for p in finding["places"] if p["table"] or p["section"]]
        assert len(standing) >= 2, finding
        assert all(p["words"] for p in standing)


def test_shipped_quotations_are_the_cells_own(shipped):
    quoted = [p for finding in shipped for p in finding["places"] if p["column"] and p["quotation"]]
    assert len(quoted) > 100
    for place in quoted:
        assert _fold(place["words"]) in _fold(CELLS[place["table"], place["row"], place["column"]])


def test_shipped_quotations_from_chapters_are_short(shipped):
    quoted = [p["words"] for finding in shipped for p in finding["places"] if p["section"] and p["quotation"]]
    assert len(quoted) > 40
    assert max(len(words.split()) for words in quoted) <= 12


def test_json_has_the_promised_shape(shipped):
    ids = set(Trial.objects.values_list("public_id", flat=True))
    numbers = set(Network.objects.values_list("number", flat=True))
    codes = set(Municipality.objects.values_list("code", flat=True))
    assert len({finding["key"] for finding in shipped}) == len(shipped) >= 100
    for finding in shipped:
        assert finding["code"] in RULES
        assert finding["severity"] == RULES[finding["code"]].severity
        assert finding["message"].strip()
        assert finding["shown"].startswith("Registeret")
        assert set(finding["trials"]) <= ids
        assert set(finding["networks"]) <= numbers
        assert set(finding["municipalities"]) <= codes
        for place in finding["places"]:
            assert set(place) == {"table", "row", "column", "section", "words", "quotation", "label"}


def test_no_finding_names_a_citizen_or_contact(shipped):
    said = json.dumps(shipped, ensure_ascii=False)
    assert not re.search(r"Michael|Rami|Amami|Dehn|EyeGarden|Syndikatet|Wimmer|samsbilpleje|Møllegården", said)


def test_gaps_are_one_a_trial_or_network(shipped):
    """A gap that holds everywhere is one finding a trial, or a network: the list is a list of work."""
    gaps = [finding for finding in shipped if finding["severity"] == "gap"]
    assert 20 <= len(gaps) <= 130
    for code in ("participation_unknown", "no_figures"):
        several = [tuple(finding["trials"]) for finding in gaps if finding["code"] == code]
        assert several
        assert len(set(several)) == len(several)


def test_curated_contradictions_ship_in_full(shipped):
    lines = (FOLDER / "contradictions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) >= 20
    assert len([finding for finding in shipped if finding["code"] == "read"]) == len(lines)


# The documentation.


def test_every_rule_is_documented():
    documented = [tuple(cell.strip("`") for cell in row) for row in _rows(_section("Findings"))]
    order = list(Severity)
    rules = sorted(RULES.values(), key=lambda rule: order.index(rule.severity))
    assert documented == [(rule.code, rule.severity.value, rule.title, rule.explanation) for rule in rules]
