"""Who may do what: predicates, and the permissions made of them. Pages, admin, API and exports ask here.

Roles are rows (docs/workspace.md, "Login and roles"): a coordinator keeps a network, a municipal contact answers for a
municipality, an evaluator has evaluations to see to, and the ministry or a reader has an office over all. Asking for a
permission is `user.has_perm("trials.keep_network", network)`. Imports nothing of ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

MINISTRY, READER = "ministry", "reader"
FORMER = "former"  # the standing of a municipality that has left its network


@dataclass(frozen=True)
class Roles:
    """What a user is today, by primary keys."""

    offices: frozenset[str] = frozenset()
    networks: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()
    evaluations: frozenset[int] = frozenset()


def roles_of(user) -> Roles:
    """The roles that `user` has today. Four queries the first time, none for one who is not signed in."""
    if user is None or not user.is_active or user.is_anonymous:
        return Roles()
    if not hasattr(user, "_register_roles"):
        today = timezone.localdate()
        user._register_roles = Roles(
            frozenset(user.offices.values_list("kind", flat=True)),
            frozenset(user.coordinates.on(today).values_list("network", flat=True)),
            frozenset(user.contact_for.on(today).values_list("municipality", flat=True)),
            frozenset(user.evaluates.values_list("evaluation", flat=True)),
        )
    return user._register_roles


def sees_drafts(user) -> bool:
    """Whether `user` has the internal view, drafts included: coordinators, the ministry, readers and other staff."""
    if user is None or not user.is_active or user.is_anonymous:
        return False
    return user.is_staff or bool(roles_of(user).offices or roles_of(user).networks)


def works_here(user) -> bool:
    """Whether the workspace is for `user`: anyone with a role."""
    return sees_drafts(user) or roles_of(user) != Roles()


@rules.predicate
def is_ministry(user) -> bool:
    """The ministry does everything, publishes and approves; so does a superuser."""
    return user.is_active and (user.is_superuser or MINISTRY in roles_of(user).offices)


@rules.predicate
def has_internal_view(user) -> bool:
    return sees_drafts(user)


@rules.predicate
def is_at_work(user) -> bool:
    return works_here(user)


@rules.predicate
def is_reader(user) -> bool:
    """A reader follows the work of all networks, and changes nothing."""
    return READER in roles_of(user).offices


def _of_object(held: Callable[[Roles], frozenset], keys: Callable[[Any], set]) -> Callable[[Any, Any], bool]:
    """A predicate: whether what a user holds is among the object's keys; without an object, whether it is anything."""

    def predicate(user, record=None) -> bool:
        mine = held(roles_of(user))
        return bool(mine if record is None else mine & keys(record))

    return predicate


def networks_of(record) -> set[int]:
    """The primary keys of the networks that `record` belongs to: itself, its own, or those of its trials."""
    if record._meta.model_name == "network":
        return {record.pk}
    if getattr(record, "network_id", None):
        return {record.network_id}
    for owner in ("trial", "participation", "membership", "evaluation", "template", "report", "idea"):
        if getattr(record, f"{owner}_id", None):
            return networks_of(getattr(record, owner))
    if record.pk and hasattr(record, "trials"):
        return set(record.trials.values_list("network", flat=True))
    return set()


def municipalities_of(record) -> set[int]:
    """The primary key of the municipality that `record` is, or is of."""
    return {record.pk} if record._meta.model_name == "municipality" else {record.municipality_id}


def networks_shared_with(user) -> frozenset[int]:
    """The primary keys of the networks in which `user` shares ideas: those that he coordinates, and those of which a
    municipality that he answers for is a member today. One query the first time, none for one without a role."""
    roles = roles_of(user)
    if not roles.municipalities:
        return roles.networks
    if not hasattr(user, "_register_shared_networks"):
        today, memberships = timezone.localdate(), "municipality__memberships"
        held = user.contact_for.filter(municipality__in=roles.municipalities).values_list(
            f"{memberships}__network", f"{memberships}__standing", f"{memberships}__to_on"
        )
        user._register_shared_networks = frozenset(
            network
            for network, standing, to_on in held
            if network and standing != FORMER and (to_on is None or to_on >= today)
        )
    return roles.networks | user._register_shared_networks


def reads_everything(user) -> bool:
    """Whether `user` reads what all networks share: the ministry and readers."""
    return user is not None and user.is_active and not user.is_anonymous and (is_ministry | is_reader).test(user)


