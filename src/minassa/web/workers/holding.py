"""What an employee has shown, carried from one page to the next: sealed, for a quarter of an hour.

Neither the number nor the code is in an address, in a cookie or in the text of a page.
"""

from __future__ import annotations

import json
from typing import Final

from cryptography.fernet import InvalidToken
from django.http import HttpRequest

from minassa.claims.public import Shown
from minassa.registry.encryption import box

SECONDS: Final = 900
LONGEST: Final = 40


def typed(request: HttpRequest) -> Shown:
    """The number and the code of a form, and where the request comes from."""
    number, code = (request.POST.get(name, "").replace("\x00", "")[:LONGEST] for name in ("number", "code"))
    return Shown(number, code, request.META.get("REMOTE_ADDR", ""))


def sealed(shown: Shown) -> str:
    """The number and the code, sealed."""
    return box().encrypt(json.dumps([shown.number, shown.code]).encode()).decode()


def unsealed(request: HttpRequest) -> Shown | None:
    """What a page carried; None when it was not sealed here, or too long ago."""
    try:
        number, code = json.loads(box().decrypt(request.POST.get("held", "").encode(), ttl=SECONDS))
    except (InvalidToken, ValueError):
        return None
    return Shown(number, code, request.META.get("REMOTE_ADDR", ""))
