"""Reads what can be found from the register: for each kind its entries, in the order in which its own list has them.

A constant number of queries. Everything starts at what `user` may see.
"""

import re
from collections import Counter
from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from networks.models import Municipality, Network
from trials import glossary
from trials.enums import BasisRole, Status
from trials.figures import short_code
from trials.filters import NUMBERED
from trials.lookup.entry import Entry, Kind, Passage, searched
from trials.models import Evaluation, Experience, LegalBasis, Participation, Provision, SourceCell, Trial

_TAG = re.compile(r"<[^>]+>")


def trials(user) -> Iterator[Entry]:
    """The trials; searched is what the list of trials searches."""
    records = Trial.objects.visible_to(user).select_related("network").with_municipalities().order_by(*NUMBERED)
    records = records.prefetch_related(
        Prefetch("legal_bases", LegalBasis.objects.in_order()),
        "coverages__evaluation",
        Prefetch("cells", SourceCell.objects.order_by("source", "table", "row", "column")),
    )
    for trial in records:
        yield Entry(
            Kind.TRIAL,
            trial.public_id,
            trial.title,
            trial.get_absolute_url(),
            (trial.search_text, trial.search_stems),
            tuple(_passages(_told(trial))),
            status=Status(trial.status),
            is_draft=trial.publication == "draft",
        )


def _told(trial: Trial) -> Iterator[tuple[str, str]]:
    """The texts of a trial as a reader knows them."""
    yield from (("Kort fortalt", trial.summary), ("Indhold", trial.content), ("Målgruppe", trial.target_group))
    names = [participation.municipality.official_name for participation in trial.participations.all()]
    yield "Kommuner", ", ".join(names)
    yield "Netværk", trial.network.name
    for basis in trial.legal_bases.all():
        yield basis.get_role_display(), " ".join(filter(None, [str(basis), basis.note]))
        yield "Hjemmelstype", basis.get_kind_display()
    yield "Ikrafttrædelse og implementering", trial.implementation
    for coverage in trial.coverages.all():
        evaluation = coverage.evaluation
        yield "Evaluering", coverage.description
        yield "Evaluering", " ".join(filter(None, [evaluation.name, evaluation.evaluator]))
        yield "Forventede resultater", evaluation.expected_results
        yield "Evalueringens målgruppe", evaluation.target_group
        yield "Evalueringsmetode", evaluation.method
        yield "Baselinemålinger", evaluation.baseline
    yield "Netværkets tema", trial.network.theme
    for cell in trial.cells.all():
        yield "Kildens ord", cell.text


def networks(user) -> Iterator[Entry]:
    """The networks with their texts and members."""
    counts = Trial.objects.visible_to(user).count_by("network")
    for network in Network.objects.order_by("programme__first_year", "programme__code", "number").with_members():
        members = [membership.municipality.official_name for membership in network.memberships.all()]
        texts = [(text.get_kind_display(), text.text) for text in network.texts.all()]
        told = [("Tema", network.theme), *texts, ("Kommuner", ", ".join(members))]
        code, url = f"Netværk {network.number}", network.get_absolute_url()
        passages = tuple(_passages(told))
        weight = counts.get(network.pk, 0)
        yield searched(Entry(Kind.NETWORK, code, network.name, url, ("", ""), passages, weight=weight))


def municipalities(user) -> Iterator[Entry]:
    """All municipalities with their region and networks."""
    counts = Participation.objects.visible_to(user).count_by("municipality")
    for municipality in Municipality.objects.order_by("sort_key").with_memberships():
        names = [membership.network.name for membership in municipality.memberships.all()]
        yield searched(
            Entry(
                Kind.MUNICIPALITY,
                municipality.code,
                municipality.official_name,
                municipality.get_absolute_url(),
                ("", ""),
                tuple(_passages([("Netværk", "; ".join(names)), ("Region", municipality.region)])),
                (municipality.name, re.sub("aa", "å", municipality.name, flags=re.IGNORECASE)),
                weight=counts.get(municipality.pk, 0),
            )
        )