@rules.predicate
def shares_ideas(user, record=None) -> bool:
    """One who coordinates the record's network, or answers for one of its municipalities."""
    mine = networks_shared_with(user)
    return bool(mine if record is None else mine & networks_of(record))


is_coordinator = rules.predicate(_of_object(lambda roles: roles.networks, networks_of), name="is_coordinator")
is_contact = rules.predicate(_of_object(lambda roles: roles.municipalities, municipalities_of), name="is_contact")
is_evaluator = rules.predicate(_of_object(lambda roles: roles.evaluations, lambda made: {made.pk}), name="is_evaluator")

keeps = is_coordinator | is_ministry


@rules.predicate
def is_inside(user) -> bool:
    """Coordinators of any network, the ministry and readers look into everything, persons' roles apart."""
    return bool(roles_of(user).offices or roles_of(user).networks)


@rules.predicate
def is_no_superuser(user, account=None) -> bool:
    """The ministry keeps everybody's account but a superuser's, which would let it make itself one."""
    return account is None or not account.is_superuser


@rules.predicate
def is_own_word(user, record=None) -> bool:
    """What a source says is not deleted by a coordinator, only what was written here."""
    return getattr(record, "source_id", None) is None


def _granted(permission: str) -> Any:
    """A predicate: whether the permission was given to the user, or his group, by name in the admin."""
    return rules.predicate(lambda user: ModelBackend().has_perm(user, permission), name=f"granted {permission}")


def _permit(models: str, app: str = "trials", view=is_inside, add=is_ministry, change=is_ministry, delete=is_ministry):
    """Who may do what with records of `models` (names apart by spaces); whoever is granted it by name may as well."""
    for model in models.split():
        for action, predicate in {"view": view, "add": add, "change": change, "delete": delete}.items():
            permission = f"{app}.{action}_{model}"
            rules.add_perm(permission, predicate | _granted(permission))


_reads_ideas = shares_ideas | is_ministry | is_reader

rules.add_perm("trials.work", is_at_work)
rules.add_perm("trials.view_internally", has_internal_view)
rules.add_perm("trials.keep_network", keeps)
rules.add_perm("trials.follow", keeps | is_reader)
rules.add_perm("trials.propose", keeps)
rules.add_perm("trials.decide", is_ministry)
rules.add_perm("trials.answer_for", is_contact | keeps)
rules.add_perm("trials.keep_evaluation", is_evaluator | keeps)
rules.add_perm("trials.read_evaluation", is_evaluator | keeps | is_reader)
rules.add_perm("trials.share_ideas", shares_ideas | is_ministry)
rules.add_perm("trials.read_ideas", _reads_ideas)
# Title, entry into force, application round and publication: a coordinator proposes them in the workspace.
rules.add_perm("trials.state_law", is_ministry | _granted("trials.change_trial"))

# The records in the admin. What is only read there (sources, cells, events, change sets) is so for everyone.
for _app in ("networks", "trials", "auth"):
    rules.add_perm(_app, is_inside if _app != "auth" else is_ministry)
_permit("trial participation", change=keeps)
_permit("observation experience milestone", add=keeps, change=keeps, delete=keeps & is_own_word)
_permit("evaluation", change=keeps)
_permit("coverage", add=keeps, change=keeps, delete=keeps & is_own_word)
_permit("evaluationtrait", add=keeps, change=keeps, delete=keeps)
_permit("outcome legalbasis act provision correction contradiction contradictionplace assessment")
_permit("source sourcecell statusevent")
# The workspace's own records. It has their pages; in the admin they are only read, ideas by those who share them. What
# someone said of an idea is withdrawn there, and neither deleted nor said again.
_permit("proposal")
_permit("template question report answer", add=keeps, change=keeps, delete=keeps)
_permit("idea ideainterest", view=_reads_ideas, add=keeps, change=keeps, delete=keeps)
_permit("ideacomment", view=_reads_ideas, **dict.fromkeys(("add", "change", "delete"), rules.always_deny))
_permit("confirmationrequest municipalanswer reminder calendarkey sheetdownload sheetupload", view=is_ministry)
_permit("assignment", view=is_ministry)
_permit("programme applicationround municipality network membership networktext focus guidance", app="networks")
_permit("coordinator changeset changeentry", app="networks")
_permit("municipalcontact office", app="networks", view=is_ministry)
_permit("user", app="auth", view=is_ministry, change=is_ministry & is_no_superuser, delete=rules.always_deny)
_permit("group", app="auth", view=rules.always_deny, **dict.fromkeys(("add", "change", "delete"), rules.always_deny))
