"""One trial as JSON."""

import json

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from trials import as_of
from trials.exports import single_trial
from trials.models import Trial
from trials.views.trial_page import reference


@require_safe
def trial_json(request: HttpRequest, ref: str) -> HttpResponse:
    """The trial whose id `ref` is; one that begins with it leads there. 400 for a day (`pr`) that is refused."""
    wanted = Trial.objects.visible_to(request.user).filter(public_id__iexact=reference(ref)).first()
    if wanted is None:
        raise Http404("Der er intet forsøg med det id.")
    if ref != wanted.public_id:
        return redirect("trials:trial_json", wanted.public_id, permanent=True)
    try:
        day = as_of.asked(request.GET)
    except ValidationError as refused:
        text = "".join(f"{message}\n" for message in refused.messages)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    document = single_trial.document(wanted, request.user, day, request.build_absolute_uri)
    content = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/json")
