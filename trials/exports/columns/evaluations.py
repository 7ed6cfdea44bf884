"""The columns of the lists of evaluations and of the trials that each covers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, Subquery

from trials.enums import Approach, Method
from trials.exports.column import Column, Kind, each_once
from trials.exports.columns.grounds import GROUNDS, with_grounds
from trials.exports.columns.subjects import TRIAL
from trials.models import Coverage, Evaluation, Milestone


def evaluations(filtered: Any) -> Iterable[Evaluation]:
    """The evaluations of the filter with the trials that its user may see, and the code of the next milestone."""
    following = Milestone.objects.filter(pk=OuterRef("next_milestone"))
    found = filtered.qs.annotate(next_code=Subquery(following.values("code")[:1]))
    return found.with_coverages(filtered.user).prefetch_related("traits")


def coverages(filtered: Any) -> Iterable[Coverage]:
    """The coverages of the filter with evaluation, trial and place."""
    return with_grounds(filtered.qs.select_related("evaluation", "trial"), filtered.user)


def _traits(vocabulary: type[Approach] | type[Method]) -> Callable[[Evaluation], list[str]]:
    """The codes of an evaluation that are in `vocabulary`, in its order."""

    def found(evaluation: Evaluation) -> list[str]:
        traits = {trait.trait for trait in evaluation.traits.all()}
        return [trait.value for trait in vocabulary if trait.value in traits]

    return found


def _element(field: str, what: str) -> Column:
    name = f"{what}_beskrevet"
    said = "Kode for, om det er beskrevet; tomt, når det ikke er oplyst."
    return Column(name, said, lambda evaluation: getattr(evaluation, field))


EVALUATION_COLUMNS = [
    Column("id", "Evalueringens kode, fx E-FKII-1-01; ændres aldrig.", lambda evaluation: evaluation.code),
    Column("navn", "Evalueringens navn; ellers titlen på det forsøg, den er beskrevet under.", lambda e: e.subject),
    Column(
        "forsoeg",
        "Id for de forsøg, evalueringen gælder; det, den er beskrevet under, først.",
        lambda evaluation: [coverage.trial.public_id for coverage in evaluation.visible_coverages],
        Kind.TEXTS,
    ),
    Column(
        "ekstern",
        "Om en ekstern part evaluerer; tomt, når det ikke er oplyst.",
        lambda evaluation: evaluation.is_external,
        Kind.BOOLEAN,
    ),
    Column("evaluator", "Hvem der evaluerer; tomt, når det ikke er oplyst.", lambda each: each.evaluator),
    Column(
        "maa_deles",
        "Om evalueringen må deles; tomt, når det ikke er oplyst.",
        lambda evaluation: evaluation.may_be_shared,
        Kind.BOOLEAN,
    ),
    Column(
        "evalueringsstatus",
        "Kode for, hvor langt evalueringsdesignet er; tomt, når det ikke er oplyst.",
        lambda evaluation: evaluation.design_status,
    ),
    Column("tilgange", "Koder for tilgangene.", _traits(Approach), Kind.TEXTS),
    Column("metoder", "Koder for metoderne.", _traits(Method), Kind.TEXTS),
    Column(
        "sammenligningsgruppe",
        "Det, der sammenlignes med; tomt, når det ikke er oplyst.",
        lambda evaluation: evaluation.comparison,
    ),
    Column("forventede_resultater", "Designets forventede resultater.", lambda each: each.expected_results),
    _element("results_element", "forventede_resultater"),
    Column("maalgruppe", "Designets målgruppe.", lambda evaluation: evaluation.target_group),
    _element("target_group_element", "maalgruppe"),
    Column("metode", "Designets metode.", lambda evaluation: evaluation.method),
    _element("method_element", "metode"),
    Column("baseline", "Designets baselinemålinger.", lambda evaluation: evaluation.baseline),
    _element("baseline_element", "baseline"),
    Column(
        "naeste_milepael",
        "Koden for den næste milepæl, som kilden kendte; tomt, når der ingen er.",
        lambda evaluation: evaluation.next_code,
        references="milepaele",
    ),
    Column(
        "kilde",
        "Stederne i kilden, hvor evalueringen er beskrevet.",
        lambda each: each_once(coverage.place for coverage in each.visible_coverages if coverage.place),
        Kind.TEXTS,
    ),
    Column("url", "Adressen på evalueringens side.", lambda each: each.get_absolute_url(), Kind.ADDRESS),
]

COVERAGE_COLUMNS = [
    Column(
        "id",
        "Evalueringens kode og forsøgets id; ændres aldrig.",
        lambda coverage: f"{coverage.evaluation.code}:{coverage.trial.public_id}",
    ),
    Column("evaluering_id", "Evalueringens kode.", lambda each: each.evaluation.code, references="evalueringer"),
    TRIAL,
    Column(
        "faelles",
        "Om evalueringen er beskrevet under et andet forsøg.",
        lambda coverage: coverage.is_shared,
        Kind.BOOLEAN,
    ),
    Column("beskrivelse", "Det, kilden skriver om evalueringen ved forsøget.", lambda each: each.description),
    *GROUNDS,
]
