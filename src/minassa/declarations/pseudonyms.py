"""Persons as keyed pseudonyms: the same person is the same number everywhere, and the number says nothing of them.

Nothing here is ever logged or shown: neither the key, nor what it hides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.identifiers import CASUAL_IMMATRICULATION, NO_IMMATRICULATION, compact

KEY_BYTES: Final = 32
"""The shortest key accepted: as many bytes as the digest."""

_BLOCK = 64


class KeyTooShort(MinassaError):
    """A secret key that could be guessed."""

    code = "key-too-short"

    def __init__(self, given: int) -> None:
        super().__init__(f"La clé compte {given} octets : il en faut au moins {KEY_BYTES}, tirés au hasard.")


class Pseudonyms:
    """Pseudonyms of persons under one secret key: 63 bits of HMAC-SHA256, never negative; 0 is nobody in particular.

    Numbers already met are remembered, so that a person declared every month costs one computation. Not for two
    threads at once.
    """

    nobody: ClassVar[int] = 0

    def __init__(self, key: bytes) -> None:
        """Refuse (`KeyTooShort`) a key of fewer than `KEY_BYTES` bytes."""
        if len(key) < KEY_BYTES:
            raise KeyTooShort(len(key))
        block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
        # 0 (no number) and 999999999 (casual labour) are nobody in particular.
        self._numbers = np.array([NO_IMMATRICULATION, CASUAL_IMMATRICULATION], dtype=np.int64)
        self._pseudonyms = np.zeros(2, dtype=np.int64)
        self._cins: dict[str, int] = {"": self.nobody}

    def of_numbers(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The pseudonym of each CNSS immatriculation number; 0 for 0 and for casual labour (999999999)."""
        if not numbers.size:
            return np.zeros(0, dtype=np.int64)
        places = self._places(numbers)
        unknown = self._numbers[places] != numbers
        if unknown.any():
            self._learn(np.unique(numbers[unknown]))
            places = self._places(numbers)
        found: NDArray[np.int64] = self._pseudonyms[places]
        return found

    def of_cins(self, cins: Iterable[str]) -> NDArray[np.int64]:
        """The pseudonym of each CIN (compared in capitals, without spaces or hyphens); 0 for an empty one."""
        written, known = list(cins), self._cins
        # A card is written the same way nearly everywhere: it is made compact once for each way.
        ways = {cin: compact(cin) for cin in set(written) - known.keys()}
        cards = list(set(ways.values()) - known.keys())
        known.update(zip(cards, self._compute(b"CIN:" + card.encode() for card in cards).tolist(), strict=True))
        known.update((way, known[card]) for way, card in ways.items())
        return np.fromiter(map(known.__getitem__, written), dtype=np.int64, count=len(written))

    def _places(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """Where each number stands, or would stand, among those already met."""
        return np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)

    def _learn(self, numbers: NDArray[np.int64]) -> None:
        computed = self._compute([b"%09d" % number for number in numbers.tolist()])
        every = np.concatenate([self._numbers, numbers])
        order = np.argsort(every, kind="stable")
        self._numbers = every[order]
        self._pseudonyms = np.concatenate([self._pseudonyms, computed])[order]

    def _compute(self, texts: Iterable[bytes]) -> NDArray[np.int64]:
        digests = b"".join(self._authenticate(text)[:8] for text in texts)
        shortened = (np.frombuffer(digests, dtype=">u8") >> np.uint64(1)).astype(np.int64)
        # One chance in 2 to the 63rd: a person would be nobody.
        return np.maximum(shortened, 1)

    def _authenticate(self, text: bytes) -> bytes:
        """HMAC-SHA256 (RFC 2104) from the two states that the key alone decides: half the work of `hmac.digest`."""
        inner = self._inner.copy()
        inner.update(text)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.digest()
