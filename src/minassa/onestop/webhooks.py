"""Standard Webhooks: the signature of a message, made and checked; and CloudEvents 1.0, its envelope."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.onestop.errors import SignatureRefused

TOLERANCE: Final = timedelta(minutes=5)
CONTENT_TYPE: Final = "application/cloudevents+json; charset=utf-8"
_PREFIX = "whsec_"


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
    stamp = str(int(at.timestamp()))
    return {
        "Content-Type": CONTENT_TYPE,
        "webhook-id": number,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature(secret, number, stamp, content)}",
    }


def signature(secret: str, number: str, stamp: str, content: bytes) -> str:
    """HMAC-SHA256, in base64, over `number.stamp.content`."""
    signed = b".".join((number.encode(), stamp.encode(), content))
    return base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def check(secrets: Sequence[str], given: Mapping[str, str], content: bytes, at: datetime) -> str:
    """The number of a message received whose signature is that of one of the secrets; SignatureRefused otherwise.

    Refused too when its instant is more than five minutes away: a message caught on its way is of no use later.
    """
    told = {name.lower(): value for name, value in given.items()}
    number, stamp = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    if not number or not stamp.isdecimal() or len(stamp) > 12:
        raise SignatureRefused(_("Le message ne porte pas son numéro, son instant et sa signature."))
    if abs(at.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        raise SignatureRefused(_("L'instant du message est trop loin : vérifiez l'heure de votre système."))
    offered = [part[3:] for part in told.get("webhook-signature", "").split() if part.startswith("v1,")]
    expected = [signature(secret, number, stamp, content) for secret in secrets]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in offered for other in expected):
        raise SignatureRefused(_("La signature du message ne correspond pas à son contenu."))
    return number


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        return base64.b64decode(secret.removeprefix(_PREFIX))
    return secret.encode()
