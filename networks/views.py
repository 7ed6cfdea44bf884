"""The networks and the municipalities, with the trials in which they take part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from networks.models import Municipality, Network


def network_list(request: HttpRequest) -> HttpResponse:
    return render(request, "networks/network_list.html", {"networks": Network.objects.all()})


def network(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "networks/network.html", {"network": get_object_or_404(Network, slug=slug)})


def municipality_list(request: HttpRequest) -> HttpResponse:
    return render(request, "networks/municipality_list.html", {"municipalities": Municipality.objects.all()})


def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    context = {"municipality": get_object_or_404(Municipality, slug=slug)}
    return render(request, "networks/municipality.html", context)
