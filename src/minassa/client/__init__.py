"""Short client of Minassa's API, for the systems of agencies and firms: the standard library alone.

Public: `Client` (client credentials, retries that have one effect), `sign` and `verify` (Standard Webhooks signatures),
`ApiProblem`, `Unreachable`, `BadSignature`. The rest is private.
"""

from __future__ import annotations

from minassa.client.calls import ApiProblem, Client, Unreachable
from minassa.client.signatures import BadSignature, sign, verify

__all__ = ["ApiProblem", "BadSignature", "Client", "Unreachable", "sign", "verify"]
