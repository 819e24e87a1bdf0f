"""ETag and If-Match: what was read is what is changed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from minassa.web.api.problems import ApiError


class Versioned(Protocol):
    """A case, a claim, a session: whatever each act on it gives another version."""

    version: int


def etag(subject: Versioned) -> str:
    """Strong tag of a case, a claim or a session: its version."""
    return f'"{subject.version}"'


def stamped(response: HttpResponse, subject: Versioned) -> None:
    """Put the tag of what is read or changed on a response."""
    response["ETag"] = etag(subject)


def expected(request: HttpRequest) -> int:
    """The version that the caller read, from If-Match; ApiError 428 when missing, 412 when it is no tag of ours."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise ApiError(
            HTTPStatus.PRECONDITION_REQUIRED,
            "if-match-required",
            _("Relisez ce que vous changez et joignez son étiquette dans l'en-tête If-Match."),
        )
    text = given.strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (a version is a small number)
        raise ApiError(HTTPStatus.PRECONDITION_FAILED, "if-match-unknown", _("L'étiquette donnée n'est pas la nôtre."))
    return int(text)
