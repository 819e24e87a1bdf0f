"""The memory of a group of files, used again for the next one instead of being given back and asked for again."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_LARGEST_BLOCK: Final = 32 << 20
_KEPT: Final = 64 << 20


def keep_memory_at_hand() -> None:
    """Let the allocator keep what is freed, up to 64 MB, wherever it can be told to; elsewhere nothing changes.

    A page of memory asked of the system costs more than reading a file into it. These are the bounds that the
    allocator of GNU systems reaches by itself, once a program has freed large blocks.
    """
    if not sys.platform.startswith("linux"):
        return
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        tell(_MMAP_THRESHOLD, _LARGEST_BLOCK)
        tell(_TRIM_THRESHOLD, _KEPT)
