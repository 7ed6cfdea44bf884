"""The design of an evaluation in the workspace: who may, what is lacking, what is saved, and what collides."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from networks.models import ChangeSet
from tests import factories, roles
from trials.enums import Approach, DesignStatus, Element, Method, MilestoneKind, Publication
from trials.models import Evaluation, EvaluationTrait, Milestone
from trials.workspace.design.elements import missing_elements
from trials.workspace.design.overview import STEPS
from trials.workspace.seen import fingerprint

pytestmark = pytest.mark.django_db

WHOLE = {
    "expected_results": "Flere i arbejde",
    "results_element": "present",
    "target_group": "Ledige",
    "target_group_element": "present",
    "method": "Registerdata hvert halve år",
    "method_element": "present",
}
LIST = "/arbejdsbord/evalueringer/"


@pytest.fixture
def design() -> Evaluation:
    """The evaluation of a trial in a network, of which nothing is described yet."""
    network = factories.make_network(1)
    trial = factories.make_trial("Mikrolån", network)
    return factories.make_evaluation(trial, DesignStatus.NOT_FINISHED)


@pytest.fixture
def keeper(client, design):
    """The client, signed in as the network's coordinator."""
    client.force_login(roles.make_coordinator(design.trials.get().network))
    return client


def page(design: Evaluation, step: str = "") -> str:
    return f"{LIST}{design.slug}/{step}{'/' if step else ''}"


def opened(client, design: Evaluation, step: str) -> dict:
    """What the browser would send from the step, were nothing changed."""
    form = client.get(page(design, step)).context["form"]
    return {field.name: field.value() for field in form if field.value() not in (None, "")}


def send(client, design: Evaluation, step: str, **changed):
    """Open the step, change some fields, and send it."""
    return client.post(page(design, step), opened(client, design, step) | changed)


class TestMissing:
    """What keeps a design from being marked submitted."""

    def test_nothing_is_missing_of_a_whole_design(self, design):
        Evaluation.objects.update(**WHOLE)

        assert missing_elements(Evaluation.objects.get()) == []

    @pytest.mark.parametrize("field", ["expected_results", "target_group", "method"])
    @pytest.mark.parametrize("words", ["", "  \n"])
    def test_element_without_words_is_missing(self, design, field, words):
        Evaluation.objects.update(**WHOLE | {field: words})

        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == [field]

    @pytest.mark.parametrize("field", ["results_element", "target_group_element", "method_element"])
    @pytest.mark.parametrize("state", ["", "partly", "missing"])
    def test_element_not_wholly_described_is_missing(self, design, field, state):
        Evaluation.objects.update(**WHOLE | {field: state})
        named = {"results_element": "expected_results"}.get(field, field.removesuffix("_element"))

        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == [named]

    @pytest.mark.parametrize(
        "said",
        [
            {"baseline_element": "partly"},
            {"baseline_element": "present"},
            {"baseline": "Ledighed i 2017"},
            {"baseline": "Ledighed i 2017", "baseline_element": "partly"},
        ],
    )
    def test_baseline_counts_when_there_is_any(self, design, said):
        Evaluation.objects.update(**WHOLE | said)

        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == ["baseline"]

    def test_baseline_among_the_methods_has_to_be_described(self, design):
        Evaluation.objects.update(**WHOLE)
        EvaluationTrait.objects.create(evaluation=design, trait=Method.BASELINE)
        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == ["baseline"]

        Evaluation.objects.update(baseline="Ledighed i 2017", baseline_element="present")
        assert missing_elements(Evaluation.objects.get()) == []

    @pytest.mark.parametrize("state", ["", "missing"])
    def test_baseline_need_not_be_there(self, design, state):
        Evaluation.objects.update(**WHOLE, baseline_element=state)

        assert missing_elements(Evaluation.objects.get()) == []


