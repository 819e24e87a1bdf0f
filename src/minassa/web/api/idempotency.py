"""Idempotency-Key: the same request sent twice has one effect and the same answer.

The answer is kept under its key in the transaction of the act itself: either both are there or neither. A second
request with the same key is undone, by the state of the case or by the unique key, and gets the answer of the first.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status

from minassa.onestop.models import Idempotency
from minassa.statements import whole, write_together
from minassa.vocabulary.errors import MinassaError
from minassa.web.api.problems import ApiError

SHAPE: Final = re.compile(r"[!-~]{1,80}")
KEPT: Final = ("ETag", "Location")
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def once(endpoint: Callable[..., tuple[int, dict[str, Any]]]) -> Callable[..., HttpResponse]:
    """Give an endpoint exactly one effect for each key of each caller.

    The endpoint takes `(request, response, …)` and returns status and body; what it raises undoes everything, so a
    refused request may be corrected and sent again under the same key.
    """

    @wraps(endpoint)
    def guarded(request: HttpRequest, response: HttpResponse, **arguments: Any) -> Any:  # noqa: ANN401 (ninja's)
        key, caller, print_ = _key(request), str(request.auth), _fingerprint(request)  # type: ignore[attr-defined]
        try:
            with whole():
                status, body = endpoint(request, response, **arguments)
                headers = {name: response[name] for name in KEPT if name in response}
                kept = {"client": caller, "key": key, "fingerprint": print_, "status": status}
                write_together([Idempotency(**kept, response=body, headers=headers, created_at=timezone.now())])
        except (MinassaError, IntegrityError) as error:
            first = Idempotency.objects.filter(client=caller, key=key).first()
            if first is None:
                raise
            return _again(first, print_, response, error)
        return Status(status, body)

    # The framework reads the types of the arguments, and would look their names up in this module.
    setattr(guarded, "__signature__", inspect.signature(endpoint, eval_str=True))  # noqa: B010 (no such attribute)
    return guarded


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not SHAPE.fullmatch(key):
        raise ApiError(
            HTTPStatus.BAD_REQUEST,
            "idempotency-key-required",
            _("Joignez un en-tête Idempotency-Key d'au plus 80 caractères, le même à chaque nouvel essai."),
        )
    return key


def _fingerprint(request: HttpRequest) -> str:
    found = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type != "multipart/form-data":
        found.update(request.body)
        return found.hexdigest()
    for name, value in sorted(request.POST.items()):
        found.update(repr((name, value)).encode())
    for name, file in sorted(request.FILES.items()):
        found.update(repr((name, file.name, file.size)).encode())  # type: ignore[union-attr]
        for piece in file.chunks():  # type: ignore[union-attr]
            found.update(piece)
        file.seek(0)  # type: ignore[union-attr]
    return found.hexdigest()


def _again(kept: Idempotency, fingerprint: str, response: HttpResponse, cause: Exception) -> Status[Any]:
    if kept.fingerprint != fingerprint:
        raise ApiError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            _("Cette clé a déjà servi pour une autre demande : tirez-en une nouvelle."),
        ) from cause
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return Status(kept.status, kept.response)
