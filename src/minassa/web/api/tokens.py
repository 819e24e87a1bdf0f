"""Client credentials: the system of a body shows its secret, gets a token for a quarter of an hour."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from minassa.onestop.clients import client_of
from minassa.registry.public import Actor, body_actor
from minassa.web.api.calling import allowance
from minassa.web.api.problems import ApiError

LIFE_SECONDS: Final = 900
SALT: Final = "minassa.api.token"


def issue(client_id: str, secret: str) -> str:
    """A token for an active client that shows its secret; ApiError 401 otherwise, the same for both causes."""
    client = client_of(client_id, secret)
    if client is None:
        raise ApiError(HTTPStatus.UNAUTHORIZED, "client-refused", _("Identifiant ou secret inconnu."))
    return signing.dumps([client.client_id, client.body.code, client.scopes], salt=SALT, compress=False)


class Bearer(HttpBearer):
    """The system of a body, by its token. Its rights are read in the token: a closed client acts at most to its end."""

    def authenticate(self, _request: HttpRequest, token: str) -> Actor | None:
        """The actor of the token, or None when it is false or ended."""
        try:
            client, body, scopes = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        allowance.spend("system", str(client))
        return body_actor(body, scopes)
