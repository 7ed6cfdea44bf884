"""The door to the workspace's pages. Not signed in: to the login. What one may not see: 404. Not one's own: 403."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from networks.models import Network
from trials.models import Trial


def at_work(permission: str = "trials.work"):
    """A page for those with `permission`, whatever it is about; others meet the login, or are refused."""

    def around(view):
        @login_required
        @wraps(view)
        def entered(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return entered

    return around


def allowed(user, permission: str, record):
    """`record`, when `user` has `permission` over it. Raises `PermissionDenied` otherwise."""
    if not user.has_perm(permission, record):
        raise PermissionDenied
    return record


def network_kept(request, slug: str, permission: str = "trials.keep_network") -> Network:
    """The network at `slug`, for one who keeps it, or has another `permission` over it."""
    network = Network.objects.select_related("programme").at_address(slug)
    if network is None:
        raise Http404
    return allowed(request.user, permission, network)


def trial_kept(request, public_id: str, permission: str = "trials.keep_network") -> Trial:
    """The trial with this id, for one who keeps its network, or has another `permission` over it. One who may not see
    it meets 404."""
    seen = Trial.objects.visible_to(request.user).select_related("network")
    return allowed(request.user, permission, get_object_or_404(seen, public_id__iexact=public_id))
