"""Marking the words of a query in a text, and cutting it to what stands round them."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frikommune import danish
from trials import search
from trials.lookup import Passage, highlight

LONG = "Indledning uden noget. " * 20 + "Her står ordet mikrolån midt i det hele. " + "Afslutning uden noget. " * 20


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Flere udslusningsboliger", ["bolig"], "Flere udslusnings<mark>bolig</mark>er"),
        ("Krav om lægeattest", ["lægeattester"], "Krav om <mark>lægeattest</mark>"),
        ("LÆSØ og læsø", ["læsø"], "<mark>LÆSØ</mark> og <mark>læsø</mark>"),
        ("Lån til biler", ["lån", "biler"], "<mark>Lån</mark> til <mark>biler</mark>"),
        ("Arbejde i byen", ["i"], "Arbejde <mark>i</mark> byen"),
        ("§ 25 og 2025", ["25"], "§ <mark>25</mark> og 2025"),
        ("Straße 7", ["strasse"], "<mark>Straße</mark> 7"),
        ("a < b & mikrolån", ["mikrolån"], "a &lt; b &amp; <mark>mikrolån</mark>"),
        ("<mark>x</mark>", ["mark"], "&lt;<mark>mark</mark>&gt;x&lt;/<mark>mark</mark>&gt;"),
        ("amp & lt", ["amp"], "<mark>amp</mark> &amp; lt"),
        ("Intet", ["andet"], "Intet"),
        ("mikrola\u030an", ["mikrolån"], "<mark>mikrolån</mark>"),
    ],
)
def test_words_are_marked_where_they_are_found(text, words, expected):
    assert highlight.mark(text, words) == expected


TEXTS = st.text(st.sampled_from("abæøåÆØÅİßﬁ<>&\"';§ \n-25k") | st.characters(exclude_categories=["Cs"]), max_size=400)


@given(TEXTS, TEXTS)
def test_marking_never_breaks_escaping(text, query):
    words = search.words(query)
    html = highlight.mark(text, words)
    bare = re.sub(r"</?mark>", "", html)

    assert not re.search(r"[<>\"']", bare)
    assert unescape(bare) == unescape(highlight.mark(text, []))
    assert html.count("<mark>") == html.count("</mark>")
    assert "<mark></mark>" not in html


@given(TEXTS, TEXTS)
def test_excerpts_are_parts_of_their_texts_and_short(text, query):
    for _, html in highlight.excerpts([Passage("Indhold", text)], search.words(query)):
        bare = unescape(re.sub(r"</?mark>", "", html)).removeprefix("… ").removesuffix(" …")

        assert not re.search(r"[<>\"']", re.sub(r"</?mark>", "", html))
        assert bare in unescape(highlight.mark(text, []))
        assert len(bare) <= highlight.LENGTH


def test_excerpt_stands_round_the_word_and_is_cut_between_words():
    ((label, html),) = highlight.excerpts([Passage("Indhold", LONG)], ["mikrolån"])

    assert label == "Indhold"
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert "ordet <mark>mikrolån</mark> midt" in html
    cut = re.sub("</?mark>", "", html).removeprefix("… ").removesuffix(" …")
    assert f" {cut} " in LONG


def test_excerpt_stands_where_most_words_are_together():
    text = "Lån er dyre. " + "Noget andet imellem. " * 30 + "Lån til unge er billige. " + "Slut på det. " * 30
    ((_, html),) = highlight.excerpts([Passage("", text)], ["lån", "unge"])

    assert "<mark>Lån</mark> til <mark>unge</mark>" in html


def test_text_with_most_of_the_words_comes_first_then_the_one_with_the_rest():
    passages = [Passage("Indhold", "unge"), Passage("Målgruppe", "unge med lån"), Passage("Kommuner", "Læsø")]
    found = highlight.excerpts(passages, ["unge", "lån", "læsø"])

    assert [label for label, _ in found] == ["Målgruppe", "Kommuner"]


def test_word_in_the_heading_only_leaves_the_beginning_of_the_first_text():
    assert highlight.excerpts([Passage("Kort", "Et to."), Passage("", "Tre.")], ["x"]) == [("Kort", "Et to.")]
    assert highlight.excerpts([], ["x"]) == []


@given(TEXTS)
def test_letters_are_folded_one_by_one(text):
    """So that what is found in small letters stands in the same place in the text."""
    folded, places = highlight._folded(text)

    assert len(folded) == len(places)
    assert danish.casefold(folded) == danish.casefold(text)
