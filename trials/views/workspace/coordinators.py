"""A network's coordinators: adding one, taking over, stopping."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from networks.models import Network
from trials.rules import is_ministry, works_here
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace.coordinator_form import AddForm, EndForm
from trials.workspace.handover import steps


@at_work()
def coordinators(request: HttpRequest, slug: str) -> HttpResponse:
    """Who coordinates and who has; the ministry ends anyone's role, a coordinator the own one. 400 when refused."""
    network = network_kept(request, slug)
    today = timezone.localdate()
    roles = list(network.coordinators.select_related("user", "network").order_by("from_on", "pk"))
    current = [role for role in roles if not role.to_on or role.to_on >= today]
    mine = [role for role in current if is_ministry(request.user) or role.user_id == request.user.pk]
    sent = request.POST if request.method == "POST" else None
    ended = _among(mine, sent)
    own = network.coordinators.filter(pk__in=[role.pk for role in mine]).select_related("user", "network")
    add = AddForm(network, own, None if ended else sent)
    ends = {role.pk: EndForm(role, sent if ended == role else None) for role in mine}
    form = ends[ended.pk] if ended else add
    if form.is_valid() and form.save():
        messages.success(request, form.sentence)
        return _onwards(request, network)
    context = {
        "network": network,
        "today": today,
        "current": [(role, ends.get(role.pk)) for role in current],
        "past": [role for role in roles if role not in current],
        "add": add,
        "can_hand_over": bool(mine),
        "steps": steps(network),
        "errors": [message for messages in form.errors.values() for message in messages],
    }
    return render(request, "workspace/coordinators.html", context, status=400 if form.errors else 200)


def _among(roles: list, sent):
    """The role that is to end; None when another form was sent. One that is not the user's to end is not found."""
    if not sent or "rolle" not in sent:
        return None
    role = next((role for role in roles if str(role.pk) == sent["rolle"]), None)
    if role is None:
        raise Http404
    return role


def _onwards(request: HttpRequest, network: Network) -> HttpResponse:
    """Back to the page for one who still keeps the network; otherwise to what is still open to the user."""
    user = get_user_model()._default_manager.get(pk=request.user.pk)
    if user.has_perm("trials.keep_network", network):
        return redirect("trials:coordinators", network.slug)
    return redirect("trials:workspace" if works_here(user) else "home")
