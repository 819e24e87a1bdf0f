"""Names of invented people: common given names and family names of Morocco, typed by hand, combined by number.

Two real people may bear the same two names; nothing else in the synthetic country is about them.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray


def _read() -> dict[str, str]:
    text = resources.files("minassa.nation").joinpath("names.yaml").read_text(encoding="utf-8")
    content: dict[str, str] = yaml.safe_load(text)
    return content


_LISTS = _read()
WOMEN: Final = tuple(_LISTS["women"].split())
MEN: Final = tuple(_LISTS["men"].split())
GIVEN: Final = WOMEN + MEN
FAMILIES: Final = tuple(name.strip() for name in _LISTS["families"].split(","))

_STEP = 2_654_435_761
"""Scatters serials next to each other (Knuth's multiplicative hashing)."""


def family_ranks(serials: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank of the family name of each person."""
    return _scatter(serials, 11) % len(FAMILIES)


def given_ranks(serials: NDArray[np.int64], women: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the rank of the given name of each person in `GIVEN`: women's names come first, then men's."""
    drawn = _scatter(serials, 5)
    return np.where(women, drawn % len(WOMEN), len(WOMEN) + drawn % len(MEN))


def _scatter(serials: NDArray[np.int64], shift: int) -> NDArray[np.int64]:
    return ((serials + 1) * _STEP % 2**32) >> shift
