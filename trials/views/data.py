"""The whole register to take away: the page about it, its files, and how they are described."""

import hashlib
import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from trials.exports import rights
from trials.exports.package import archive, catalogue, release
from trials.exports.package.release import Release

CSV = "text/csv; charset=utf-8; header=present"


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What there is to take away, on what terms, and how it is cited."""
    current = _release(request)
    context = {
        "release": current,
        "archive_size": len(archive.pack(current)),
        "source": rights.SOURCE,
        "terms": rights.TERMS,
    }
    return render(request, "data/data.html", context)


@require_safe
def data_file(request: HttpRequest, name: str) -> HttpResponse:
    """A list of the release as CSV."""
    file = _release(request).file(name)
    if file is None:
        raise Http404("Der er ingen liste med det navn.")
    return _answer(request, file.content, CSV)


@require_safe
def data_package(request: HttpRequest) -> HttpResponse:
    """The description of the lists as a Frictionless Data Package."""
    return _answer(request, archive.package_json(_release(request)), "application/json")


@require_safe
def data_archive(request: HttpRequest) -> HttpResponse:
    """All lists and their description in one zip file."""
    response = _answer(request, archive.pack(_release(request)), "application/zip")
    response["Content-Disposition"] = 'attachment; filename="frikommuneregisteret.zip"'
    return response


@require_safe
def data_catalogue(request: HttpRequest) -> HttpResponse:
    """The description of the register for data portals (DCAT-AP)."""
    described = catalogue.catalogue(_release(request), request.build_absolute_uri)
    return _answer(request, json.dumps(described, ensure_ascii=False, indent=1).encode(), "application/ld+json")


def _release(request: HttpRequest) -> Release:
    return release.current(request.build_absolute_uri)


def _answer(request: HttpRequest, content: bytes, content_type: str) -> HttpResponse:
    """`content` with a checksum as its ETag; 304 to one who has it."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=content_type, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
