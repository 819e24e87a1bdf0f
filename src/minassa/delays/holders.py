"""Who may hold a case: the firm, an administration by its code, the committee, the platform, force majeure."""

from __future__ import annotations

import re

FIRM = "firm"
PLATFORM = "platform"
COMMITTEE = "committee"
FORCE_MAJEURE = "force_majeure"
AGENCIES = "agencies"
"""On the main line: at least one administration is awaited."""

MAIN_HOLDERS = frozenset({FIRM, PLATFORM, COMMITTEE, FORCE_MAJEURE})

_PREFIX = "agency:"
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def agency_holder(code: str) -> str:
    """Return the holder that stands for an administration: `agency:cnss` for `cnss`."""
    return _PREFIX + code


def agency_code(holder: str) -> str | None:
    """Return the code of the administration that a holder stands for, or None for the others."""
    return holder.removeprefix(_PREFIX) if holder.startswith(_PREFIX) else None


def is_agency_code(code: str) -> bool:
    """Tell whether a code can name an administration: small letters, digits, `-` and `_`, 40 at most."""
    return _CODE.fullmatch(code) is not None