@given(
    words=st.lists(st.sampled_from(["", " ", "Noget"]), min_size=4, max_size=4),
    states=st.lists(st.sampled_from(["", *Element.values]), min_size=4, max_size=4),
)
def test_whole_means_all_three_with_words_and_present(words, states):
    names = ["expected_results", "target_group", "method", "baseline"]
    marks = ["results_element", "target_group_element", "method_element", "baseline_element"]
    made = Evaluation(pk=1, **dict(zip(names, words, strict=True)), **dict(zip(marks, states, strict=True)))
    made._prefetched_objects_cache = {"traits": []}
    there = [bool(text.strip()) and state == "present" for text, state in zip(words, states, strict=True)]
    any_baseline = words[3].strip() or states[3] in ("present", "partly")

    assert (missing_elements(made) == []) == (all(there[:3]) and (there[3] or not any_baseline))


class TestSubmitting:
    def test_refused_with_a_sentence_for_each_that_is_missing(self, keeper, design):
        Evaluation.objects.update(method="Interview", method_element="partly")
        response = send(keeper, design, "status", design_status="submitted")

        assert response.status_code == 200
        assert response.context["form"].messages == [
            "De forventede resultater er ikke beskrevet.",
            "Målgruppen er ikke beskrevet.",
            "Evalueringsmetoden er kun delvist beskrevet.",
        ]
        assert Evaluation.objects.get().design_status == DesignStatus.NOT_FINISHED

    def test_whole_design_is_marked_submitted_from_the_overview(self, keeper, design):
        Evaluation.objects.update(**WHOLE)
        overview = keeper.get(page(design)).context
        response = keeper.post(page(design, "status"), {"design_status": "submitted", "seen": overview["seen"]})

        assert response.status_code == 302
        assert Evaluation.objects.get().design_status == DesignStatus.SUBMITTED
        entry = ChangeSet.objects.get().entries.get()
        assert (entry.model, entry.record) == ("trials.evaluation", design.pk)

    def test_button_does_not_overrule_what_has_changed_since(self, keeper, design):
        Evaluation.objects.update(**WHOLE)
        seen = keeper.get(page(design)).context["seen"]
        Evaluation.objects.update(design_status=DesignStatus.NONE)
        response = keeper.post(page(design, "status"), {"design_status": "submitted", "seen": seen})

        assert [collision.theirs for collision in response.context["form"].collisions] != []
        assert Evaluation.objects.get().design_status == DesignStatus.NONE

    def test_what_a_source_says_is_submitted_stays_so_and_says_what_is_missing(self, keeper, design):
        Evaluation.objects.update(design_status="submitted")
        assert "står som indsendt, men der mangler noget" in keeper.get(page(design)).content.decode()

        assert send(keeper, design, "resultater", expected_results="Flere i arbejde").status_code == 302
        assert Evaluation.objects.get().design_status == "submitted"

    def test_admin_refuses_too(self, admin_client, design):
        from tests.admin import errors_of, inlines, url

        address = url(Evaluation, "change", design.pk)
        data = inlines(traits=[], coverages=[]) | {"design_status": "submitted", "is_external": "unknown"}
        refused = errors_of(admin_client.post(address, data | {"may_be_shared": "unknown"}))

        assert "Målgruppen er ikke beskrevet." in refused
        assert Evaluation.objects.get().design_status == DesignStatus.NOT_FINISHED


