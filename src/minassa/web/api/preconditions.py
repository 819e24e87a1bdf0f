"""ETag and If-Match: what was read is what is changed."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from minassa.onestop.models import Case
from minassa.web.api.problems import ApiError


def etag(case: Case) -> str:
    """Strong tag of a case: its version."""
    return f'"{case.version}"'


def stamped(response: HttpResponse, case: Case) -> None:
    """Put the tag of a case on a response."""
    response["ETag"] = etag(case)


def expected(request: HttpRequest) -> int:
    """The version that the caller read, from If-Match; ApiError 428 when missing, 412 when it is no tag of ours."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise ApiError(
            HTTPStatus.PRECONDITION_REQUIRED,
            "if-match-required",
            _("Relisez le dossier et joignez son étiquette dans l'en-tête If-Match."),
        )
    text = given.strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (a version is a small number)
        raise ApiError(HTTPStatus.PRECONDITION_FAILED, "if-match-unknown", _("L'étiquette donnée n'est pas la nôtre."))
    return int(text)
