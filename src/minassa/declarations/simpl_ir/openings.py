"""Where each member of a list opens in the file: byte and line.

libxml2 keeps lines in 16 bits and guesses beyond 65,535, and it keeps no byte offset: the opening tags are therefore
looked for in the bytes themselves. In a well-formed document `<Stagiaire` followed by a blank, `/` or `>` is an opening
tag everywhere but in comments, CDATA and processing instructions, which are stepped over.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

_ASIDES = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_TOKEN = re.compile(rb"<(?:[A-Z][A-Za-z]*|!--|!\[CDATA\[|\?)")
"""The lists' members, and nearly nothing else, have names that begin with a capital."""
_AFTER_NAME = b" \t\r\n/>"
_LONGEST_END = 3


class Opening(NamedTuple):
    """An opening tag: its name, its offset in bytes, its line from 1."""

    tag: str
    offset: int
    line: int


class Openings:
    """Fed with the bytes of the file one piece after the other, finds the opening tags of some names in order."""

    def __init__(self, tags: Iterable[str]) -> None:
        """Look for these names, which must begin with a capital."""
        self._tags = {b"<" + tag.encode(): tag for tag in tags}
        self._tail = max(len(mark) for mark in self._tags) + 1
        self._pending = b""
        self._offset = 0
        self._line = 1
        self._end_of_aside = b""
        self.found: deque[Opening] = deque()

    def feed(self, piece: bytes, *, final: bool = False) -> None:
        """Look through one more piece; an opening cut by its end is found with the next one."""
        text = self._pending + piece
        marks, done = self._marks(text, len(text) if final else max(0, len(text) - self._tail))
        line, before = self._line, 0
        for at, tag in marks:
            line += text.count(b"\n", before, at)
            before = at
            self.found.append(Opening(tag, self._offset + at, line))
        self._line = line + text.count(b"\n", before, done)
        self._offset += done
        self._pending = text[done:]

    def _marks(self, text: bytes, limit: int) -> tuple[list[tuple[int, str]], int]:
        """The openings before the limit, and up to where the text is settled."""
        marks: list[tuple[int, str]] = []
        at = 0
        while at < limit:
            if self._end_of_aside:
                end = text.find(self._end_of_aside, at)
                if end < 0:
                    return marks, max(at, len(text) - _LONGEST_END + 1)
                at, self._end_of_aside = end + len(self._end_of_aside), b""
            at = self._until_aside(text, at, limit, marks)
        return marks, at

    def _until_aside(self, text: bytes, at: int, limit: int, marks: list[tuple[int, str]]) -> int:
        """Note the openings up to the limit, or up to the next comment, CDATA or instruction and enter it."""
        for token in _TOKEN.finditer(text, at):
            if token.start() >= limit:
                break
            if token[0] in _ASIDES:
                self._end_of_aside = _ASIDES[token[0]]
                return token.end()
            tag = self._tags.get(token[0])
            if tag and text[token.end() : token.end() + 1] in _AFTER_NAME:
                marks.append((token.start(), tag))
        return max(at, limit)
