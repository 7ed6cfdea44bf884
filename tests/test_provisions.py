"""Reading references to law, as the tables write them and as they might."""

import pytest

from trials.importers.provisions import Reference, Unreadable, parse_cell, parse_provisions


def _read(text: str) -> list[str]:
    return [
        f"{r.paragraph}{r.letter}" + (f"/{r.subsection}" if r.subsection else "") + (f"#{r.number}" if r.number else "")
        for r in parse_provisions(text, "lov")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 25.", ["25"]),
        ("§ 30a", ["30a"]),
        ("§ 9 d.", ["9d"]),
        ("§§ 9 og 10", ["9", "10"]),
        ("§§ 4-6", ["4", "5", "6"]),
        ("§ 26-27.", ["26", "27"]),
        ("§§ 27 c-k.", ["27c", "27d", "27e", "27f", "27g", "27h", "27i", "27j", "27k"]),
        ("§§ 29 c og 30", ["29c", "30"]),
        ("§§ 27 a og b", ["27a", "27b"]),
        ("§§ 14 d og e.", ["14d", "14e"]),
        ("§§ 26 f, 26 g og 26 h.", ["26f", "26g", "26h"]),
        ("§ 25, stk. 3-5.", ["25/3", "25/4", "25/5"]),
        ("§§ 27, stk. 3 og 9 a.", ["27/3", "9a"]),
        ("§ 66, stk. 1, nr. 5", ["66/1#5"]),
        ("§ 2, nr. 1", ["2#1"]),
        ("§ 9 og § 9", ["9"]),
    ],
)
def test_references_are_written_out(text, expected):
    assert _read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9",
        "Generel hjemmel",
        "§",
        "§§ 24 og 26 (NB. § 25).",
        "§ 52, stk. 3 og 5",
        "§ 27 c-28 d",
        "§ 27-c",
        "§§ 9-4",
        "§ 27 k-c",
        "§ 9. Og mere.",
        "§ b",
        "§ stk. 2",
        "kapitel 7",
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(text):
    with pytest.raises(Unreadable):
        parse_provisions(text, "lov")


ACTS = {"Lov om frikommunenetværk": "lov", "Bekendtgørelse om forsøg": "bek", "servicelovens": "sel"}


def test_a_cell_may_name_several_acts():
    found = parse_cell("Lov om frikommunenetværk § 9 Bekendtgørelse om forsøg §§ 3 og 4.", ACTS)
    assert found == [Reference("lov", 9), Reference("bek", 3), Reference("bek", 4)]


def test_an_experiment_clause_is_read():
    assert parse_cell("Forsøgsbestemmelsen i servicelovens § 184.", ACTS) == [Reference("sel", 184)]


@pytest.mark.parametrize("text", ["", "Generel hjemmel", "Lov om noget andet § 9", "Se Lov om frikommunenetværk § 9"])
def test_a_cell_with_anything_else_is_refused(text):
    with pytest.raises(Unreadable):
        parse_cell(text, ACTS)
