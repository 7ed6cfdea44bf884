"""Every list as a file: its rows, what it shows to whom, and what it costs."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import Standing
from tests import factories
from tests.exports.register import ids, make_draft, make_whole, rows
from trials import seen_findings
from trials.enums import BasisRole, DesignStatus, Precision, Status
from trials.exports.column import Kind
from trials.exports.forms import FORMS
from trials.exports.listings import LISTINGS
from trials.models import Evaluation, StatusEvent
from trials.workflow import Change, correct

pytestmark = pytest.mark.django_db

WITHOUT_TRIALS = {"netvaerkstekster", "medlemskaber", "kilder"}
"""The lists that say nothing of any trial."""


def test_there_is_a_list_of_everything():
    assert list(LISTINGS) == [
        *("forsoeg", "forsoegstekster", "deltagelser", "statushaendelser", "udfald"),
        *("netvaerk", "netvaerkstekster", "kommuner", "medlemskaber"),
        *("love", "hjemler", "hjemmelsgrundlag"),
        *("evalueringer", "evaluerede_forsoeg", "aktivitetstal", "erfaringer", "milepaele"),
        *("modstrid", "kilder", "kildeceller", "rettelser"),
    ]


@pytest.mark.parametrize("name", LISTINGS)
def test_columns_are_named_once_in_small_latin_letters_and_described(name):
    columns = LISTINGS[name].columns
    names = [column.name for column in columns]

    assert names[0] == "id"
    assert len(names) == len(set(names))
    for column in columns:
        assert column.name.isascii()
        assert column.name.islower()
        assert column.description.endswith(".")
        assert column.references in ("", *LISTINGS)
        assert not column.references or column.kind == Kind.TEXT


@pytest.mark.once
@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_costs_the_same_with_1_and_many_rows_in_every_form(client, name):
    make_whole(1)
    one = {form: _queries(client, name, form) for form in FORMS}
    before = len(rows(client, name))
    make_whole(4)
    make_whole(2, factories.make_network(2, "Boliger"))
    factories.make_source("andet-notat")

    assert len(rows(client, name)) > before
    assert {form: _queries(client, name, form) for form in FORMS} == one
    assert set(one.values()) <= set(range(1, 60 if name == "modstrid" else 16)), one


def _queries(client, name: str, form: str) -> int:
    seen_findings.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/{name}.{form}").status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_draft_is_in_no_list_but_for_staff(client, django_user_model, name):
    make_whole(1)
    public = client.get(f"/{name}.json").content.decode()
    draft = make_draft()
    still = client.get(f"/{name}.json").content.decode()
    if name not in ("netvaerk", "netvaerkstekster", "kommuner", "medlemskaber", "modstrid"):
        assert still == public
    assert draft.public_id not in still
    assert "emmeligt" not in still

    client.force_login(django_user_model.objects.create_user("redaktør", is_staff=True))
    told = client.get(f"/{name}.json").content.decode()
    assert (draft.public_id in told or "emmeligt" in told) == (name not in WITHOUT_TRIALS)


def test_a_record_of_a_public_and_a_draft_trial_names_the_public_one(client):
    public, draft = make_whole(1)[0], make_draft()
    factories.make_experience("Fælles", trials=[public, draft])
    factories.make_milestone("Fælles", trials=[public, draft])
    factories.make_evaluation(public, shared_by=[draft], name="Fælles")

    for name, column in (("erfaringer", "tekst"), ("milepaele", "milepael"), ("evalueringer", "navn")):
        shared = next(row for row in rows(client, name) if row[column] == "Fælles")
        assert shared["forsoeg"] == public.public_id, name


def test_the_cell_of_a_draft_is_not_named_by_a_public_record(client):
    public, draft = make_whole(1)[0], make_draft()
    cell = draft.cells.first()
    factories.make_experience("Fra kladdens række", trials=[public], cell=cell, source=cell.source)

    told = next(row for row in rows(client, "erfaringer") if row["tekst"] == "Fra kladdens række")
    assert told["kilde_id"] == "note"
    assert told["kildecelle_id"] == ""


@pytest.mark.parametrize("name", LISTINGS)
def test_ids_are_told_apart_and_references_lead_somewhere(client, name):
    make_whole(2)
    found = rows(client, name)

    assert found
    assert len({row["id"] for row in found}) == len(found)
    for column in LISTINGS[name].columns:
        if column.references:
            known = set(ids(client, column.references))
            assert {row[column.name] for row in found} - {""} <= known, column.name


class TestRows:
    def test_participation(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        cell = factories.make_cells(trial)[1]
        factories.make_participation(
            trial,
            factories.make_municipality("Læsø", "825"),
            Status.RUNNING,
            decided_on=date(2018, 3, 1),
            cell=cell,
            source=cell.source,
        )

        assert rows(client, "deltagelser") == [
            {
                "id": "FKII-1-01:825",
                "forsoeg": "FKII-1-01",
                "kommunekode": "825",
                "kommune": "Læsø",
                "status": "running",
                "besluttet": "2018-03-01",
                "kilde_id": "note",
                "kildecelle_id": "note:2.1:1:2",
                "kilde": "Bilagstabel 2.1, række 1, »Kommuner«, side 35",
                "citat": "",
            }
        ]

    def test_status_events_say_what_was_before_and_what_corrects_what(self, client, django_user_model):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        editor = django_user_model.objects.create_user("asta", "asta@example.dk", is_staff=True)
        factories.make_status(trial, Status.PLANNED, date(2018, 1, 1), Precision.ON, by=editor)
        wrong = factories.make_status(trial, Status.RUNNING, date(2018, 5, 1), Precision.ON, by=editor)
        note = "Begyndte først i juni."
        right = correct(wrong, Change(Status.RUNNING, date(2018, 6, 1), Precision.ON, note=note), editor)

        found = {row["id"]: row for row in rows(client, "statushaendelser")}
        told = found[right.key]
        assert (told["forsoeg"], told["kommunekode"]) == ("FKII-1-01", "")
        assert (told["foregaaende_status"], told["status"]) == ("planned", "running")
        assert (told["gaeldende_fra"], told["praecision"]) == ("2018-06-01", "on")
        assert (told["rettelse"], told["retter"], told["rettet_af"]) == ("true", wrong.key, "")
        assert told["bemaerkning"] == note
        assert found[wrong.key]["rettet_af"] == right.key
        assert "asta" not in client.get("/statushaendelser.json").content.decode()

    def test_status_event_of_a_municipality(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        factories.make_participation(trial, factories.make_municipality("Læsø", "825"), Status.RUNNING)

        (row,) = rows(client, "statushaendelser")
        assert (row["forsoeg"], row["kommunekode"], row["foregaaende_status"]) == ("FKII-1-01", "825", "")

    def test_legal_bases_acts_and_provisions_name_one_another(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        part = factories.make_provision(25, subsection=3)
        factories.make_basis(trial, part)
        factories.make_basis(trial, factories.make_provision(27, "c"), role=BasisRole.DEVIATES_FROM)

        rests, deviates = rows(client, "hjemmelsgrundlag")
        assert rests["id"] == "FKII-1-01:rests_on:frikommuneloven/paragraf-25-stk-3"
        assert (rests["rolle"], rests["hjemmelstype"]) == ("rests_on", "exemption")
        assert (deviates["rolle"], deviates["hjemmelstype"]) == ("deviates_from", "")
        first, second = rows(client, "hjemler")
        assert first["id"] == rests["hjemmel_id"]
        assert (first["lov_id"], first["bestemmelse"]) == ("frikommuneloven", "§ 25, stk. 3")
        assert [first[name] for name in ("paragraf", "litra", "stykke", "nummer")] == ["25", "", "3", ""]
        assert (first["hviler_paa"], first["fraviger"]) == ("FKII-1-01", "")
        assert (second["hviler_paa"], second["fraviger"]) == ("", "FKII-1-01")
        (act,) = rows(client, "love")
        assert (act["id"], act["forsoeg"]) == ("frikommuneloven", "FKII-1-01")

    def test_municipality_without_a_network_is_a_row(self, client):
        network = factories.make_network(3, "Arbejde")
        laesoe = factories.make_municipality("Læsø", "825")
        factories.make_municipality("Ærø", "492")
        factories.make_membership(network, laesoe, Standing.FORMER)
        trial = factories.make_trial("Mikrolån", network, [laesoe])

        member, other = rows(client, "kommuner")
        assert (member["id"], member["navn"], member["officielt_navn"]) == ("825", "Læsø", "Læsø Kommune")
        assert (member["netvaerk_id"], member["forsoeg"]) == ("FKII-3", trial.public_id)
        assert (other["netvaerk_id"], other["forsoeg"]) == ("", "")
        (membership,) = rows(client, "medlemskaber")
        assert (membership["id"], membership["deltagelse"]) == ("FKII-3:825", "former")
        (told,) = rows(client, "netvaerk")
        assert (told["id"], told["kommuner"], told["forsoeg"]) == ("FKII-3", "", trial.public_id)

    def test_cells_are_verbatim_and_corrections_beside(self, client):
        trial = factories.make_trial("Dørbænere", factories.make_network(1))
        cells = factories.make_cells(trial, ["Dørbænere", "Læsø"])
        factories.make_correction(cells[0], "Dørbænere", "Døråbnere", "Tastefejl")

        assert rows(client, "kildeceller")[0] == {
            "id": "note:2.1:1:1",
            "kilde_id": "note",
            "tabel": "2.1",
            "raekke": "1",
            "kolonne": "1",
            "kolonnenavn": "Titel",
            "side": "35",
            "forsoeg": "FKII-1-01",
            "tekst": "Dørbænere",
            "rettigheder": "© VIVE og forfatterne",
        }
        (correction,) = rows(client, "rettelser")
        assert (correction["kildecelle_id"], correction["forsoeg"]) == ("note:2.1:1:1", "FKII-1-01")
        assert (correction["i_kilden"], correction["rettet_til"]) == ("Dørbænere", "Døråbnere")

    def test_evaluation_tells_what_is_not_known_by_an_empty_field(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        evaluation = factories.make_evaluation(trial, DesignStatus.NOT_FINISHED, is_external=True, method="Interview")

        (row,) = rows(client, "evalueringer")
        assert (row["id"], row["navn"], row["forsoeg"]) == (evaluation.code, "Mikrolån", "FKII-1-01")
        assert (row["ekstern"], row["maa_deles"], row["metode"]) == ("true", "", "Interview")
        assert row["evalueringsstatus"] == "not_finished"
        assert client.get(row["url"]).status_code == 200

    def test_findings_have_their_places(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        contradiction = factories.make_contradiction("To dage.", [trial])

        row = next(row for row in rows(client, "modstrid") if row["id"] == f"read:{contradiction.code}")
        assert (row["alvor"], row["forsoeg"], row["netvaerk_id"]) == ("contradiction", "FKII-1-01", "FKII-1")
        assert row["steder"] == "Afsnit 1.1: »det ene« | Afsnit 1.2: »det andet«"
        assert {row["alvor"] for row in rows(client, "modstrid", "alvor=gap")} == {"gap"}


def _taking(parameter: str) -> list[str]:
    """The lists whose filter takes a parameter."""
    return [name for name, listing in LISTINGS.items() if parameter in listing.filtered.base_filters]


class TestFilters:
    @pytest.mark.parametrize("name", _taking("netvaerk"))
    def test_a_network_has_its_own_rows(self, client, name):
        make_whole(1)
        first = ids(client, name)
        make_whole(1, factories.make_network(2, "Boliger"))
        if name == "kommuner":
            first = [code for code in first if code in {row["kommunekode"] for row in rows(client, "medlemskaber")}]

        assert ids(client, name, "netvaerk=1") == first
        assert len(ids(client, name, "netvaerk=2")) == len(first)
        assert not set(ids(client, name, "netvaerk=2")) & set(first)

    @pytest.mark.parametrize("name", _taking("forsoeg"))
    def test_a_trial_has_its_own_rows(self, client, name):
        make_whole(2)
        first, second = ids(client, name, "forsoeg=FKII-1-01"), ids(client, name, "forsoeg=FKII-1-02")

        assert first
        assert len(first) == len(second)
        assert not set(first) & set(second)

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("kildeceller", "q=æbler"),
            ("hjemler", "q=æblelov"),
            ("love", "q=æblelov"),
            ("milepaele", "q=æbler"),
            ("netvaerk", "q=æbler"),
            ("kommuner", "q=æbelø"),
            ("netvaerkstekster", "q=æbler"),
            ("forsoegstekster", "q=æbler"),
        ],
    )
    def test_words_are_looked_for(self, client, name, query):
        make_whole(1)
        network = factories.make_network(2, "Æbler")
        factories.make_network_text(network, text="Æbler er sunde.")
        factories.make_municipality("Æbelø", "999")
        trial = factories.make_trial("Æbler", network)
        factories.make_cells(trial, ["Æbler"])
        factories.make_basis(trial, factories.make_provision(9, act=factories.make_act("frugt", "Æblelov")))
        factories.make_milestone("Æbler", trials=[trial])

        assert len(ids(client, name, query)) == 1

    def test_regions_and_kinds(self, client):
        make_whole(1)
        factories.make_municipality("Skive", "779", region_code="1082", region="Midtjylland")

        assert ids(client, "kommuner", "region=1082") == ["779"]
        assert {row["rolle"] for row in rows(client, "hjemmelsgrundlag", "rolle=deviates_from")} == {"deviates_from"}
        assert ids(client, "milepaele", "art=law") == []
        assert ids(client, "udfald", "udfald=spread_wholly") == ["FKII-1-01:spread_wholly"]

    def test_kommune_narrows_participations_events_and_memberships(self, client):
        make_whole(2)
        code = rows(client, "deltagelser")[0]["kommunekode"]
        for name in ("deltagelser", "statushaendelser", "medlemskaber", "netvaerk", "kommuner"):
            assert len(ids(client, name, f"kommune={code}")) == 1, name

    @pytest.mark.parametrize("name", LISTINGS)
    def test_an_unknown_value_is_refused_in_danish(self, client, name):
        for parameter in LISTINGS[name].filtered.base_filters:
            if parameter in ("q", "pr"):
                continue
            response = client.get(f"/{name}.csv", {parameter: "xyzzy"})
            assert response.status_code == 400, parameter
            assert "»xyzzy«" in response.content.decode()

    def test_an_unknown_parameter_is_ignored(self, client):
        make_whole(1)
        assert ids(client, "udfald", "ukendt=1") == ["FKII-1-01:spread_wholly"]


class TestDay:
    def test_participations_have_the_status_of_the_day(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        part = factories.make_participation(trial)
        factories.make_status(part, Status.PLANNED, date(2018, 1, 1))
        factories.make_status(part, Status.RUNNING, date(2018, 6, 1))

        def statuses(query):
            return [row["status"] for row in rows(client, "deltagelser", query)]

        assert statuses("") == ["running"]
        assert statuses("pr=2018-05-31") == ["planned"]
        assert statuses("pr=2017-12-31") == ["unknown"]
        assert statuses("pr=2018-05-31&status=running") == []
        assert statuses("pr=2018-05-31&status=planned") == ["planned"]

    def test_events_are_those_effective_by_the_day(self, client):
        trial = factories.make_trial("Mikrolån", factories.make_network(1))
        factories.make_status(trial, Status.PLANNED, date(2018, 1, 1))
        factories.make_status(trial, Status.RUNNING, date(2018, 6, 1))

        assert [row["status"] for row in rows(client, "statushaendelser", "pr=2018-05-31")] == ["planned"]
        assert StatusEvent.objects.count() == 2

    def test_what_had_not_happened_by_the_day_is_only_planned(self, client):
        factories.make_milestone("Uden plan", actual_from=date(2018, 6, 1), actual_to=date(2018, 6, 1))
        planned = {"planned_from": date(2018, 5, 1), "planned_to": date(2018, 5, 31)}
        planned["source"] = factories.make_source(published_on=date(2018, 1, 1))
        factories.make_milestone("Planlagt", actual_from=date(2018, 6, 1), actual_to=date(2018, 6, 2), **planned)

        (row,) = rows(client, "milepaele", "pr=2018-05-31")
        assert (row["milepael"], row["planlagt_fra"], row["sket_fra"], row["sket_til"]) == (
            "Planlagt",
            "2018-05-01",
            "",
            "",
        )
        assert {row["sket_fra"] for row in rows(client, "milepaele", "pr=2018-06-01")} == {"2018-06-01"}


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    def test_counts_are_those_of_the_source(self, client):
        numbers = {
            name: len(ids(client, name)) for name in ("forsoeg", "kommuner", "netvaerk", "kildeceller", "kilder")
        }
        assert numbers == {"forsoeg": 79, "kommuner": 98, "netvaerk": 8, "kildeceller": 79 * 7, "kilder": 1}

    @pytest.mark.parametrize("name", LISTINGS)
    def test_every_row_has_an_id_and_every_address_leads_somewhere(self, client, name):
        found = rows(client, name)
        assert len({row["id"] for row in found}) == len(found) > 0
        if "url" in found[0]:
            for row in (found[0], found[-1]):
                assert client.get(row["url"]).status_code in (200, 302)

    def test_json_is_typed(self, client):
        cells = json.loads(client.get("/kildeceller.json").content)["raekker"]
        assert {type(cell["raekke"]) for cell in cells} == {int}
        assert Evaluation.objects.count() == len(json.loads(client.get("/evalueringer.json").content)["raekker"])
