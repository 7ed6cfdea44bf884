"""What an id, a kommunekode or a § leads to."""

import pytest

from tests import factories
from trials import lookup
from trials.enums import Publication
from trials.models import Trial

BASE = "/hjemler/frikommuneloven"


def straight(text: str, user=None) -> str:
    return lookup.direct(lookup.index(user), text).url


def offered(text: str) -> list[str]:
    return [url for _, url in lookup.direct(lookup.index(None), text).targets]


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
class TestShippedRegister:
    @pytest.mark.parametrize(
        ("text", "url"),
        [
            ("§ 25", f"{BASE}/paragraf-25/"),
            ("§25", f"{BASE}/paragraf-25/"),
            ("paragraf 25", f"{BASE}/paragraf-25/"),
            ("27 c", f"{BASE}/paragraf-27-c/"),
            ("27c", f"{BASE}/paragraf-27-c/"),
            ("§ 26 I", f"{BASE}/paragraf-26-i/"),
            ("§ 26 i i frikommuneloven", f"{BASE}/paragraf-26-i/"),
            ("§ 25 i frikommuneloven", f"{BASE}/paragraf-25/"),
            ("servicelovens § 184", "/hjemler/serviceloven/paragraf-184/"),
            ("Lov om social service § 184", "/hjemler/serviceloven/paragraf-184/"),
            ("serviceloven 184", "/hjemler/serviceloven/paragraf-184/"),
            ("lov om frikommunenetværk § 25, stk. 3", f"{BASE}/paragraf-25-stk-3/"),
            ("§ 25 stk 3", f"{BASE}/paragraf-25-stk-3/"),
            ("§ 52", "/hjemler/serviceloven/paragraf-52/"),
            ("social service § 184", "/hjemler/serviceloven/paragraf-184/"),
            ("751", "/kommuner/aarhus/"),
            ("0751", "/kommuner/aarhus/"),
            ("vive-2019:X-1", "/evalueringer/vive-2019-X-1/"),
            ("VIVE-2019-x-1", "/evalueringer/vive-2019-X-1/"),
            ("e-fkii-1-01", "/evalueringer/E-FKII-1-01/"),
            ("E-001", "/erfaringer/vive-2019-E-001/"),
            ("o-001", "/aktivitetstal/?q=O-001#O-001"),
        ],
    )
    def test_text_leads_to_its_page(self, client, text, url):
        assert straight(text) == url
        assert client.get(url).status_code in (200, 302)

    @pytest.mark.parametrize("text", ["FKII-1-08", " fkii-1-08 ", "FKII-1-8"])
    def test_id_leads_to_the_trial(self, text):
        assert straight(text) == Trial.objects.get(public_id="FKII-1-08").get_absolute_url()

    def test_figure_stands_on_its_page(self, client):
        response = client.get("/aktivitetstal/?q=O-001")

        assert "vive-2019:O-001" in [figure.code for figure in response.context["page_obj"]]
        assert 'id="O-001"' in response.content.decode()

    def test_paragraph_of_several_acts_is_offered_in_each(self):
        assert straight("§ 27") == ""
        assert offered("§ 27") == [
            "/hjemler/frikommunebekendtgoerelsen/paragraf-27/",
            "/hjemler/almenboligloven/paragraf-27/",
            f"{BASE}/paragraf-27/",
        ]

    def test_bare_number_is_only_offered_as_a_paragraph(self):
        assert straight("25") == ""
        assert offered("25") == [f"{BASE}/paragraf-25/"]

    def test_part_that_is_not_in_use_offers_the_whole_paragraph(self):
        assert straight("§ 25, stk. 9") == ""
        assert offered("§ 25, stk. 9") == [f"{BASE}/paragraf-25/"]

    @pytest.mark.parametrize(
        "text",
        ["", "§", "§ 999", "99999", "unge under 30 år", "2 boliger", "færdselsloven § 25", "mikrolån", "FKII-9-99"],
    )
    def test_other_text_leads_nowhere(self, text):
        assert offered(text) == []


@pytest.mark.django_db
class TestDrafts:
    def test_id_of_a_draft_leads_nowhere_but_for_staff(self, admin_user):
        draft = factories.make_trial(publication=Publication.DRAFT)
        factories.make_basis(draft, factories.make_provision(25))
        evaluation = factories.make_evaluation(draft)
        experience = factories.make_experience(trials=[draft])
        figure = factories.make_observation(trials=[draft])
        for text in (draft.public_id, evaluation.code, experience.code, figure.code, "§ 25"):
            assert straight(text) == "", text
            assert straight(text, admin_user) != "", text

    def test_code_of_two_things_offers_both(self):
        trial = factories.make_trial()
        factories.make_observation(trials=[trial], code="a:O-001")
        factories.make_observation(trials=[trial], code="b:O-001")

        assert straight("o-001") == ""
        assert len(offered("o-001")) == 2
        assert straight("a:o-001") == "/aktivitetstal/?q=O-001#O-001"