def evaluations(user) -> Iterator[Entry]:
    """The evaluations with what the source says of them and of each trial they cover."""
    records = Evaluation.objects.visible_to(user).with_coverages(user).prefetch_related("traits").order_by("code")
    for evaluation in records:
        covered = evaluation.visible_coverages
        told = [
            ("Evaluator", evaluation.evaluator),
            *(("Forsøg", str(coverage.trial)) for coverage in covered),
            *(("Beskrivelse", coverage.description) for coverage in covered),
            ("Forventede resultater", evaluation.expected_results),
            ("Målgruppe", evaluation.target_group),
            ("Evalueringsmetode", evaluation.method),
            ("Baselinemålinger", evaluation.baseline),
            ("Sammenligning", evaluation.comparison),
            ("Tilgang og metoder", ", ".join(trait.get_trait_display() for trait in evaluation.traits.all())),
            ("Evalueringsdesign", evaluation.get_design_status_display()),
        ]
        code, url, passages = evaluation.code, evaluation.get_absolute_url(), tuple(_passages(told))
        yield searched(Entry(Kind.EVALUATION, code, evaluation.subject, url, ("", ""), passages, weight=len(covered)))


def experiences(user) -> Iterator[Entry]:
    """The experiences; searched is what their list searches."""
    for experience in Experience.objects.visible_to(user).order_by("code"):
        yield Entry(
            Kind.EXPERIENCE,
            short_code(experience.code),
            f"{experience.get_kind_display()}: {experience.get_theme_display()}",
            experience.get_absolute_url(),
            (experience.search_text, experience.search_stems),
            (Passage("", experience.text),),
        )


def law(user) -> tuple[list[Entry], list[Provision]]:
    """The acts and the provisions in use, with the trials that use them; and those provisions."""
    bases = LegalBasis.objects.visible_to(user).exclude(provision=None)
    bases = list(bases.in_order().select_related("trial__network"))
    used: dict[Provision, list[LegalBasis]] = {}
    for basis in bases:
        used.setdefault(basis.provision, []).append(basis)
    provisions = sorted(used, key=lambda each: (each.act.title, each.sort_key))
    acts = {provision.act_id: provision.act for provision in provisions}
    of_act = Counter(act for act, _ in {(basis.provision.act_id, basis.trial_id) for basis in bases})
    entries = [
        Entry(
            Kind.LAW,
            "",
            act.title,
            act.get_absolute_url(),
            ("", ""),
            (Passage("Kort titel", act.short_title), Passage("Art", act.get_kind_display())),
            weight=of_act[act.pk],
        )
        for act in acts.values()
    ]
    entries += [_provision(provision, used[provision]) for provision in provisions]
    return [searched(entry) for entry in entries], provisions


def _provision(provision: Provision, bases: list[LegalBasis]) -> Entry:
    told = [("Kort titel", provision.act.short_title)]
    for role in BasisRole:
        told.append((role.label, "; ".join(str(basis.trial) for basis in bases if basis.role == role)))
    told += [("Registerets bemærkning", basis.note) for basis in bases]
    weight = len({basis.trial_id for basis in bases})
    url, passages = provision.get_absolute_url(), tuple(_passages(told))
    return Entry(Kind.LAW, "", str(provision), url, ("", ""), passages, weight=weight)


def terms() -> Iterator[Entry]:
    """The words of the glossary."""
    for term in glossary.TERMS.values():
        told = [("", term.meaning), ("Også", ", ".join(term.also))]
        code, passages = term.about, tuple(_passages(told))
        yield searched(Entry(Kind.TERM, code, term.name, term.url, ("", ""), passages))


def figure_url(code: str) -> str:
    """The address of the figure with this code: the list of figures narrowed to it."""
    return f"{reverse('trials:figure_list')}?q={short_code(code)}#{short_code(code)}"


def _passages(told) -> Iterator[Passage]:
    """The texts that are there, each once, without the tags of tables."""
    seen = set()
    for label, text in told:
        text = " ".join(_TAG.sub(" ", text or "").split())
        if text and text not in seen:
            seen.add(text)
            yield Passage(label, text)
