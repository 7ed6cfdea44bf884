"""The one shape of every error under `/api/`: a problem document (RFC 9457), with its reasons in Danish."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from pydantic import Field

CONTENT_TYPE = "application/problem+json"

TITLES = {
    HTTPStatus.BAD_REQUEST: "Ugyldig forespørgsel",
    HTTPStatus.NOT_FOUND: "Ikke fundet",
    HTTPStatus.METHOD_NOT_ALLOWED: "Metoden kan ikke bruges",
    HTTPStatus.CONFLICT: "Parametrene modsiger hinanden",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Fejl i registeret",
}
DETAILS = {
    HTTPStatus.BAD_REQUEST: "Registeret kan ikke læse forespørgslen.",
    HTTPStatus.NOT_FOUND: "Der er intet på denne adresse. Se /api/ for dem, der er.",
    HTTPStatus.METHOD_NOT_ALLOWED: "API'et kan kun læses: brug GET.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Der gik noget galt i registeret. Prøv igen senere.",
}


class ProblemDocument(Schema):
    """What went wrong, in the shape of RFC 9457."""

    type: str = Field(description="Altid about:blank: titlen følger af statuskoden.")
    title: str = Field(description="Fejlens art.")
    status: int = Field(description="HTTP-statuskoden.")
    detail: str = Field(description="Hvad der er galt, på dansk.")
    errors: list[str] = Field(description="Er flere ting galt, en sætning om hver.")


class Problem(Exception):
    """Ends a request with a problem document."""

    def __init__(self, status: int, *reasons: str) -> None:
        super().__init__(status, *reasons)
        self.status = HTTPStatus(status)
        self.reasons = list(reasons)


def answer(problem: Problem) -> HttpResponse:
    """The problem document of `problem`."""
    default = DETAILS.get(problem.status, problem.status.phrase)
    document = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, problem.status.phrase),
        "status": problem.status.value,
        "detail": " ".join(problem.reasons) or default,
        "errors": problem.reasons or [default],
    }
    return JsonResponse(
        document, status=problem.status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )


class ProblemMiddleware:
    """Gives errors under `/api/v1/` that arise elsewhere (no such address, another method, a fault) the same shape."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/api/v1/") or response.status_code < 400:
            return response
        if response.get("Content-Type", "").startswith(CONTENT_TYPE):
            return response
        problem = answer(Problem(response.status_code))
        if "Allow" in response:
            problem["Allow"] = response["Allow"]
        return problem
