"""A statement read piece by piece: the header, and the members of the lists in batches, never the whole tree.

libxml2 builds the tree of the piece just read; what is closed is taken out of it at once, so that memory does not grow
with the file. External entities, DTDs and the network are off, and a DOCTYPE has been refused before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias, cast

from lxml import etree

from minassa.declarations.simpl_ir.layout import (
    CODE,
    COUNTS,
    HEADCOUNT,
    HEADER,
    HEADER_ALIASES,
    HEADER_ALSO_KNOWN,
    HEADER_NAMES,
    ROOT,
    SECTIONS,
    TOTALS,
    Section,
)
from minassa.declarations.simpl_ir.openings import Opening, Openings
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.refusals import Refused

PIECE = 1 << 18
"""Bytes given to the parser at once."""
BATCH = 20_000
"""Members of a list handed over at once."""
LARGEST_ELEMENT = 50_000
"""Children that one open element may have: beyond, it is no statement but an attempt to fill the memory."""

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for the type
Texts: TypeAlias = dict[str, str | None]

_BY_LIST = {section.list_tag: section for section in SECTIONS}
_KNOWN_HEADER = frozenset(HEADER) | frozenset(TOTALS) | frozenset(COUNTS) | HEADER_ALSO_KNOWN | {HEADCOUNT}
_UNKNOWN_KEPT = 50
_TRUNCATED = "Le fichier est coupé avant sa fin : exportez de nouveau la déclaration et vérifiez sa taille."


@dataclass(slots=True)
class Batch:
    """Members of one list: the texts of their elements by tag, where each opens, their own details."""

    section: Section
    rows: list[tuple[str | None, ...]] = field(default_factory=list)
    """The texts of each member, in the order of `section.read`."""
    offsets: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    details: list[tuple[int, Texts]] = field(default_factory=list)
    """Exempt elements of a person, or details of a payment: rank of the member in the batch, texts by tag."""
    repeated: list[tuple[int, str]] = field(default_factory=list)
    """Elements given twice: rank of the member in the batch, tag."""

    def append(self, texts: Texts, opening: Opening) -> None:
        """Add one member."""
        self.rows.append(tuple(map(texts.get, self.section.read_tags)))
        self.offsets.append(opening.offset)
        self.lines.append(opening.line)


class Walk:
    """One reading of a statement, from its first byte to its last."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read this stream, placed at its start, whose prologue has been checked."""
        self.header: Texts = {}
        self.unknown: dict[tuple[str, str], Spot] = {}
        """Unknown tags by parent, and where the first stands."""
        self.repeated: list[str] = []
        self.members = 0
        """Persons met so far."""
        self._stream = stream
        self._openings = Openings(section.tag for section in SECTIONS)
        self._batch: Batch | None = None
        self._tail = b""
        self._parser = etree.XMLPullParser(
            events=("start",),
            tag=ROOT,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )

    def batches(self) -> Iterator[Batch]:
        """The members of the lists, in the order of the file. Raises Refused where the document stops being one."""
        root: Element | None = None
        while piece := self._stream.read(PIECE):
            if root is None and self._tail:
                # The prologue has shown the name at the very beginning: it stands in a namespace.
                raise Refused("SIMPL-RACINE", _wrong_root(), 1, 1)
            self._tail = (self._tail + piece)[-100:]
            self._openings.feed(piece)
            self._feed(piece)
            root = self._root() if root is None else root
            if root is not None:
                yield from self._drain(root, over=False)
                _refuse_oversize(root)
        self._openings.feed(b"", final=True)
        self._close()
        root = self._root() if root is None else root
        if root is None:
            raise Refused("SIMPL-RACINE", _wrong_root(), 1, 1)
        yield from self._drain(root, over=True)
        if self._openings.found:
            stray = self._openings.found[0]
            raise Refused("SIMPL-STRUCTURE", f"Un élément {stray.tag} est hors de sa liste : corrigez l'export.")
        if self._batch:
            yield self._batch

    def _root(self) -> Element | None:
        for _event, element in self._parser.read_events():
            return cast("Element", element)
        return None

    def _feed(self, piece: bytes) -> None:
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError as problem:
            raise _malformed(self._parser, problem) from problem
        if len(self._parser.feed_error_log):
            raise _malformed(self._parser, None)

    def _close(self) -> None:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as problem:
            refusal = _malformed(self._parser, problem)
            if refusal.finding.rule == "SIMPL-XML" and f"</{ROOT}".encode() not in self._tail:
                refusal = Refused("SIMPL-TRONQUE", _TRUNCATED, refusal.finding.line, refusal.finding.column)
            raise refusal from problem

    def _drain(self, root: Element, *, over: bool) -> Iterator[Batch]:
        """Take what is closed out of the tree; the last child of the root may still be open."""
        children = list(root)
        closed = len(children) if over else len(children) - 1
        for rank, child in enumerate(children):
            section = _BY_LIST.get(str(child.tag))
            if section:
                yield from self._members(child, section, over=rank < closed)
            elif rank < closed:
                self._head(child)
        if closed > 0:
            del root[:closed]

    def _head(self, element: Element) -> None:
        given = str(element.tag)
        tag = header_tag(given)
        if tag is None:
            self._note_unknown(ROOT, given, Spot(0, given))
        elif tag in self.header:
            self.repeated.append(tag)
        else:
            text = element.text if len(element) == 0 else _code(element)
            self.header[tag] = "" if tag in HEADER_NAMES else text

    def _members(self, parent: Element, section: Section, *, over: bool) -> Iterator[Batch]:
        children = list(parent)
        closed = len(children) if over else len(children) - 1
        for child in children[: max(closed, 0)]:
            if child.tag != section.tag:
                self._note_unknown(section.list_tag, str(child.tag), Spot(0, section.list_tag))
                continue
            if self._batch and (self._batch.section is not section or len(self._batch.offsets) >= BATCH):
                yield self._batch
                self._batch = None
            self._batch = self._batch or Batch(section)
            self._member(child, self._batch)
        if closed > 0:
            del parent[:closed]

    def _member(self, element: Element, batch: Batch) -> None:
        section = batch.section
        opening = self._openings.found.popleft() if self._openings.found else None
        if opening is None or opening.tag != section.tag:
            raise Refused("SIMPL-STRUCTURE", f"Un élément est imbriqué dans {section.tag} : corrigez l'export.")
        rank = len(batch.offsets)
        texts: Texts = {child.tag: child.text for child in element}
        # Without a name, lxml would go through all the children.
        for child in element.iterchildren(*section.nested) if section.nested else ():
            if child.tag in section.details:
                batch.details.extend((rank, _part(part)) for part in child)
            else:
                texts[str(child.tag)] = _code(child)
        if not texts.keys() <= section.known:
            for tag in texts.keys() - section.known:
                self._note_unknown(section.tag, tag, Spot(opening.offset, tag))
        if len(texts) != len(element):
            batch.repeated.extend((rank, tag) for tag in _repeated(element))
        batch.append(texts, opening)
        self.members += section.category is not None

    def _note_unknown(self, parent: str, tag: str, spot: Spot) -> None:
        if len(self.unknown) < _UNKNOWN_KEPT:
            self.unknown.setdefault((parent, tag), spot)