class TestSteps:
    @pytest.mark.parametrize("step", STEPS)
    def test_unchanged_step_writes_nothing(self, keeper, design, step):
        EvaluationTrait.objects.create(evaluation=design, trait=Method.SURVEY)
        versions = Evaluation.history.count(), EvaluationTrait.history.count()

        assert send(keeper, design, step).status_code == 302
        assert (Evaluation.history.count(), EvaluationTrait.history.count()) == versions
        assert ChangeSet.objects.count() == 0

    def test_words_and_judgment_are_saved(self, keeper, design):
        response = send(
            keeper, design, "resultater", expected_results="Flere i arbejde", results_element="partly", videre="1"
        )

        made = Evaluation.objects.get()
        assert (made.expected_results, made.results_element) == ("Flere i arbejde", "partly")
        assert response.url == page(design, "maalgruppe")
        assert made.history.first().history_user is not None

    def test_methods_are_added_and_removed(self, keeper, design):
        EvaluationTrait.objects.create(evaluation=design, trait=Method.SURVEY)
        send(keeper, design, "metode", approaches=[Approach.PROCESS], methods=[Method.INTERVIEW, Method.BASELINE])

        assert set(design.traits.values_list("trait", flat=True)) == {"process", "interview", "baseline"}

    @pytest.mark.parametrize(("sent", "stored"), [("True", True), ("False", False), ("", None)])
    def test_external_is_yes_no_or_unknown(self, keeper, design, sent, stored):
        Evaluation.objects.update(is_external=not stored if stored is not None else True)
        send(keeper, design, "evaluator", is_external=sent)

        assert Evaluation.objects.get().is_external is stored

    def test_milestone_keeps_its_period_and_is_this_evaluations_alone(self, keeper, design):
        other = factories.make_evaluation(design.trials.get())
        send(keeper, design, "milepaele", final_from="2020-06-01", final_to="2020-08-31", final_words="sommeren 2020")

        made = Milestone.objects.get()
        assert (made.kind, made.evaluation) == (MilestoneKind.EVALUATION_FINAL, design)
        assert (made.planned_from, made.planned_to) == (date(2020, 6, 1), date(2020, 8, 31))
        assert list(made.trials.all()) == list(design.trials.all())
        assert list(Evaluation.objects.milestones(None, design.pk)) == [made]
        assert list(Evaluation.objects.milestones(None, other.pk)) == []

    def test_milestone_is_moved_and_removed(self, keeper, design):
        send(keeper, design, "milepaele", midterm_from="2019-06-01")
        assert Milestone.objects.get().planned_to == date(2019, 6, 1)

        send(keeper, design, "milepaele", midterm_from="2019-07-01", midterm_to="2019-07-31")
        assert Milestone.objects.get().planned_from == date(2019, 7, 1)

        send(keeper, design, "milepaele", midterm_from="", midterm_to="")
        assert Milestone.objects.count() == 0
        assert Milestone.history.filter(history_type="-").count() == 1

    @pytest.mark.parametrize(
        ("first", "last", "sentence"),
        [
            ("", "2019-07-31", "Midtvejsevaluering: skriv også, hvornår perioden begynder."),
            ("2019-08-01", "2019-07-31", "Midtvejsevaluering: perioden slutter, før den begynder."),
        ],
    )
    def test_period_the_wrong_way_round_is_refused(self, keeper, design, first, last, sentence):
        response = send(keeper, design, "milepaele", midterm_from=first, midterm_to=last)

        assert response.context["form"].messages == [sentence]
        assert Milestone.objects.count() == 0

    def test_milestones_of_a_source_are_shown_and_left_alone(self, keeper, design):
        source = factories.make_source()
        trial = design.trials.get()
        told = factories.make_milestone(
            "Slutevaluering ved VIVE", MilestoneKind.EVALUATION_FINAL, [trial], source=source, section="1.1"
        )
        assert "Slutevaluering ved VIVE" in keeper.get(page(design, "milepaele")).content.decode()

        send(keeper, design, "milepaele", final_from="2020-06-01")
        told.refresh_from_db()
        assert (told.planned_from, told.evaluation) == (None, None)

    def test_trials_are_added_and_milestones_follow(self, keeper, design):
        send(keeper, design, "milepaele", final_from="2020-06-01")
        first, second = design.trials.get(), factories.make_trial("Udslusning", design.trials.get().network)
        send(keeper, design, "forsoeg", covered=[first.public_id, second.public_id])

        assert set(design.trials.all()) == {first, second}
        assert set(Milestone.objects.get().trials.all()) == {first, second}

    def test_evaluation_covers_at_least_one_trial(self, keeper, design):
        response = send(keeper, design, "forsoeg", covered=[])

        assert response.context["form"].messages == ["En evaluering skal dække mindst ét forsøg."]
        assert design.trials.count() == 1

    def test_what_a_source_says_is_covered_stays(self, keeper, design):
        design.coverages.update(source=factories.make_source(), section="1.1")
        second = factories.make_trial("Udslusning", design.trials.get().network)
        send(keeper, design, "forsoeg", covered=[second.public_id])
        send(keeper, design, "forsoeg", covered=[])

        assert design.coverages.get().source is not None

    def test_trial_of_another_network_cannot_be_covered(self, keeper, design):
        stranger = factories.make_trial("Fremmed", factories.make_network(2))
        response = send(keeper, design, "forsoeg", covered=[stranger.public_id])

        assert response.status_code == 200
        assert stranger not in design.trials.all()

    def test_personal_number_is_refused_and_the_input_kept(self, keeper, design):
        response = send(keeper, design, "maalgruppe", target_group="Borgeren 010203-1234")

        assert "CPR-nummer" in response.context["form"].messages[0]
        assert "Borgeren 010203-1234" in response.content.decode()
        assert Evaluation.objects.get().target_group == ""

    def test_telephone_number_is_warned_of(self, keeper, design):
        send(keeper, design, "maalgruppe", target_group="Ring til 33 44 55 66")
        assert "33 44 55 66" in " ".join(str(m) for m in keeper.get(page(design)).context["messages"])

        assert Evaluation.objects.get().target_group == "Ring til 33 44 55 66"


