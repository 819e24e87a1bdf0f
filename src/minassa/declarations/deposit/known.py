"""What the lake already holds, so that a deposit that was stopped goes on, and declarations meet their préétablis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import polars as pl

from minassa.declarations.checking import header_of
from minassa.declarations.files import Original
from minassa.declarations.kinds import EBDS_PREETABLI, EBDS_PRINCIPAL
from minassa.declarations.lake.supersession import last_of_key
from minassa.declarations.lake.tables import IN_EFFECT, REJECTED


class Identity(NamedTuple):
    """The same name, the same bytes: the same file. The digest is empty for a file not read whole."""

    name: str
    digest: str
    length: int


class Place(NamedTuple):
    """Where the original of a file stands."""

    pack: str
    offset: int
    length: int
    digest: str


class Known:
    """The files in effect by key, those refused, and the préétablis at hand."""

    def __init__(self, deposits: pl.DataFrame) -> None:
        """Learn from the table `deposits`."""
        self._by_key: dict[str, Identity] = {}
        self._keys: dict[Identity, str] = {}
        self._former: dict[Identity, str] = {}
        self._preetablis: dict[bytes, Callable[[], Place]] = {}
        in_effect = deposits.filter(last_of_key())
        accepted = deposits.filter(pl.col("state") == IN_EFFECT).sort("file_id")
        for name, digest, length, key in _columns(accepted, "name", "digest", "length", "supersession_key"):
            self.take_effect(key, Identity(name, digest, length))
        refused = deposits.filter(pl.col("state") == REJECTED)
        self._refused = {Identity(*row) for row in _columns(refused, "name", "digest", "length")}
        preetablis = in_effect.filter(pl.col("kind") == EBDS_PREETABLI)
        columns = ("affiliation", "period", "pack", "offset", "length", "digest")
        for affiliation, period, *place in _columns(preetablis, *columns):
            self.keep_preetabli(b"%07d%b" % (affiliation, period.encode()), partial(Place, *place))

    def key_in_effect(self, identity: Identity) -> str | None:
        """The key under which that very file is in effect, if it is."""
        return self._keys.get(identity)

    def former_key(self, identity: Identity) -> str | None:
        """The key under which that very file was in effect, if another has replaced it since."""
        return self._former.get(identity)

    def take_effect(self, key: str, identity: Identity) -> None:
        """That file is from now on the one in effect for a key."""
        former = self._by_key.get(key)
        if former is not None:
            self._former[former] = self._keys.pop(former)
        self._by_key[key] = identity
        self._keys[identity] = key

    def is_refused(self, identity: Identity) -> bool:
        """Whether that very file was already refused."""
        return identity in self._refused

    def refuse(self, identity: Identity) -> None:
        """That file is refused."""
        self._refused.add(identity)

    def keep_preetabli(self, header: bytes, place: Callable[[], Place]) -> None:
        """Remember where the préétabli of an employer and month stands, or will soon."""
        self._preetablis[header] = place

    def missing_preetablis(self, originals: Sequence[Original]) -> list[Place]:
        """Of the declarations among these files, the préétablis that the lake has and these files do not."""
        if not self._preetablis:
            return []
        asked = {header_of(each.content) for each in originals if each.kind == EBDS_PRINCIPAL}
        given = {header_of(each.content) for each in originals if each.kind == EBDS_PREETABLI}
        return [self._preetablis[header]() for header in sorted(asked - given) if header in self._preetablis]


def _columns(frame: pl.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return frame.select(names).rows()
