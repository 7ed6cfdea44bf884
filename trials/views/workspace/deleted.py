"""The answer to a form about a record that someone deleted after the page was opened."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from networks.collision import said_of
from networks.models import Network
from trials.models import Trial
from trials.workspace import related


def deleted(
    request: HttpRequest, of: Network | Trial, slug: str, form: type[forms.ModelForm], what: str, back: str
) -> HttpResponse:
    """Say that the record at the address `slug`, which was `of` a network or a trial, is deleted, and give back what
    was sent to the `form`.

    Only who sends a form has something to lose: to all others there is no such page. `what` names the record, in the
    definite form; `back` is where one goes from here.
    """
    if request.method != "POST":
        raise Http404
    model = form._meta.model
    keys = related.of_trial(of) if isinstance(of, Trial) else related.of_network(of)
    past = model.history.filter(id__in=keys[model], history_type="-").select_related("history_user").order_by("-pk")
    found = next((each for each in past if each.code.replace(":", "-").lower() == slug.lower()), None)
    if found is None:
        raise Http404
    chosen = (forms.ChoiceField, forms.ModelChoiceField)
    fields = {name: field for name, field in form.base_fields.items() if not isinstance(field, chosen)}
    sent = [(field.label, request.POST.get(name, "")) for name, field in fields.items()]
    context = {"what": what, "saved": said_of(found), "written": [each for each in sent if each[1]], "back": back}
    return render(request, "workspace/deleted.html", context, status=410)
