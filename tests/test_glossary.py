"""The glossary: what it explains, and where pages explain its words."""

import re
from html import unescape

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from networks.enums import Standing
from tests import factories
from tests.outline import outline
from trials import glossary
from trials.enums import (
    DESIGN_MEANINGS,
    STATUS_MEANINGS,
    Accuracy,
    ActKind,
    Approach,
    BasisKind,
    BasisRole,
    Decision,
    DesignStatus,
    Element,
    ExperienceKind,
    Method,
    Precision,
    Reason,
    Status,
)

VOCABULARIES = [
    *(Status, Reason, Precision, BasisKind, BasisRole, ActKind, DesignStatus, Element, Approach, Method, Accuracy),
    *(ExperienceKind, Decision, Standing),
]


@pytest.fixture
def page(client, db):
    return client.get("/ordbog/")


def used_in_templates() -> set[str]:
    from django.conf import settings

    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    return {slug for path in templates for slug in re.findall(r'{% term "([^"]+)"', path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_every_value_is_explained(vocabulary):
    names = {term.name for term in glossary.TERMS.values()}

    assert {str(label) for label in vocabulary.labels} <= names


def test_meanings_of_statuses_and_designs_are_those_of_the_pages():
    for value, meaning in (STATUS_MEANINGS | DESIGN_MEANINGS).items():
        assert meaning in {term.meaning for term in glossary.TERMS.values() if term.name == value.label}


def test_terms_are_sentences_and_anchors_are_their_own():
    terms = [term for group in glossary.GROUPS for term in group.terms]

    assert len(terms) == len(glossary.TERMS) > 100
    for term in terms:
        assert term.meaning.endswith("."), term
        assert re.fullmatch(r"[a-z0-9-]+", term.slug), term
    anchors = [term.slug for term in terms] + [group.slug for group in glossary.GROUPS]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    "slug",
    [
        "igangsat",
        "hjemmel",
        "ansoegningsrunde",
        "evalueringsdesign",
        "modstrid",
        "kilde",
        "omsat-til-generel-lovgivning",
    ],
)
def test_word_stands_at_its_anchor(page, slug):
    html = page.content.decode()
    term = glossary.TERMS[slug]
    stands = re.search(rf'<div class="glossary__term" id="{slug}">(.*?)</div>', html, re.DOTALL)

    assert stands
    assert term.meaning in unescape(stands[1])
    assert f'href="#{slug}"' in stands[1]


def test_groups_are_headings_with_links(page):
    found = outline(page)

    assert found.faults() == []
    assert [text for level, text in found.headings if level == 2] == [group.title for group in glossary.GROUPS]
    for group in glossary.GROUPS:
        assert found.links[group.title] == f"#{group.slug}"


def test_glossary_is_only_read_and_linked_from_every_page(client, db):
    assert client.post("/ordbog/").status_code == 405
    assert '<a href="/ordbog/">' in client.get("/").content.decode()


def render(text: str, request=None) -> str:
    template = Template("{% load terms %}" + text)
    return template.render(RequestContext(request) if request else Context())


class TestWordOnAPage:
    def test_first_is_a_link_with_its_meaning_the_next_only_the_word(self):
        request = RequestFactory().get("/")
        html = render('{% term "hjemmel" _("Hjemler") %}, {% term "hjemmel" %}.', request)

        meaning = re.search(r'<span class="term__meaning" role="tooltip" id="ord-hjemmel">(.+?)</span>', html)
        assert unescape(meaning[1]) == glossary.TERMS["hjemmel"].meaning
        assert '<a class="term__word" href="/ordbog/#hjemmel" aria-describedby="ord-hjemmel">Hjemler</a>' in html
        assert html.endswith("</span></span>, Hjemmel.")

    def test_word_is_known_by_its_name(self):
        assert "ord-virkningsevaluering" in render('{% named_term "Virkningsevaluering" %}', RequestFactory().get("/"))
        other = Template("{% load terms %}{% named_term word %}").render(Context({"word": "<b>Andet"}))
        assert other == "&lt;b&gt;Andet"

    def test_unknown_anchor_is_an_error(self):
        with pytest.raises(KeyError):
            render('{% term "findes-ikke" %}')

    def test_page_without_a_request_can_explain(self):
        assert "ord-hjemmel" in render('{% term "hjemmel" %}')

    def test_words_explained_are_remembered_within_an_include(self):
        request = RequestFactory().get("/")
        text = '{% include "trials/trial_facts.html" with trial=None page=None only %}{% explained_terms as all %}'
        html = render(text + "{% for term in all %}{{ term.slug }} {% endfor %}", request)

        assert html.split()[-5:] == [
            *("ansoegningsrunde", "i-kraft-ved-lov", "forsoegskommune", "hjemmelstype", "evalueringsdesign")
        ]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def addresses(self):
        municipality = factories.make_municipality("Læsø")
        trial = factories.make_trial(municipalities=[municipality])
        factories.make_membership(trial.network, municipality)
        evaluation = factories.make_evaluation(trial)
        evaluation.traits.create(trait=Approach.THEORY_BASED)
        records = (trial, trial.network, municipality, evaluation)
        return ["/forsoeg/", *(record.get_absolute_url() for record in records)]

    def test_words_are_explained_once_and_listed_for_print(self, client, addresses):
        for address in addresses:
            html = client.get(address).content.decode()
            explained = re.findall(r'role="tooltip" id="ord-([^"]+)"', html)
            listed = re.search(r'<dl class="terms__list">(.*?)</dl>', html, re.DOTALL)

            assert len(explained) == len(set(explained)) >= 1, address
            for slug in explained:
                assert f"<dt>{glossary.TERMS[slug].name}</dt>" in unescape(listed[1]), address
            assert listed[1].count("<dt>") == len(explained)
            assert html.count("site/term.js") == 1

    def test_every_link_leads_to_an_anchor_of_the_glossary(self, client, addresses):
        anchors = set(re.findall(r'id="([^"]+)"', client.get("/ordbog/").content.decode()))
        html = "".join(client.get(each).content.decode() for each in addresses)
        linked = set(re.findall(r'href="/ordbog/#([^"]+)"', html))

        assert linked >= used_in_templates()
        assert linked <= anchors

    def test_page_without_explained_words_has_no_list(self, client):
        html = client.get("/").content.decode()

        assert "Ordforklaring" not in html
        assert "term.js" not in html
