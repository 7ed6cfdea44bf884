"""What is said to whoever asks for a page that is not there: why, as far as it is known, and where to look instead."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from frikommune.middleware import is_editorial


@dataclass(frozen=True)
class Place:
    """A part of the registry: the start of its addresses, what to know of them, and the list to look in."""

    start: str
    known: str
    list_name: str
    list_label: str

    @property
    def url(self) -> str:
        return reverse(self.list_name)


PLACES = (
    Place(
        "/forsoeg/",
        "Et forsøgs adresse begynder med dets id, for eksempel FKII-1-08, og id'et skifter aldrig. Har forsøget fået "
        "en ny titel, fører den gamle adresse stadig til det.",
        "trials:trial_list",
        "Find forsøget i listen over alle forsøg",
    ),
    Place(
        "/netvaerk/",
        "Har et netværk fået et nyt navn i registeret, fører den gamle adresse til det.",
        "networks:network_list",
        "Find netværket i listen over netværkene",
    ),
    Place(
        "/kommuner/",
        "En kommunes adresse er dens navn uden »Kommune«, med æ som ae, ø som oe og å som aa: /kommuner/halsnaes/. Kun "
        "de nuværende 98 kommuner har en side.",
        "networks:municipality_list",
        "Find kommunen i listen over kommunerne",
    ),
    Place(
        "/evalueringer/",
        "En evaluerings adresse er dens kode, for eksempel E-FKII-1-01.",
        "trials:evaluation_list",
        "Find evalueringen i listen over evalueringerne",
    ),
    Place(
        "/erfaringer/",
        "En erfarings adresse er dens kode.",
        "trials:experience_list",
        "Find erfaringen i listen over erfaringerne",
    ),
    Place(
        "/hjemler/",
        "En bestemmelse har kun en side, når et forsøg i registeret hviler på den eller fraviger den.",
        "trials:law_list",
        "Find bestemmelsen blandt hjemlerne",
    ),
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers 404 with the sentence that the view gave, if any, and what is known of such addresses."""
    public = not is_editorial(request)
    place = next((place for place in PLACES if public and request.path.startswith(place.start)), None)
    return render(request, "404.html", {"reason": _sentence(exception) if public else "", "place": place}, status=404)


def _sentence(exception: Exception) -> str:
    """What a view of ours says; an address that leads to no view says nothing to a reader."""
    said = exception.args[0] if type(exception) is Http404 and exception.args else ""
    return said if isinstance(said, str) else ""
