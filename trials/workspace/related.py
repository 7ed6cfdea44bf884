"""Which records belong to a trial or a network, also those that did once: what the history of either tells of."""

from collections.abc import Iterable
from typing import cast

from django.apps import apps
from django.db import models
from django.db.models import Q

from networks.models import Network
from trials.models import Coverage, Evaluation, SourceCell, StatusEvent, Trial

LINKS: tuple[tuple[str, ...], ...] = (
    ("trial",),
    ("network", "trials"),
    ("participation",),
    ("membership",),
    ("evaluation",),
    ("contradiction",),
    ("cell",),
)
"""What says where a record belongs: the first of these groups of which it has a field. Another record of ours that it
hangs on, such as an idea's comment on an idea, comes after these."""

Keys = dict[type[models.Model], set]


def of_trial(trial: Trial) -> Keys:
    """By model, the keys of the trial and of all that hangs on it or once did. A constant number of queries."""
    return _closure({Trial: {trial.pk}})


def of_network(network: Network) -> Keys:
    """By model, the keys of the network, its members, its trials and all that hangs on them or once did."""
    return _closure({Network: {network.pk}, Trial: _ids(Trial, "id", network_id__in={network.pk})})


def events_of(keys: Keys):
    """The events of status of these trials and participations."""
    return StatusEvent.objects.filter(
        Q(trial__in=keys.get(Trial, set())) | Q(participation__in=keys.get(_participation(), set()))
    )


def _closure(keys: Keys) -> Keys:
    waiting = [model for model in _with_history() if model not in keys]
    while True:
        found = {model: _keys_of(model, keys) for model in waiting if _owners(model, keys)}
        keys |= found
        waiting = [model for model in waiting if model not in found]
        if Trial in keys and SourceCell not in keys:
            keys[SourceCell] = set(SourceCell.objects.filter(trial__in=keys[Trial]).values_list("pk", flat=True))
        elif Coverage in keys and Evaluation not in keys:
            keys[Evaluation] = _ids(Coverage, "evaluation_id", id__in=keys[Coverage])
            waiting.remove(Evaluation)
        elif not found:
            return {model: found for model, found in keys.items() if model is not SourceCell}


def _with_history() -> list[type[models.Model]]:
    """Our models whose records have a history."""
    ours = [*apps.get_app_config("networks").get_models(), *apps.get_app_config("trials").get_models()]
    return [model for model in ours if hasattr(model._meta, "simple_history_manager_attribute")]


def _owners(model, keys: Keys) -> list[models.Field]:
    """The fields of `model` that say where its records belong, as far as `keys` knows what they name."""
    if model is Evaluation:
        return []
    fields = {field.name: field for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    for names in LINKS:
        there = [fields[name] for name in names if name in fields]
        if there:
            return [field for field in there if field.related_model in keys]
    return [f for f in fields.values() if f.is_relation and f.related_model in keys and f.related_model is not Network]


def _keys_of(model, keys: Keys) -> set:
    found: set = set()
    for field in _owners(model, keys):
        wanted = keys[cast("type[models.Model]", field.related_model)]
        if field.many_to_many:
            found |= _once_linked(model, field, wanted)
        else:
            found |= _ids(model, "id", **{f"{field.attname}__in": wanted})
    return found


def _ids(model, name: str, **condition) -> set:
    """Keys found in the history of `model`, and in its rows, since a fixture brings no history."""
    in_rows = {
        ("pk" if key == "id__in" else key.removesuffix("__in")) + "__in": keys for key, keys in condition.items()
    }
    named = "pk" if name == "id" else name
    past = set(model.history.filter(**condition).order_by().values_list(name, flat=True))
    return past | set(model._base_manager.filter(**in_rows).order_by().values_list(named, flat=True))


def _once_linked(model, field, wanted: Iterable) -> set:
    """The records that are, or in some version were, linked to one of `wanted`."""
    found = set(model._base_manager.filter(**{f"{field.name}__in": wanted}).values_list("pk", flat=True))
    if field.name in {each.name for each in model.history.model._history_m2m_fields}:
        links = getattr(model.history.model, field.name).model._default_manager
        found |= set(
            links.filter(**{f"{field.m2m_reverse_field_name()}__in": wanted}).values_list("history__id", flat=True)
        )
    return found


def _participation():
    return Trial._meta.get_field("participations").related_model
