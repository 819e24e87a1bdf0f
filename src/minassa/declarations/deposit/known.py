"""What the lake already holds, so that a deposit that was stopped goes on, and declarations meet their préétablis."""

from __future__ import annotations

from collections.abc import Sequence
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
        self._by_name: dict[str, set[Identity]] = {}
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
        part = Known()
        if self._by_name:
            for file in files:
                self._tell(part, file)
        return part

    def _tell(self, part: Known, file: Found) -> None:
        for identity in self._by_name.get(file.name, ()):
            if identity in self._keys:
                part.take_effect(self._keys[identity], identity)
            elif identity in self._former:
                part._former[identity] = self._former[identity]
            if identity in self._refused:
                part.refuse(identity)
        header = f"{file.declarant}{file.period}".encode()
        if header in self._preetablis:
            part.keep_preetabli(header, self._preetablis[header])

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
        self._by_name.setdefault(identity.name, set()).add(identity)

    def is_refused(self, identity: Identity) -> bool:
        """Whether that very file was already refused."""
        return identity in self._refused

    def refuse(self, identity: Identity) -> None:
        """That file is refused."""
        self._refused.add(identity)
        self._by_name.setdefault(identity.name, set()).add(identity)

    def keep_preetabli(self, header: bytes, place: Place) -> None:
        """Remember where the préétabli of an employer and month stands (affiliation and period, 13 digits)."""
        self._preetablis[header] = place

    def preetabli(self, header: bytes) -> Place | None:
        """Where the préétabli of an employer and month stands, if the lake has one."""
        return self._preetablis.get(header)


def _columns(frame: pl.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return frame.select(names).rows()
