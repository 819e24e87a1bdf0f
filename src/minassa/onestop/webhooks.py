"""CloudEvents 1.0, the envelope of a message; its signature (Standard Webhooks) is that of `minassa.client`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.client import BadSignature, sign, verify
from minassa.onestop.errors import SignatureRefused

CONTENT_TYPE: Final = "application/cloudevents+json; charset=utf-8"


def envelope(number: str, source: str, kind: str, subject: str, body: Mapping[str, Any], created: datetime) -> bytes:
    """A CloudEvents 1.0 event in JSON: `number` stays the same across attempts, `kind` as in `task.opened`."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": number,
            "source": source,
            "type": f"ma.minassa.{kind}.v1",
            "subject": subject,
            "time": created.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "data": body,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def headers(secret: str, number: str, content: bytes, at: datetime) -> dict[str, str]:
    """The headers that go with a content: its number, the instant of this attempt, its signature."""
    return {"Content-Type": CONTENT_TYPE, **sign(secret, number, int(at.timestamp()), content)}


def check(secrets: Sequence[str], given: Mapping[str, str], content: bytes, at: datetime) -> str:
    """The number of a message received whose signature is that of one of the secrets; SignatureRefused otherwise.

    Refused too when its instant is more than five minutes away: a message caught on its way is of no use later.
    """
    told = {name.lower(): value for name, value in given.items()}
    why = "mismatch"
    for secret in secrets:
        try:
            return verify(secret, told, content, int(at.timestamp()))
        except BadSignature as error:
            why = error.why
    raise SignatureRefused(_sentence(why))


def _sentence(why: str) -> str:
    if why == "unsigned":
        return _("Le message ne porte pas son numéro, son instant et sa signature.")
    if why == "time":
        return _("L'instant du message est trop loin : vérifiez l'heure de votre système.")
    return _("La signature du message ne correspond pas à son contenu.")
