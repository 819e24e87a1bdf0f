"""Line and column of an element of a statement, looked for only once there is a finding about it.

Columns count characters from 1. A tag is found again from the byte where its parent opens, whatever the layout of the
file: one element a line, or the whole file on one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

_BLOCK = 1 << 16
_CONTINUATION = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that do not begin a character."""


class Spot(NamedTuple):
    """An element: the byte where its parent opens (0 for the root), its tag, its rank among those of that tag.

    Without a tag, the spot is the parent itself.
    """

    offset: int
    tag: str = ""
    rank: int = 0


def locate(stream: BinaryIO, spots: Iterable[Spot]) -> dict[Spot, tuple[int, int]]:
    """Line and column of each spot; of the parent when it has no such child."""
    offsets = _offsets(stream, set(spots))
    places = _places(stream, set(offsets.values()))
    return {spot: places[offset] for spot, offset in offsets.items()}


def _offsets(stream: BinaryIO, spots: set[Spot]) -> dict[Spot, int]:
    """The byte where each spot opens."""
    by_parent: defaultdict[int, set[Spot]] = defaultdict(set)
    for spot in spots:
        by_parent[spot.offset].add(spot)
    found: dict[Spot, int] = {}
    for offset in sorted(by_parent):
        found.update(_children(stream, offset, by_parent[offset]))
    return found


def _children(stream: BinaryIO, offset: int, spots: set[Spot]) -> dict[Spot, int]:
    found = dict.fromkeys(spots, offset)
    missing = {spot for spot in spots if spot.tag or not offset}
    if missing:
        stream.seek(offset)
        _Search(offset, missing, found).run(stream)
    return found


class _Search:
    """Reads one element from its opening, until the wanted children are found or the element ends."""

    def __init__(self, offset: int, missing: set[Spot], found: dict[Spot, int]) -> None:
        self._offset = offset
        self._missing = missing
        self._found = found
        self._depth = 0
        self._seen: defaultdict[str, int] = defaultdict(int)
        self._over = False
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def run(self, stream: BinaryIO) -> None:
        while not self._over and (block := stream.read(_BLOCK)):
            try:
                self._parser.Parse(block)
            except expat.ExpatError:
                # What follows the element is not markup of its own: the element itself has been read by libxml2.
                return

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            # The root opens after the XML declaration: a child that is absent is shown there.
            self._found.update(dict.fromkeys(self._missing, self._offset + self._parser.CurrentByteIndex))
        elif self._depth == 2 and not self._over:  # noqa: PLR2004 - a child of the element read
            spot = next((each for each in self._missing if (each.tag, each.rank) == (tag, self._seen[tag])), None)
            self._seen[tag] += 1
            if spot:
                self._missing.discard(spot)
                self._found[spot] = self._offset + self._parser.CurrentByteIndex
                self._over = not self._missing

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        self._over = self._over or self._depth == 0


def _places(stream: BinaryIO, offsets: set[int]) -> dict[int, tuple[int, int]]:
    """Line and column of bytes of the file, in one reading."""
    stream.seek(0)
    at, line, column = 0, 1, 1
    places: dict[int, tuple[int, int]] = {}
    for offset in sorted(offsets):
        while at < offset and (block := stream.read(min(_BLOCK, offset - at))):
            at += len(block)
            line += block.count(b"\n")
            last = block.rfind(b"\n")
            characters = len(block[last + 1 :].translate(None, _CONTINUATION))
            column = characters + (column if last < 0 else 1)
        places[offset] = (line, column)
    return places
