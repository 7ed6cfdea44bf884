"""The API's operations: for every list its page and its row, and the description of them all (OpenAPI)."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.decorators import decorate_view

from trials.api import paging
from trials.api.links import links
from trials.api.parameters import described
from trials.api.problem import CONTENT_TYPE, Problem, ProblemDocument, answer
from trials.api.schemas import page_of, row_of
from trials.exports import rights
from trials.exports.json_object import typed
from trials.exports.listing import Extract, Listing
from trials.exports.listings import LISTINGS
from trials.filters.period import CONTRADICTION


class RegisterAPI(NinjaAPI):
    """An API whose description holds the codes that the register has at the moment."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for listing in LISTINGS.values():
            parameters = described(listing.filtered(QueryDict(), AnonymousUser()))
            schema["paths"][f"{schema_root(schema)}{listing.name}"]["get"]["parameters"] = parameters
            day = [each for each in parameters if each["name"] == "pr"]
            schema["paths"][f"{schema_root(schema)}{listing.name}/{{id}}"]["get"]["parameters"] += day
        _name_problems(schema)
        return schema


def schema_root(schema: dict[str, Any]) -> str:
    """The path that all paths of the description begin with."""
    return next(iter(schema["paths"])).partition("/v1/")[0] + "/v1/"


def _name_problems(schema: dict[str, Any]) -> None:
    """Errors are problem documents, which have a content type of their own."""
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {CONTENT_TYPE: response["content"].pop("application/json")}


api = RegisterAPI(
    title="Frikommuneregisterets API",
    version="1",
    description=(
        "Alt det offentlige i registeret over frikommuneforsøg, kun til læsning og uden nøgle. Felterne hedder som "
        "kolonnerne i registerets filer, og filtrene er sidernes. Det, der ikke er oplyst, er null. " + rights.TERMS
    ),
    docs_url=None,
    urls_namespace="api-1",
)


@api.exception_handler(Problem)
def _refused(request: HttpRequest, problem: Problem):
    return answer(problem)


def _add(listing: Listing) -> None:
    """Adds the list and its rows to the API."""
    row = row_of(listing)
    errors = {400: ProblemDocument, 404: ProblemDocument, 409: ProblemDocument}
    page_schema = page_of(listing, row)

    def find_page(request: HttpRequest):
        return _page(request, listing)

    def find_row(request: HttpRequest, id: str):
        return _row(request, listing, id)

    for methods, shown in ((["GET"], True), (["HEAD"], False)):
        what: dict[str, Any] = {"tags": [listing.title], "include_in_schema": shown}
        page_id, row_id = f"{listing.name}-{methods[0].lower()}", f"{listing.name}-raekke-{methods[0].lower()}"
        api.api_operation(
            methods, f"/{listing.name}", response={200: page_schema, **errors}, operation_id=page_id,
            summary=f"{listing.title}: alle under et filter, en side ad gangen", **what,
        )(decorate_view(conditional_page)(find_page))  # fmt: skip
        api.api_operation(
            methods, f"/{listing.name}/{{path:id}}", response={200: row, **errors}, operation_id=row_id,
            summary=f"{listing.title}: én", **what,
        )(decorate_view(conditional_page)(find_row))  # fmt: skip


def _page(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    asked = paging.asked(request.GET)
    extract = _extract(request, listing, asked.filters)
    page = paging.page_of(extract, asked.size, nothing=asked.finds_nothing)
    rows = [_record(extract, row) for row in page.pop("rows")]
    return page | {"kilde": rights.SOURCE, "rettigheder": rights.TERMS, "raekker": rows}


def _row(request: HttpRequest, listing: Listing, key: str) -> dict[str, Any]:
    filters = QueryDict(mutable=True)
    filters.setlist("pr", request.GET.getlist("pr"))
    extract = _extract(request, listing, filters)
    found = extract.find(key)
    if found is None:
        raise Problem(404, f"{listing.title} har ingen række med id'et »{key[:60]}«.")
    return _record(extract, found)


def _extract(request: HttpRequest, listing: Listing, query: QueryDict) -> Extract:
    filtered = listing.filtered(query, request.user)
    if blank := [name for name in filtered.filters if name != "q" and any(map(str.isspace, query.getlist(name)))]:
        raise Problem(400, *(f"Parameteren »{name}« har kun mellemrum." for name in blank))
    if not filtered.is_valid():
        codes = {error.code for found in filtered.form.errors.as_data().values() for error in found}
        raise Problem(409 if codes == {CONTRADICTION} else 400, *filtered.messages)
    return Extract(listing, filtered, request.build_absolute_uri)


def _record(extract: Extract, row: Any) -> dict[str, Any]:
    record = extract.record(row)
    return typed(record) | {"links": links(extract.listing, record, PARAMETERS, extract.absolute)}


PARAMETERS = {name: set(getattr(listing.filtered, "base_filters", ())) for name, listing in LISTINGS.items()}
"""The parameters of each list."""

for _listing in LISTINGS.values():
    _add(_listing)
