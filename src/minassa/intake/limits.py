"""How much may be sent at once: settings `MINASSA_UPLOAD_…`, or the values written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings

MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a file, bytes of a request, files of a request, and how far an archive may unfold.

    The ratio (bytes out for one byte in) counts only once `free` bytes come out; `members` are the files of an archive.
    """

    file_bytes: int = 100 * MEBIBYTE
    request_bytes: int = 256 * MEBIBYTE
    files: int = 50
    unzipped_bytes: int = 512 * MEBIBYTE
    ratio: int = 200
    free: int = 16 * MEBIBYTE
    members: int = 2_000


def limits() -> Limits:
    """The limits in force."""
    asked = {name: getattr(settings, f"MINASSA_UPLOAD_{name.upper()}", None) for name in Limits.__slots__}
    return Limits(**{name: value for name, value in asked.items() if value is not None})