class TestCollision:
    """Two open the same step; the second to save overwrites nothing unseen."""

    def test_both_values_are_shown_and_nothing_is_written(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        response = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"})

        (collision,) = response.context["form"].collisions
        assert (collision.label, collision.theirs, collision.mine) == ("Forventede resultater", "Deres", "Mit")
        assert Evaluation.objects.get().expected_results == "Deres"

    @pytest.mark.parametrize(("choice", "stored"), [("mit", "Mit"), ("deres", "Deres")])
    def test_choice_is_followed(self, keeper, design, choice, stored):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        form = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"}).context["form"]
        again = {"seen": form["seen"].value(), "strid": form["strid"].value(), "expected_results": "Mit"}
        response = keeper.post(page(design, "resultater"), again | {"valg_expected_results": choice})

        assert response.status_code == 302
        assert Evaluation.objects.get().expected_results == stored

    def test_choice_has_to_be_made(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        form = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"}).context["form"]
        again = {"seen": form["seen"].value(), "strid": form["strid"].value(), "expected_results": "Mit"}
        response = keeper.post(page(design, "resultater"), again)

        assert response.context["form"].messages == ["Hvad skal gælde for »Forventede resultater«? Vælg en af de to."]
        assert [collision.theirs for collision in response.context["form"].collisions] == ["Deres"]
        assert Evaluation.objects.get().expected_results == "Deres"

    def test_third_change_before_the_choice_collides_again(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        form = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"}).context["form"]
        again = {"seen": form["seen"].value(), "strid": form["strid"].value(), "expected_results": "Mit"}
        send(keeper, design, "resultater", expected_results="Den tredjes")
        response = keeper.post(page(design, "resultater"), again | {"valg_expected_results": "mit"})

        assert [collision.theirs for collision in response.context["form"].collisions] == ["Den tredjes"]
        assert Evaluation.objects.get().expected_results == "Den tredjes"

    def test_field_left_alone_keeps_what_the_other_wrote(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        response = keeper.post(page(design, "resultater"), mine | {"results_element": "partly"})

        made = Evaluation.objects.get()
        assert response.status_code == 302
        assert (made.expected_results, made.results_element) == ("Deres", "partly")

    def test_another_step_does_not_collide(self, keeper, design):
        mine = opened(keeper, design, "maalgruppe")
        send(keeper, design, "resultater", expected_results="Deres")

        assert keeper.post(page(design, "maalgruppe"), mine | {"target_group": "Ledige"}).status_code == 302
        assert Evaluation.objects.get().expected_results == "Deres"

    def test_form_that_has_seen_nothing_overwrites_nothing(self, keeper, design):
        Evaluation.objects.update(expected_results="Deres")
        response = keeper.post(page(design, "resultater"), {"expected_results": "Mit"})

        assert response.status_code == 200
        assert Evaluation.objects.get().expected_results == "Deres"

    def test_methods_collide_as_a_whole_in_words(self, keeper, design):
        mine = opened(keeper, design, "metode")
        send(keeper, design, "metode", methods=[Method.SURVEY])
        response = keeper.post(page(design, "metode"), mine | {"methods": [Method.INTERVIEW]})

        (collision,) = response.context["form"].collisions
        assert (collision.theirs, collision.mine) == ("Spørgeskema", "Interview")

    def test_milestone_that_someone_else_has_made_collides(self, keeper, design):
        mine = opened(keeper, design, "milepaele")
        send(keeper, design, "milepaele", final_from="2020-06-01")
        response = keeper.post(page(design, "milepaele"), mine | {"final_from": "2020-12-01"})

        assert response.status_code == 200
        assert Milestone.objects.get().planned_from == date(2020, 6, 1)


@given(st.text(max_size=40), st.text(max_size=40))
def test_fingerprints_differ_when_words_do(one, other):
    assert (fingerprint(one) == fingerprint(other)) >= (one == other)
    if one.split() != other.split():
        assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(("one", "other"), [("a\r\nb ", "a\nb"), (None, ""), ([], None), (["b", "a"], ("a", "b"))])
def test_fingerprint_is_of_what_is_said(one, other):
    assert fingerprint(one) == fingerprint(other)


class TestWho:
    """Role by role: the list, the overview, a step opened and a step sent."""

    def answers(self, client, user, design) -> tuple[int, int, int, int]:
        if user:
            client.force_login(user)
        seen = STEPS["resultater"](Evaluation.objects.get(pk=design.pk))["seen"].value()
        sent = client.post(page(design, "resultater"), {"expected_results": "Flere i arbejde", "seen": seen})
        pages = (page(design), page(design, "resultater"), page(design, "forsoeg"))
        return (*(client.get(address).status_code for address in pages), sent.status_code)

    def test_each_role(self, client, design):
        network, member = design.trials.get().network, factories.make_municipality()
        factories.make_membership(network, member)
        expected = {
            (200, 200, 200, 302): [roles.make_coordinator(network), roles.make_ministry()],
            (200, 200, 403, 302): [roles.make_evaluator(design)],
            (200, 403, 403, 403): [roles.make_reader()],
            (403, 403, 403, 403): [
                roles.make_coordinator(factories.make_network(2)),
                roles.make_contact(member),
                roles.make_user(),
                roles.make_evaluator(factories.make_evaluation(factories.make_trial("Andet", network))),
                roles.make_coordinator(network, to_on=date(2018, 1, 1)),
            ],
        }
        for answer, users in expected.items():
            for user in users:
                Evaluation.objects.update(expected_results="")
                assert self.answers(client, user, design) == answer, user
                written = Evaluation.objects.get(pk=design.pk).expected_results
                assert written == ("Flere i arbejde" if answer[3] == 302 else "")

    def test_not_signed_in_is_sent_to_the_login(self, client, design):
        for address in (LIST, page(design), page(design, "metode"), f"{LIST}ny/"):
            response = client.get(address)
            assert (response.status_code, response.url.partition("?")[0]) == (302, "/konto/login/")

    def test_evaluation_of_a_draft_is_not_there_for_others(self, client, design):
        design.trials.update(publication=Publication.DRAFT)
        client.force_login(roles.make_contact(factories.make_municipality()))
        assert client.get(page(design)).status_code == 404

        client.force_login(roles.make_evaluator(design))
        assert client.get(page(design)).status_code == 200

    def test_list_holds_ones_own(self, client, design):
        other = factories.make_evaluation(factories.make_trial("Andet", factories.make_network(2)))
        expected = {
            roles.make_coordinator(design.trials.get().network): [design],
            roles.make_evaluator(other): [other],
            roles.make_ministry(): [design, other],
            roles.make_reader(): [design, other],
            roles.make_contact(factories.make_municipality()): [],
        }
        for user, found in expected.items():
            client.force_login(user)
            assert [row.evaluation for row in client.get(LIST).context["page_obj"]] == found

    def test_reader_has_no_way_to_change(self, client, design):
        client.force_login(roles.make_reader())
        answer = client.get(page(design)).content.decode()

        assert "Rediger" not in answer
        assert "Markér som indsendt" not in answer

    def test_unknown_evaluation_or_step_is_404(self, keeper, design):
        for address in (f"{LIST}E-9999/", f"{LIST}E-9999/metode/", page(design, "ukendt"), f"{LIST}%00/"):
            assert keeper.get(address).status_code == 404


class TestStarting:
    def test_evaluation_of_several_trials_is_begun(self, client):
        network = factories.make_network(1)
        one, two = factories.make_trial("Et", network), factories.make_trial("To", network)
        client.force_login(roles.make_coordinator(network))
        assert client.get(f"{LIST}ny/?forsoeg={one.public_id}").context["form"]["covered"].value() == [one.public_id]
        response = client.post(f"{LIST}ny/", {"covered": [one.public_id, two.public_id]})

        made = Evaluation.objects.get()
        assert response.url == page(made)
        assert set(made.trials.all()) == {one, two}
        assert made.design_status == DesignStatus.NOT_FINISHED

    def test_trial_of_another_network_is_refused(self, client):
        network, stranger = factories.make_network(1), factories.make_trial("Andet", factories.make_network(2))
        client.force_login(roles.make_coordinator(network))
        response = client.post(f"{LIST}ny/", {"covered": [stranger.public_id]})

        assert response.context["form"].messages == [f"Netværket har ikke et forsøg med id’et »{stranger.public_id}«."]
        assert client.get(f"{LIST}ny/?netvaerk={stranger.network.slug}").status_code == 403
        assert client.get(f"{LIST}ny/?netvaerk=ukendt").status_code == 404
        assert Evaluation.objects.count() == 0

    def test_at_least_one_trial_is_chosen(self, client):
        client.force_login(roles.make_coordinator(factories.make_network(1)))

        assert client.post(f"{LIST}ny/", {}).context["form"].messages == ["Vælg mindst ét forsøg."]

    def test_one_with_several_networks_chooses(self, client):
        factories.make_network(1), factories.make_network(2)
        client.force_login(roles.make_ministry())

        assert len(client.get(f"{LIST}ny/").context["networks"]) == 2

    def test_those_who_keep_no_network_may_not(self, client, design):
        for user in (
            roles.make_reader(),
            roles.make_evaluator(design),
            roles.make_contact(factories.make_municipality()),
        ):
            client.force_login(user)
            assert client.get(f"{LIST}ny/").status_code == 403


def test_list_is_narrowed_to_what_is_missing(keeper, design):
    whole = factories.make_evaluation(factories.make_trial("Helt"), **WHOLE)

    assert {row.evaluation for row in keeper.get(LIST).context["page_obj"]} == {design, whole}
    assert [row.evaluation for row in keeper.get(f"{LIST}?vis=mangler").context["page_obj"]] == [design]
    refused = keeper.get(f"{LIST}?vis=alt")
    assert refused.status_code == 400
    assert "»alt« er ikke et udvalg af evalueringer." in refused.content.decode()


@pytest.mark.parametrize("side", ["0", "2", "x", "9" * 30, "²"])
def test_page_that_is_not_there_is_404(keeper, design, side):
    assert keeper.get(f"{LIST}?side={side}").status_code == 404


def test_list_and_pages_cost_the_same_with_1_and_20(keeper, design):
    network = design.trials.get().network

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert keeper.get(address).status_code == 200
        return len(captured)

    asked = [LIST, f"{LIST}?vis=mangler", f"{LIST}ny/", page(design), *(page(design, step) for step in STEPS)]
    factories.make_milestone("Slutevaluering", MilestoneKind.EVALUATION_FINAL, list(design.trials.all()))
    few = {address: cost(address) for address in asked}
    for number in range(20):
        trial = factories.make_trial(f"Forsøg {number}", network)
        made = factories.make_evaluation(trial)
        EvaluationTrait.objects.create(evaluation=made, trait=Method.SURVEY)
        design.coverages.create(trial=trial)
        factories.make_milestone("Slutevaluering", MilestoneKind.EVALUATION_FINAL, [trial])

    assert {address: cost(address) for address in asked} == few
