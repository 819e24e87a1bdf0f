"""Short client of Minassa's API, for the systems of agencies and firms: the standard library alone.

Public: `Client` (client credentials, retries that have one effect), `sign`, `verify` and
`draw_secret` (Standard Webhooks signatures), `ApiProblem`, `Unreachable`, `BadSignature`. The rest is private.
"""

from __future__ import annotations

from minassa.client.calls import ApiProblem, Client, Unreachable
from minassa.client.signatures import BadSignature, draw_secret, sign, verify

__all__ = ["ApiProblem", "BadSignature", "Client", "Unreachable", "draw_secret", "sign", "verify"]
