"""Free-text search over trials, the same on every database.

A trial is found when every word of the query is. A word is found where it occurs in the trial's text,
inside compounds too (`bolig` finds *udslusningsboliger*), or where a word with the same Danish stem does
(`lægeattester` finds *lægeattest*). Stems are short (*bolig* → *bol*), so whole stems are compared, never
parts of them. The text and its stems are kept in two columns of the trial, written by `refresh`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer
from django.db.models import Q

from frikommune import danish

_WORD = re.compile(r"\w+")
_QUERY_WORD = re.compile(r"\w+-\d+-\d+|\w+")  # a trial's id is one word
_TAG = re.compile(r"<[^>]+>")
_stemmer = snowballstemmer.stemmer("danish")
stem = lru_cache(maxsize=50_000)(_stemmer.stemWord)

LONGEST_QUERY = 200
"""Characters; a longer query is refused by the filter."""


def words(text: str) -> list[str]:
    """The words of the query `text` in small letters."""
    return _QUERY_WORD.findall(danish.casefold(text))


def matches(text: str) -> Q:
    """The condition that every word of `text` is found. A text without words matches everything."""
    found = Q()
    for word in words(text):
        found &= Q(search_text__contains=word) | Q(search_stems__contains=f" {stem(word)} ")
    return found


def has_words(texts: Iterable[str], query: str) -> bool:
    """Whether every word of `query` is found in `texts`, as `matches` finds it in the columns."""
    text, stems = columns(texts)
    return all(word in text or f" {stem(word)} " in stems for word in words(query))


def refresh(trial) -> None:
    """Write the search columns of `trial` from all that is searched, related records included."""
    trial.search_text, trial.search_stems = columns(_texts(trial))
    written = type(trial).objects.filter(pk=trial.pk)
    written.update(search_text=trial.search_text, search_stems=trial.search_stems)


def columns(texts: Iterable[str]) -> tuple[str, str]:
    """The two search columns of a record with these texts: its words in small letters, and their stems."""
    text = danish.casefold(_TAG.sub(" ", "\n".join(filter(None, texts))))
    stems = " ".join(dict.fromkeys(map(stem, _WORD.findall(text))))
    return text, f" {stems} "


def _texts(trial) -> Iterable[str]:
    """Title, content, target group, municipalities, network, legal basis, implementation and evaluation."""
    yield from (trial.public_id, trial.title, trial.summary, trial.content, trial.target_group, trial.implementation)
    yield from (trial.network.name, trial.network.theme)
    for participation in trial.participations.select_related("municipality").in_danish_order():
        yield participation.municipality.official_name
        yield participation.municipality.name
        if "aa" in participation.municipality.name.casefold():
            yield re.sub("aa", "å", participation.municipality.name, flags=re.IGNORECASE)
    for basis in trial.legal_bases.in_order():
        yield from (str(basis), basis.get_kind_display(), basis.note)
        yield basis.provision.act.short_title if basis.provision else ""
    for coverage in trial.coverages.select_related("evaluation").order_by("evaluation__code"):
        evaluation = coverage.evaluation
        yield from (evaluation.name, evaluation.evaluator, coverage.description)
        yield coverage.design_status.label if coverage.design_status else ""
        yield from (evaluation.expected_results, evaluation.target_group, evaluation.method, evaluation.baseline)
    yield from trial.cells.order_by("source", "table", "row", "column").values_list("text", flat=True)