def header_tag(given: str) -> str | None:
    """The DGI's tag of an element of the header, None when it has none."""
    tag = HEADER_ALIASES.get(given, given)
    return tag if tag in _KNOWN_HEADER else None


def _part(element: Element) -> Texts:
    return {str(child.tag): child.text if len(child) == 0 else _code(child) for child in element}


def _code(element: Element) -> str | None:
    """The text of the `code` of a coded element."""
    return element[0].text if len(element) and element[0].tag == CODE else None


def _repeated(element: Element) -> list[str]:
    counts = Counter(str(child.tag) for child in element)
    return sorted(tag for tag, count in counts.items() if count > 1)


def _refuse_oversize(root: Element) -> None:
    node = root
    while len(node):
        if len(node) > LARGEST_ELEMENT:
            raise Refused("SIMPL-DEMESURE", f"Un élément a plus de {LARGEST_ELEMENT} enfants : corrigez l'export.")
        node = node[-1]


def _wrong_root() -> str:
    return f"L'élément racine n'est pas {ROOT}, sans espace de noms : ce n'est pas une déclaration 9421."


def _malformed(parser: etree.XMLPullParser, problem: etree.XMLSyntaxError | None) -> Refused:
    """The first complaint of libxml2, at its line and column."""
    entries = list(parser.feed_error_log)
    name = entries[0].type_name if entries else ""
    line, column = (entries[0].line, entries[0].column) if entries else problem.position if problem else (0, 0)
    if "ENCODING" in name:
        message = "Un caractère n'est pas de l'UTF-8 : exportez de nouveau la déclaration en UTF-8."
        return Refused("SIMPL-ENCODAGE", message, line, column)
    if "ENTITY" in name:
        message = "Une entité n'est pas définie (un « & » doit s'écrire « &amp; ») : corrigez l'export."
        return Refused("SIMPL-ENTITE", message, line, column)
    message = f"Le XML est mal formé ({name or 'illisible'}) : corrigez l'export à cet endroit."
    return Refused("SIMPL-XML", message, line, column)
