"""Signatures of messages in both directions, as Standard Webhooks has them: HMAC-SHA256 of id, time and body.

The only place where a signature is made or checked: the platform and the systems of bodies both call it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from minassa.vocabulary.errors import MinassaError

TOLERANCE_SECONDS: Final = 300
"""A message older, or dated further ahead, is refused: it may be a copy sent again by someone else."""
PREFIX: Final = "whsec_"
_KEY_BYTES: Final = 32


class BadSignature(MinassaError):
    """A message whose signature does not match, is missing, or is too old; `why`: `mismatch`, `unsigned`, `time`."""

    code = "signature-refused"

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message, why=why)
        self.why = why


def draw_secret() -> str:
    """A new secret: `whsec_` and 32 random bytes in padded base64, as the reference libraries read it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def key_of(secret: str) -> bytes:
    """The key that a secret stands for: after `whsec_`, base64 in either alphabet, padded or not; otherwise its text.

    BadSignature when what follows `whsec_` is no base64.
    """
    if not secret.startswith(PREFIX):
        return secret.encode()
    text = secret.removeprefix(PREFIX).translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignature("mismatch", "Le secret de signature n'est pas en base64 : recopiez-le.") from error


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the MAC, in base64, of `id.timestamp.body`."""
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest()).decode()}"


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers that prove a message: number (the same at each retry), time (epoch seconds), MAC."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: int) -> str:
    """The number of a message whose signature holds at `now` (epoch seconds); BadSignature otherwise.

    `headers` are looked up in lower case. Several signatures may be given, separated by spaces, while a secret changes.
    """
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not sent.isascii() or not sent.isdigit():
        raise BadSignature(
            "unsigned", "En-têtes webhook-id et webhook-timestamp attendus : le message n'est pas signé."
        )
    if abs(now - int(sent[:15])) > TOLERANCE_SECONDS:
        raise BadSignature(
            "time", "Le message est signé il y a plus de cinq minutes, ou dans l'avenir : vérifiez l'heure."
        )
    expected = signature(secret, message_id, int(sent[:15]), body)
    given = headers.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(one.encode(), expected.encode()) for one in given):
        raise BadSignature("mismatch", "La signature du message ne correspond pas à son contenu.")
    return message_id
