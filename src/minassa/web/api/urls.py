"""The API put together: who may call, how errors are said, what is refused before anything else."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

import minassa
from minassa.vocabulary.errors import MinassaError
from minassa.web.api import (
    accounts,
    cases,
    claims,
    documents,
    enterprises,
    exchange,
    indicators,
    oversight,
    reference,
    sessions,
    tasks,
)
from minassa.web.api import open as open_routes
from minassa.web.api.calling import Session
from minassa.web.api.framing import description, framed, unknown_address
from minassa.web.api.problems import of_error, problem
from minassa.web.api.tokens import Bearer

OURS = frozenset({"body", "given"})
"""Steps of a place that are ours, not the caller's."""
log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Minassa",
    version=minassa.__version__,
    description="Offre Offshoring Maroc: cases, tasks, claims, money, committees, signed exchanges, public proof.",
    auth=[Bearer(), Session()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/cases", cases.router)
api.add_router("/tasks", tasks.router)
api.add_router("/claims", claims.router)
api.add_router("/sessions", sessions.router)
api.add_router("/indicators", indicators.router)
api.add_router("/reference", reference.router)
api.add_router("", accounts.router)
api.add_router("", documents.router)
api.add_router("", enterprises.router)
api.add_router("", oversight.router)
api.add_router("", exchange.router)
api.add_router("", open_routes.router)


@api.exception_handler(MinassaError)
def refused(request: HttpRequest, error: MinassaError) -> HttpResponse:
    """An error raised on purpose, with its own status and code."""
    return of_error(request, error)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that departs from the description: each error points at its place."""
    errors = [
        {
            "pointer": "/" + "/".join(str(step) for step in one["loc"] if step not in OURS),
            "detail": one["msg"],
        }
        for one in error.errors
    ]
    detail = _("La demande ne suit pas la description de l'interface.")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "request-invalid", detail, {"errors": errors})


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Nobody known behind the request."""
    detail = _("Présentez un jeton en cours de validité, ou connectez-vous.")
    return problem(HTTPStatus.UNAUTHORIZED, "caller-unknown", detail, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that cannot be read, or a form without its token."""
    if error.status_code == HTTPStatus.FORBIDDEN:
        detail = _("Joignez le jeton CSRF de votre session dans l'en-tête X-CSRFToken.")
        return problem(HTTPStatus.FORBIDDEN, "csrf-refused", detail)
    return problem(HTTPStatus(error.status_code), "request-unreadable", _("Le contenu de la demande est illisible."))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    """More bytes than any request may hold."""
    detail = _("La demande est trop volumineuse.")
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", detail)


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """An error of ours: told to the log by its place, without the data of the request."""
    places = "".join(traceback.format_tb(error.__traceback__)[-6:])
    log.error("%s %s: %s\n%s", request.method, request.path, type(error).__name__, places)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "broken", _("Une erreur de la plateforme a empêché la réponse."))


def patterns() -> list[URLPattern]:
    """The addresses of the API, each view in its frame; the description; whatever else is not here."""
    made: list[URLPattern] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = framed(pattern.callback)
            made.append(pattern)
    return [*made, path("openapi.json", framed(description)), re_path(r"^", framed(unknown_address))]


urlpatterns: list[Any] = patterns()
