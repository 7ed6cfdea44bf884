"""Whose a record is: what forms, the admin and taking back ask before they give it to, or take it from, someone.

Who may do what is written in the rules; here it is only asked, through `user.has_perm(permission, record)`.
"""

from collections.abc import Iterable

import rules
from django.contrib.auth import get_permission_codename

OWNERS = ("network", "trial", "trials", "evaluation")
"""The fields that say whose a record is."""


def may(user, action: str, model, record=None) -> bool:
    """Whether `user` may add, view, change or delete `record`, or without one any of `model`.

    A model without rules is asked for by the permission's name alone, as Django's own backend knows it.
    """
    permission = f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"
    return user.has_perm(permission, record if rules.perm_exists(permission) else None)


def not_theirs(user, model, owners: Iterable) -> list:
    """Those of `owners` that `user` may neither give a record of `model` to nor take one from."""
    return [owner for owner in owners if not may(user, "change", model, owner)]
