"""Whatever a query string says, a public address answers: with what is asked for, or in Danish with what is wrong."""

import os
import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.pages import LISTS, record_pages
from trials.exports.forms import FORMS
from trials.exports.listings import LISTINGS

pytestmark = pytest.mark.django_db

ADDRESSES_ASKED = int(os.environ.get("RANDOM_QUERIES", "250"))
"""How many query strings the addresses are asked with; a page costs about a tenth of a second."""
FILTERS_ASKED = 1500
"""How many the filters behind them are asked with, which costs a fraction of that."""

CODES = {"netvaerk", "kommune", "status", "region", "runde", "lov", "paragraf", "aarsag", "hjemmelstype", "fund"}
NAMES = {"forsoeg", "vis", "slags", "alvor", "pr", "side", "antal", "fra", "til", "q", "sortering", "visning"}
KNOWN = (
    *("1", "8", "730", "851", "running", "awaiting", "ended", "1082", "frikommuneloven", "frikommuneloven/paragraf-25"),
    *("exemption", "ja", "nej", "ikke-oplyst", "error", "ingen", "kort", "tabel", "25", "100", "titel", "-dato"),
    *("FKII-1-08", "FKII-7-01", "2018-12-01", "2019-03-31", "alt", "forskelle", "bolig", "§ 25", "kommuner", "metode"),
)
ODD = (
    *("", " ", "0", "-1", "1.5", "1e9", "007", "²", "١", "１", "NaN", "null", "[]", "{}", "1,2", "x" * 5000, "9" * 400),
    *("\x00", "a\x00b", "\x1b[31m", "\n", "\u202e", "\ufeff", "\ud800", "🏛️" * 40, "Å" * 300, "ß", "%", "%25", "_"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "2018-02-30", "2018-1-1", "2026-11-22T00:00", "§", "§ " + "9" * 99),
    *("'; DROP TABLE trials_trial; --", "<script>", '"', "\\", "../../etc/passwd", "FKII-" + "1" * 50, "fkii-1-08"),
)
GARBAGE = (
    *(
        "&&&",
        "=",
        "=1",
        "q",
        "q=%",
        "q=%ff%fe",
        "q=%C3%28",
        "status[]=running",
        "status=running;q=x",
        "?q=1",
        "%00=%00",
    ),
    *("q=a+b&q=c", "side=1&side=2", "pr=2018-12-01&pr=2019-01-01", "x&" * 900),
)
DANISH = re.compile(r"\b(er|ikke|kan|kun|har|intet|ligger|indeholder|begyndte)\b", re.IGNORECASE)


def names() -> set[str]:
    """The parameters that any list takes."""
    return {name for listing in LISTINGS.values() for name in listing.filtered.base_filters} | NAMES | CODES


def queries() -> st.SearchStrategy[str]:
    """Query strings as a browser, a program or a fool may send them; each sign is one byte."""
    text = st.text(st.characters(codec=None), max_size=20)
    value = st.one_of(
        st.sampled_from(KNOWN), st.sampled_from(KNOWN), st.sampled_from(ODD), st.integers().map(str), text
    )
    name = st.one_of(*[st.sampled_from(sorted(names()))] * 6, text, st.sampled_from(ODD))
    pair = st.tuples(name, value).map(lambda pair: "=".join(quote(each, errors="surrogatepass") for each in pair))
    part = st.one_of(
        *[pair] * 8, st.sampled_from(GARBAGE), st.binary(max_size=20).map(lambda raw: raw.decode("latin-1"))
    )
    return st.lists(part, min_size=1, max_size=4).map("&".join)


def addresses() -> list[str]:
    """Every public address that may be asked with a query string: pages, files of every list, feeds, the API."""
    files = [f"/{name}.{ending}" for name in LISTINGS for ending in FORMS]
    records = record_pages()
    feeds = [f"{page.rstrip('/')}.atom" for page in records if not page.startswith(("/evalueringer/", "/forsoeg/"))]
    single = ["/forsoeg/FKII-1-05.atom", "/forsoeg/FKII-1-05.json", "/api/v1/forsoeg/FKII-1-05", "/forsoeg/FKII-1-05/"]
    others = ["/forsoeg.atom", "/milepaele.ics", "/data/datapackage.json", "/sitemap.xml", "/findes-ikke/"]
    return [*LISTS, *records, *feeds, *single, *others, *files, *(f"/api/v1/{name}" for name in LISTINGS)]


def complaints(response) -> list[str]:
    """The sentences in which a refusal says what is wrong."""
    kind = response["Content-Type"].partition(";")[0]
    if kind.endswith("json"):
        return response.json()["errors"]
    text = response.content.decode()
    if kind == "text/plain":
        return text.splitlines()
    listed = re.search(r'<ul class="error-list">(.*?)</ul>', text, re.DOTALL)
    if listed:
        return [" ".join(item.split()) for item in re.findall(r"<li>(.*?)</li>", listed[1], re.DOTALL)]
    return [" ".join(lead.split()) for lead in re.findall(r'<p class="lead">(.*?)</p>', text, re.DOTALL)]


def not_danish(sentences: list[str]) -> list[str]:
    """Those that are no sentence in Danish, whatever they quote."""
    return [each for each in sentences if not (each.endswith(".") and DANISH.search(re.sub("»[^«]*«", "", each)))]


def test_every_address_answers_whatever_it_is_asked(client, module_register) -> None:
    answers: dict[int, int] = {}

    @settings(max_examples=ADDRESSES_ASKED, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(addresses()), queries())
    def ask(address: str, query: str) -> None:
        response = client.generic("GET", address, QUERY_STRING=query)
        answers[response.status_code] = answers.get(response.status_code, 0) + 1

        assert response.status_code in (200, 301, 302, 400, 404), response.status_code
        if response.status_code == 400:
            said = complaints(response)
            assert said
            assert not_danish(said) == []

    ask()
    assert {200, 400} <= set(answers), "both were asked: what can be answered and what cannot"


def test_every_filter_answers_whatever_it_is_asked(module_register) -> None:
    valid: set[bool] = set()

    @settings(max_examples=FILTERS_ASKED, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(list(LISTINGS.values())), queries())
    def ask(listing, query: str) -> None:
        assume(query.count("&") < 900)  # more is refused before any filter sees it
        filtered = listing.filtered(QueryDict(query.encode("latin-1")), AnonymousUser())
        valid.add(filtered.is_valid())
        if filtered.is_valid():
            assert len(filtered.qs[:1]) <= 1
        else:
            assert filtered.messages
            assert not_danish(filtered.messages) == []

    ask()
    assert valid == {True, False}
