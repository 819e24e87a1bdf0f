"""The description of the API (OpenAPI 3.1), from the code, with what the framework does not say by itself."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final

from minassa.web.api.urls import api

KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Drawn by the caller, the same at each new try: the request then has one effect.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,80}$"},
}
MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the case or of the claim as it was read.",
    "schema": {"type": "string"},
}
UNCHANGING: Final = frozenset({"issueToken", "receiveMessage", "estimate"})
"""Requests by POST that keep nothing under a key."""
WITHOUT_VERSION: Final = frozenset({"openCase", "writeMessage", "giveDocument", "resendDeadLetter", "replayMessages"})
RENAMED: Final = {413: "Content Too Large", 422: "Unprocessable Content"}
"""Names of RFC 9110, which Python says from 3.13 on only: the description is the same on every version."""
SIGNED: Final = ("webhook-id", "webhook-timestamp", "webhook-signature")


def description() -> dict[str, Any]:
    """The whole description, as `openapi.json` holds it."""
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    schema["openapi"] = "3.1.0"
    schema["servers"] = [{"url": "/"}]
    for path in schema["paths"].values():
        for method, operation in path.items():
            _completed(method, operation)
    schema["components"].setdefault("securitySchemes", {})
    return dict(schema)


def text() -> str:
    """The description as the file holds it."""
    return json.dumps(description(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _completed(method: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    parameters = operation.setdefault("parameters", [])
    if method != "get" and name not in UNCHANGING:
        parameters.append(KEY)
        if name not in WITHOUT_VERSION:
            parameters.append(MATCH)
    if name == "receiveMessage":
        parameters += [{"name": one, "in": "header", "required": True, "schema": {"type": "string"}} for one in SIGNED]
    for status, answer in operation["responses"].items():
        if int(status) < HTTPStatus.BAD_REQUEST:
            continue
        answer["description"] = RENAMED.get(int(status), HTTPStatus(int(status)).phrase)
        answer["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        if int(status) == HTTPStatus.TOO_MANY_REQUESTS:
            answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
