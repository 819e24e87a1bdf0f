"""Signatures of messages in both directions, as Standard Webhooks has them: HMAC-SHA256 of id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from minassa.vocabulary.errors import MinassaError

TOLERANCE_SECONDS: Final = 300
"""A message older, or dated further ahead, is refused: it may be a copy sent again by someone else."""


class BadSignature(MinassaError):
    """A message whose signature does not match, is missing, or is too old."""

    code = "signature-refused"


def _mac(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers that prove a message: number (the same at each retry), time (epoch seconds), MAC."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{_mac(secret, message_id, timestamp, body)}",
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: int) -> str:
    """The number of a message whose signature holds at `now` (epoch seconds); BadSignature otherwise.

    `headers` are looked up in lower case. Several signatures may be given, separated by spaces, while a secret changes.
    """
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not sent.isascii() or not sent.isdigit():
        raise BadSignature("En-têtes webhook-id et webhook-timestamp attendus : le message n'est pas signé.")
    if abs(now - int(sent[:15])) > TOLERANCE_SECONDS:
        raise BadSignature("Le message est signé il y a plus de cinq minutes, ou dans l'avenir : vérifiez l'horloge.")
    expected = f"v1,{_mac(secret, message_id, int(sent[:15]), body)}"
    given = headers.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(one.encode(), expected.encode()) for one in given):
        raise BadSignature("La signature du message ne correspond pas à son contenu.")
    return message_id
