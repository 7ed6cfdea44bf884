"""Entering and correcting the figures of a trial."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import versions
from networks.models import ChangeSet
from tests import factories, roles
from trials.enums import Accuracy, Publication, Unit
from trials.models import Observation, Trial

pytestmark = pytest.mark.django_db

INDICATOR = "Borgere, der har deltaget"


@pytest.fixture
def trial() -> Trial:
    """FKII-1-01 in Thisted, which has a figure, and Læsø."""
    thisted, laesoe = factories.make_municipality("Thisted", "787"), factories.make_municipality("Læsø", "825")
    trial = factories.make_trial("Mikrolån", factories.make_network(1), [thisted, laesoe])
    factories.make_observation(INDICATOR, 15, trials=[trial], municipalities=[thisted], to_on=date(2018, 5, 1))
    return trial


@pytest.fixture
def kept(client, trial):
    """The client of the coordinator of the trial's network."""
    client.force_login(roles.make_coordinator(trial.network))
    return client


def address(trial: Trial, series: str = "T-0001") -> str:
    return f"/arbejdsbord/forsoeg/{trial.public_id}/tal/" + (f"?serie={series}" if series else "")


def sent(**values) -> dict:
    """What a browser sends from the form for a round that was opened now."""
    fields = {"to_on": "2018-06-01", "accuracy": "counted", "note": "", "seen": versions.newest(Observation)}
    return fields | values


def said(response) -> str:
    assert response.status_code == 200, "it was saved"
    return " ".join(response.context["form"].said)


class TestDoor:
    def test_one_who_is_not_signed_in_meets_the_login(self, client, trial):
        response = client.get(address(trial))
        assert response.status_code == 302
        assert response["Location"].startswith("/konto/login/")

    def test_figures_of_another_network_are_not_ones_own(self, client, trial):
        other = factories.make_network(2)
        client.force_login(roles.make_coordinator(other))
        assert client.get(address(trial)).status_code == 403
        assert client.post(address(trial), sent(tal_787="20")).status_code == 403
        assert client.get(f"/arbejdsbord/forsoeg/{trial.public_id}/tal/T-0001/").status_code == 403
        assert Observation.objects.count() == 1

    def test_draft_is_not_there_for_a_contact_and_a_public_trial_is_not_the_contacts_own(self, client, trial):
        client.force_login(roles.make_contact(trial.municipalities.first()))
        assert client.get(address(trial)).status_code == 403
        Trial.objects.update(publication=Publication.DRAFT)
        assert client.get(address(trial)).status_code == 404

    def test_ministry_keeps_all(self, client, trial):
        client.force_login(roles.make_ministry())
        assert client.get(address(trial)).status_code == 200


class TestSeries:
    def test_series_are_chosen_among(self, kept, trial):
        factories.make_observation("Borgere i job", 40, Unit.PERCENT, [trial], to_on=date(2018, 5, 1))
        response = kept.get(address(trial, ""))
        assert [(each.indicator, len(each.figures)) for each in response.context["series"]] == [
            (INDICATOR, 1),
            ("Borgere i job", 1),
        ]

    def test_series_of_another_trial_is_refused(self, kept, trial):
        factories.make_observation("Andet", trials=[factories.make_trial("Et andet", trial.network)])
        response = kept.get(address(trial, "T-0002"))
        assert response.status_code == 400
        assert "»T-0002« er ikke en talrække i FKII-1-01" in response.content.decode()

    def test_last_figure_and_its_day_stand_beside_the_field(self, kept, trial):
        factories.make_observation(
            INDICATOR, 9, trials=[trial], municipalities=[trial.municipalities.get(code="787")], to_on=date(2018, 2, 1)
        )
        rows = list(kept.get(address(trial)).context["form"].rows())
        assert [(row["subject"].name, row["last"] and row["last"].value) for row in rows] == [
            ("Læsø", None),
            ("Thisted", Decimal(15)),
            ("Hele forsøget", None),
        ]

    def test_figure_of_two_municipalities_is_of_neither_alone(self, kept, trial):
        Observation.objects.get().municipalities.set(trial.municipalities.all())
        assert [row["last"] for row in kept.get(address(trial)).context["form"].rows()] == [None, None, None]

    def test_queries_do_not_grow_with_municipalities_and_figures(self, kept, trial):
        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert kept.get(address(trial)).status_code == 200
            return len(captured)

        count()
        few = count()
        for number in range(8):
            part = factories.make_participation(trial)
            factories.make_observation(
                INDICATOR, 10 + number, trials=[trial], municipalities=[part.municipality], to_on=date(2018, 5, 1)
            )
        assert count() == few

    def test_next_round_is_taken_for_counted_unless_all_are_alike(self, kept, trial):
        Observation.objects.update(accuracy=Accuracy.ABOUT)
        assert kept.get(address(trial)).context["form"]["accuracy"].value() == "about"
        factories.make_observation(INDICATOR, 4, trials=[trial], accuracy=Accuracy.AT_MOST, to_on=date(2018, 7, 1))
        assert kept.get(address(trial)).context["form"]["accuracy"].value() == "counted"


