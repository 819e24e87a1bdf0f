"""Errors of the API as problem documents (RFC 9457): a stable type, a title, a sentence in the caller's language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from minassa.claims.public import ClaimError, StaleClaim, UnknownLine
from minassa.journal.public import NotYetPublished
from minassa.onestop.public import (
    CaseError,
    IncompleteCase,
    InvalidAnswers,
    MessageConflict,
    RefusedDocument,
    SignatureRefused,
    StaleAnswer,
    StaleCase,
    UnknownProcedure,
)
from minassa.registry.public import Forbidden, TooOften
from minassa.vocabulary.errors import MinassaError
from minassa.web.api.shapes import Problem

TYPES: Final = "/api/problems/"
PROBLEMS: Final[dict[Any, Any]] = {
    frozenset({400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500}): Problem
}
"""Answers of every route besides its own."""
STATUS: Final[tuple[tuple[type[MinassaError], HTTPStatus], ...]] = (
    (Forbidden, HTTPStatus.FORBIDDEN),
    (StaleCase, HTTPStatus.PRECONDITION_FAILED),
    (StaleClaim, HTTPStatus.PRECONDITION_FAILED),
    (UnknownLine, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (InvalidAnswers, HTTPStatus.UNPROCESSABLE_ENTITY),
    (IncompleteCase, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RefusedDocument, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnknownProcedure, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotYetPublished, HTTPStatus.CONFLICT),
    (MessageConflict, HTTPStatus.CONFLICT),
    (SignatureRefused, HTTPStatus.UNAUTHORIZED),
    (StaleAnswer, HTTPStatus.CONFLICT),
    (CaseError, HTTPStatus.CONFLICT),
    (ClaimError, HTTPStatus.CONFLICT),
)
"""Status of each family of errors, the first that fits."""


class ApiError(MinassaError):
    """A refusal that the API itself makes, with its status."""

    code = "request-refused"

    def __init__(self, status: HTTPStatus, code: str, message: str, **details: object) -> None:
        super().__init__(message, **details)
        self.status, self.problem = status, code


def problem(
    status: HTTPStatus, code: str, detail: str, more: Mapping[str, Any] = {}, *, headers: Mapping[str, str] = {}
) -> HttpResponse:
    """A problem document; `code` names its stable type."""
    document = {"type": f"{TYPES}{code}", "title": status.phrase, "status": int(status), "code": code, "detail": detail}
    answer = JsonResponse({**document, **more}, status=status, content_type="application/problem+json")
    for name, value in headers.items():
        answer[name] = value
    return answer


def of_error(request: HttpRequest, error: MinassaError) -> HttpResponse:
    """The problem document of an error raised on purpose."""
    if isinstance(error, ApiError):
        return problem(error.status, error.problem, error.message)
    status = next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    headers = {}
    if isinstance(error, TooOften):
        headers["Retry-After"] = str(math.ceil(error.details["retry_after"]))  # type: ignore[call-overload]
    fields = _fields(error)
    return problem(status, error.code, str(error.message), {"errors": fields} if fields else {}, headers=headers)


def _fields(error: MinassaError) -> list[dict[str, str]]:
    problems = error.details.get("problems")
    if not isinstance(problems, Mapping):
        return []
    return [{"pointer": f"/answers/{key}", "detail": str(sentence)} for key, sentence in problems.items()]
