"""What the lake already holds, so that a deposit that was stopped goes on, and declarations meet their préétablis."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from typing import Any, NamedTuple

import polars as pl

from minassa.declarations.files import Found
from minassa.declarations.kinds import EBDS_PREETABLI
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
    """The files in effect by key, those they replaced, those refused, and where préétablis stand."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._by_key: dict[str, Identity] = {}
        self._keys: dict[Identity, str] = {}
        self._former: dict[Identity, str] = {}
        self._refused: set[Identity] = set()
        self._by_name: dict[str, tuple[Identity, ...]] = {}
        # Met since names were last looked up: most that know something are never asked what they know of a name.
        self._unnamed: list[Identity] = []
        self._preetablis: dict[bytes, Place] = {}

    @classmethod
    def of(cls, deposits: pl.DataFrame) -> Known:
        """What the table `deposits` tells."""
        known = cls()
        accepted = deposits.filter(pl.col("state") == IN_EFFECT).sort("file_id")
        for name, digest, length, key in _columns(accepted, "name", "digest", "length", "supersession_key"):
            known.take_effect(key, Identity(name, digest, length))
        refused = deposits.filter(pl.col("state") == REJECTED)
        for row in _columns(refused, "name", "digest", "length"):
            known.refuse(Identity(*row))
        preetablis = deposits.filter(last_of_key() & (pl.col("kind") == EBDS_PREETABLI))
        columns = ("affiliation", "period", "pack", "offset", "length", "digest")
        for affiliation, period, *place in _columns(preetablis, *columns):
            known.keep_preetabli(b"%07d%b" % (affiliation, period.encode()), Place(*place))
        return known

    def copy(self) -> Known:
        """All that is known, to be told to one who will learn more."""
        return deepcopy(self)

    def about(self, files: Sequence[Found]) -> Known:
        """Only what concerns files of these names, to be told to another process."""
        part, by_name = Known(), self._named()
        for name in by_name.keys() & {file.name for file in files}:
            for identity in by_name[name]:
                self._tell(part, identity)
        if self._preetablis:
            headers = {f"{file.declarant}{file.period}".encode() for file in files}
            part._preetablis = self.preetablis(headers)
        return part

    def _named(self) -> dict[str, tuple[Identity, ...]]:
        """The files known, by name."""
        unnamed, self._unnamed = self._unnamed, []
        new = {identity.name: (identity,) for identity in unnamed}
        if len(new) == len(unnamed) and self._by_name.keys().isdisjoint(new):
            # The usual case: names are not met twice.
            self._by_name.update(new)
            return self._by_name
        for identity in unnamed:
            known = self._by_name.get(identity.name, ())
            if identity not in known:
                self._by_name[identity.name] = (*known, identity)
        return self._by_name

    def _tell(self, part: Known, identity: Identity) -> None:
        if identity in self._keys:
            part.take_effect(self._keys[identity], identity)
        elif identity in self._former:
            part._former[identity] = self._former[identity]
        if identity in self._refused:
            part.refuse(identity)

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
        self._unnamed.append(identity)

    def take_effects(self, effects: Sequence[tuple[str, Identity]]) -> None:
        """Those files are from now on, one after the other, those in effect for their keys."""
        new = dict(effects)
        if len(new) == len(effects) and self._by_key.keys().isdisjoint(new):
            # The usual case: none of them replaces another.
            self._by_key.update(new)
            self._keys.update(zip(new.values(), new, strict=True))
            self._unnamed.extend(new.values())
            return
        for key, identity in effects:
            self.take_effect(key, identity)

    def is_refused(self, identity: Identity) -> bool:
        """Whether that very file was already refused."""
        return identity in self._refused

    def refuse(self, identity: Identity) -> None:
        """That file is refused."""
        self._refused.add(identity)
        self._unnamed.append(identity)

    def keep_preetabli(self, header: bytes, place: Place) -> None:
        """Remember where the préétabli of an employer and month stands (affiliation and period, 13 digits)."""
        self._preetablis[header] = place

    def preetablis(self, headers: AbstractSet[bytes]) -> dict[bytes, Place]:
        """Where the préétablis of some employers and months stand, of those that the lake has."""
        return {header: self._preetablis[header] for header in headers & self._preetablis.keys()}


def _columns(frame: pl.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return frame.select(names).rows()