class TestRound:
    def test_round_is_saved_for_those_that_have_a_value(self, kept, trial):
        response = kept.post(
            address(trial), sent(tal_787="20", tal_825="ca. 1.200", tal_alle="", note="Efter mødet", accuracy="counted")
        )
        assert response.status_code == 302, said(response)
        new = {each.municipalities.get().code: each for each in Observation.objects.filter(to_on=date(2018, 6, 1))}
        assert {code: (each.value, each.accuracy) for code, each in new.items()} == {
            "787": (Decimal(20), Accuracy.COUNTED),
            "825": (Decimal(1200), Accuracy.ABOUT),
        }
        one = new["787"]
        assert (one.indicator, one.unit, one.note, one.network) == (INDICATOR, "citizens", "Efter mødet", trial.network)
        assert one.trials.get() == trial
        assert (one.overruled, one.code) == ("", "T-0003")

    def test_round_is_one_change_made_through_the_page(self, kept, trial):
        kept.post(address(trial), sent(tal_787="20", tal_825="30"))
        (change,) = ChangeSet.objects.all()
        assert change.channel == "page"
        assert {entry.record for entry in change.entries.all()} == set(
            Observation.objects.filter(to_on=date(2018, 6, 1)).values_list("pk", flat=True)
        )

    def test_new_series_begins_with_its_round(self, kept, trial):
        response = kept.post(address(trial, "ny"), sent(indicator="Borgere i job", unit="percent", tal_alle="38,5"))
        assert response.status_code == 302, said(response)
        made = Observation.objects.get(indicator="Borgere i job")
        assert (made.value, made.unit, list(made.municipalities.all())) == (Decimal("38.5"), "percent", [])
        assert response["Location"].endswith("?serie=T-0002")

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"tal_787": "-3"}, "»-3« er negativt"),
            ({"tal_787": "mange"}, "»mange« er ikke et tal"),
            ({"tal_787": "1.5"}, "»1.5« er ikke et tal"),
            ({"tal_787": "5-3"}, "»5-3« er ikke et interval"),
            ({"tal_787": "1,234"}, "er for langt"),
            ({"tal_787": "20", "to_on": "31.2.2018"}, "»31.2.2018« er ikke en dato"),
            ({"tal_787": "20", "to_on": ""}, "Opgjort pr.: Dette felt er påkrævet"),
            ({"tal_787": "20", "from_on": "2018-07-01"}, "begynder den 1. juli 2018"),
            ({"tal_787": "20", "accuracy": "exact"}, "exact"),
            ({}, "Skriv mindst ét tal."),
            ({"tal_787": "20", "to_on": "2018-05-01"}, "Thisted har allerede et tal pr. 1. maj 2018: 15"),
            ({"tal_787": "20", "note": "Ring til borger 010190-1234"}, "CPR-nummer"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_saved(self, kept, trial, values, expected):
        response = kept.post(address(trial), sent(tal_825="30") | values if values else sent())
        assert expected in said(response)
        assert Observation.objects.count() == 1

    def test_day_to_come_is_refused(self, kept, trial):
        tomorrow = timezone.localdate() + timedelta(days=1)
        response = kept.post(address(trial), sent(tal_787="20", to_on=tomorrow.isoformat()))
        assert "er ikke kommet endnu" in said(response)

    def test_input_is_kept_when_refused(self, kept, trial):
        page = kept.post(address(trial), sent(tal_787="mange", tal_825="30", note="Efter mødet")).content.decode()
        for value in ("mange", "30", "Efter mødet", "2018-06-01"):
            assert f'value="{value}"' in page

    def test_day_that_is_none_can_be_seen_and_corrected(self, kept, trial):
        page = kept.post(address(trial), sent(tal_787="20", to_on="31.2.2018")).content.decode()
        assert '<input type="text" name="to_on" value="31.2.2018"' in page
        page = kept.post(address(trial), sent(tal_787="mange")).content.decode()
        assert '<input type="date" name="to_on" value="2018-06-01"' in page


class TestWarnings:
    def test_unlikely_figure_waits_for_a_reason(self, kept, trial):
        response = kept.post(address(trial), sent(tal_787="12", tal_825="30"))
        assert "Thisted: Tallet er faldet" in said(response)
        assert 'name="set_787" value="falling"' in response.content.decode()
        assert Observation.objects.count() == 1, "neither is saved"

    def test_figure_is_saved_with_the_reason_for_what_was_shown(self, kept, trial):
        response = kept.post(
            address(trial), sent(tal_787="12", set_787="falling", fordi_787="Tre var talt to gange.", tal_825="30")
        )
        assert response.status_code == 302, said(response)
        assert Observation.objects.get(value=12).overruled == "Tre var talt to gange."
        assert Observation.objects.get(value=30).overruled == ""

    def test_reason_does_not_count_for_what_was_not_shown(self, kept, trial):
        response = kept.post(address(trial), sent(tal_787="3", set_787="falling", fordi_787="Talt to gange."))
        assert "Et tal under 5 kan røbe" in said(response)
        response = kept.post(address(trial), sent(tal_787="3", set_787="falling few_people", fordi_787=" "))
        assert "Et tal under 5 kan røbe" in said(response)

    def test_reason_for_a_likely_figure_is_not_kept(self, kept, trial):
        kept.post(address(trial), sent(tal_787="20", set_787="falling", fordi_787="Talt to gange."))
        assert Observation.objects.get(value=20).overruled == ""

    def test_reason_is_never_public(self, kept, client, trial):
        kept.post(address(trial), sent(tal_787="12", set_787="falling", fordi_787="Hemmelig grund"))
        client.logout()
        for path in (
            f"/forsoeg/{trial.public_id}.json",
            "/aktivitetstal/",
            "/aktivitetstal.json",
            "/aktivitetstal.csv",
            "/api/v1/aktivitetstal",
            "/forsoeg.atom",
            "/aktivitetstal.atom",
            trial.get_absolute_url(),
            trial.network.get_absolute_url(),
            "/data/aktivitetstal.csv",
        ):
            page = client.get(path).content.decode()
            assert "12" in page, path
            assert "Hemmelig" not in page, path
            assert "bruger-" not in page, path

    def test_contact_details_are_asked_about(self, kept, trial):
        values = sent(tal_787="20", note="Skriv til anna@example.dk")
        response = kept.post(address(trial), values)
        assert "»anna@example.dk«" in said(response)
        mark = response.context["form"].contact_mark
        other = kept.post(address(trial), values | {"note": "Ring 20304050", "behold": mark})
        assert "»20304050«" in said(other), "another detail is asked about anew"
        assert kept.post(address(trial), values | {"behold": mark}).status_code == 302
        assert Observation.objects.get(value=20).note == "Skriv til anna@example.dk"


class TestStale:
    def test_what_another_has_written_meanwhile_is_shown_before_anything_is_saved(self, kept, trial):
        opened = sent(tal_825="30")
        thisted = trial.municipalities.get(code="787")
        factories.make_observation(INDICATOR, 19, trials=[trial], municipalities=[thisted], to_on=date(2018, 5, 20))
        response = kept.post(address(trial), opened)
        assert "En anden har skrevet i mellemtiden: Thisted pr. 20. maj 2018 er 19." in said(response)
        assert Observation.objects.count() == 2
        again = response.context["form"].newest_seen()
        assert kept.post(address(trial), opened | {"seen": again}).status_code == 302
        assert Observation.objects.count() == 3

    def test_figures_of_other_series_are_not_in_the_way(self, kept, trial):
        opened = sent(tal_825="30")
        factories.make_observation("Andet", trials=[trial])
        factories.make_observation(INDICATOR, trials=[factories.make_trial("Et andet", trial.network)])
        assert kept.post(address(trial), opened).status_code == 302

    def test_form_without_its_version_shows_all(self, kept, trial):
        assert "Thisted pr. 1. maj 2018 er 15" in said(kept.post(address(trial), sent(tal_825="30", seen="")))


class TestCorrecting:
    def one(self, trial, **values) -> dict:
        return {"value": "15", "to_on": "2018-05-01", "from_on": "", "note": ""} | values

    def where(self, trial) -> str:
        return f"/arbejdsbord/forsoeg/{trial.public_id}/tal/T-0001/"

    def test_figure_is_corrected_and_its_history_tells(self, kept, trial):
        response = kept.post(self.where(trial), self.one(trial, value="højst 17", note="Talt igen"))
        assert response.status_code == 302, said(response)
        figure = Observation.objects.get()
        assert (figure.value, figure.accuracy, figure.note) == (Decimal(17), "at_most", "Talt igen")
        page = kept.get(self.where(trial))
        assert [version.value for version in page.context["versions"]][-1] == 15

    def test_unlikely_correction_waits_for_a_reason(self, kept, trial):
        values = self.one(trial, value="3")
        assert "Et tal under 5" in said(kept.post(self.where(trial), values))
        assert Observation.objects.get().value == 15
        values |= {"set_tal": "few_people", "fordi_tal": "Alle er over 90 og har sagt ja."}
        assert kept.post(self.where(trial), values).status_code == 302
        assert Observation.objects.get().overruled == "Alle er over 90 og har sagt ja."

    def test_remark_on_an_unlikely_figure_needs_no_reason(self, kept, trial):
        Observation.objects.update(value=3)
        assert kept.post(self.where(trial), self.one(trial, value="3", note="Talt igen")).status_code == 302
        assert "Et tal under 5" in said(kept.post(self.where(trial), self.one(trial, value="2")))

    def test_figure_of_another_trial_is_not_there(self, kept, trial):
        factories.make_observation("Andet", trials=[factories.make_trial("Et andet", trial.network)])
        assert kept.get(f"/arbejdsbord/forsoeg/{trial.public_id}/tal/T-0002/").status_code == 404
        assert kept.get(f"/arbejdsbord/forsoeg/{trial.public_id}/tal/findes-ikke/").status_code == 404
