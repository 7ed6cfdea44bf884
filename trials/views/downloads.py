"""Every list as a file under its filter."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trials.exports.forms import FORMS
from trials.exports.listing import Extract
from trials.exports.listings import LISTINGS


@require_safe
def download(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """All rows of the list `name` under the filter; status 400 and the reasons when the filter is not valid."""
    listing, form = LISTINGS[name], FORMS[ending]
    filtered = listing.filtered(request.GET, request.user)
    if not filtered.is_valid():
        text = "".join(f"{message}\n" for message in filtered.messages)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    extract = Extract(listing, filtered, request.build_absolute_uri)
    headers = {"Content-Disposition": f'attachment; filename="{extract.file_name}.{ending}"'}
    return HttpResponse(form.write(extract), content_type=form.content_type, headers=headers)
