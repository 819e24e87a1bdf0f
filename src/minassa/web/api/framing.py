"""The frame of every answer of the API: the number of the request, no cache, problems instead of pages."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus
from importlib import resources
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from minassa.web.api.problems import problem

NUMBER: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


def framed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view with `X-Request-Id` (the caller's, or one drawn), nothing kept by caches, and a problem for a 405."""

    @wraps(view)
    def inside(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:  # noqa: ANN401 (the address's)
        asked = request.headers.get("X-Request-Id", "")
        number = asked if NUMBER.fullmatch(asked) else uuid.uuid4().hex
        answer = view(request, *given, **named)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            detail = _("Cette adresse ne prend pas cette méthode.")
            allow = {"Allow": answer.get("Allow", "")}
            answer = problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-refused", detail, headers=allow)
        answer["X-Request-Id"] = number
        if not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_store=True)
        return answer

    return csrf_exempt(inside)


@lru_cache(maxsize=1)
def described() -> bytes:
    """The description as it was committed."""
    return resources.files("minassa.web.api").joinpath("openapi.json").read_bytes()


def description(request: HttpRequest) -> HttpResponse:
    """`openapi.json`: what every address takes and answers."""
    answer = HttpResponse(described(), content_type="application/json")
    patch_cache_control(answer, public=True, max_age=300)
    return answer


def unknown_address(request: HttpRequest) -> HttpResponse:
    """No such address."""
    return problem(HTTPStatus.NOT_FOUND, "address-unknown", _("L'interface n'a pas cette adresse."))
