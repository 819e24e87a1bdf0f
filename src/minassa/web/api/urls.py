"""The API put together: who may call, how errors are said, what is refused before anything else."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

import minassa
from minassa.registry.public import Actor
from minassa.vocabulary.errors import MinassaError
from minassa.web.api import cases, exchange, tasks
from minassa.web.api import open as open_routes
from minassa.web.api.problems import of_error, problem
from minassa.web.api.tokens import Bearer, signed_in

OURS = frozenset({"body", "given"})
"""Steps of a place that are ours, not the caller's."""


class Session(SessionAuth):
    """A person signed in by the pages; what changes something bears the CSRF token, as a form does."""

    def authenticate(self, request: HttpRequest, _key: str | None) -> Actor | None:
        """The person of the session, or None."""
        found: Actor | None = signed_in(request)
        return found


api = NinjaAPI(
    title="Minassa",
    version=minassa.__version__,
    description="One-stop shop of the Offre Offshoring Maroc: cases, tasks, signed exchanges, public proof.",
    auth=[Bearer(), Session()],
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("/cases", cases.router)
api.add_router("/tasks", tasks.router)
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
            "pointer": "/" + "/".join(str(step) for step in one["loc"] if step not in {"body", "given"}),
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
    """A body that cannot be read."""
    return problem(HTTPStatus(error.status_code), "request-unreadable", str(error))


urlpatterns: list[Any] = [path("", api.urls)]
