"""The sequence of records in each file: known types, of one family, in order, one declaration only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.lines import Chunk, firsts
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.ebds.table import BEFORE_START, CODES, ENDLESS, NO_FAMILY, RANKS, UNKNOWN_TYPE, FileTable

Types = NDArray[np.uint8]

_NOT_A_PART = 64
# Which ranks may follow each rank. A préétabli or a declaration may announce nobody; a complementary one has one E02.
_FOLLOWERS = {
    "A": ((1,), (2, 3), (2, 3), ()),
    "B": ((1,), (2, 3), (2, 3), (4,), (4, 5), (6,), ()),
    "E": ((1,), (2,), (3,), (4,), (4, 5), (6,), ()),
}


def _lookup(parts: dict[str, int]) -> NDArray[np.uint8]:
    table = np.full(256, _NOT_A_PART, dtype=np.uint8)
    for character, value in parts.items():
        table[ord(character)] = value
    return table


_LETTERS = _lookup({"A": 0, "B": RANKS, "E": 2 * RANKS})
_ZERO = _lookup({"0": 0})
_RANK = _lookup({str(rank): rank for rank in range(RANKS)})
_TYPES = np.full(256, UNKNOWN_TYPE, dtype=np.uint8)
_TYPES[: len(CODES)] = [number if code else UNKNOWN_TYPE for number, code in enumerate(CODES)]


def _transitions() -> NDArray[np.bool_]:
    """Whether a type (second axis) may follow another (first axis). Next to an unknown type nothing can be said."""
    allowed = np.zeros((BEFORE_START + 1, BEFORE_START + 1), dtype=np.bool_)
    allowed[UNKNOWN_TYPE, :] = allowed[:, UNKNOWN_TYPE] = True
    for family, followers in enumerate(_FOLLOWERS.values()):
        first = family * RANKS
        allowed[BEFORE_START, first] = True
        for rank, following in enumerate(followers):
            allowed[first + rank, [first + follower for follower in following]] = True
    return allowed


_ALLOWED = _transitions()
_LAST = np.zeros(BEFORE_START + 1, dtype=np.bool_)
_LAST[[CODES.index("A03"), CODES.index("B06"), CODES.index("E06"), UNKNOWN_TYPE]] = True


def types_of(chunk: Chunk) -> Types:
    """The number of each record's type, ``UNKNOWN_TYPE`` when there is no such type."""
    rows = chunk.rows
    types: Types = _TYPES[_LETTERS[rows[:, 0]] + _ZERO[rows[:, 1]] + _RANK[rows[:, 2]]]
    return types


def check_order(chunk: Chunk, table: FileTable, remarks: Remarks) -> tuple[Chunk, Types]:
    """Check the sequence; the records that belong to the first declaration of their file, with their types."""
    types = types_of(chunk)
    _find_second_header(chunk, types, table, remarks)
    kept = chunk.line < table.cut_at[chunk.file]
    if not kept.all():
        chunk, types = chunk.only(kept), types[kept]
    if not len(types):
        return chunk, types
    table.incomplete[chunk.file[~chunk.sound]] = True
    _find_family(chunk, types, table)
    types = _check_types(chunk, types, table, remarks)
    _check_sequence(chunk, types, table, remarks)
    return chunk, types


def _find_second_header(chunk: Chunk, types: Types, table: FileTable, remarks: Remarks) -> None:
    """Say where a second declaration starts, if any; what follows is not read."""
    at = np.flatnonzero((types % RANKS == 0) & (types < UNKNOWN_TYPE))
    file = chunk.file[at]
    begun = table.started[file]
    table.started[file] = True
    again = at[(begun | ~firsts(file)) & (table.cut_at[file] > chunk.line[at])]
    if not len(again):
        return
    again = again[firsts(chunk.file[again])]
    table.cut_at[chunk.file[again]] = chunk.line[again]
    message = "Une seconde déclaration commence ici : déposez un fichier par déclaration."
    remarks.add(rules.DOUBLED, chunk.file[again], chunk.line[again], 1, message)


def _find_family(chunk: Chunk, types: Types, table: FileTable) -> None:
    """Give each file the family of its first known record."""
    at = np.flatnonzero((table.family[chunk.file] == NO_FAMILY) & (types < UNKNOWN_TYPE))
    at = at[firsts(chunk.file[at])]
    table.family[chunk.file[at]] = types[at] // RANKS


def _check_types(chunk: Chunk, types: Types, table: FileTable, remarks: Remarks) -> Types:
    """Types that do not exist, or not in this family, become unknown ones."""
    stray = (types // RANKS != table.family[chunk.file]) | (types == UNKNOWN_TYPE)
    if not stray.any():
        return types
    table.incomplete[chunk.file[stray]] = True
    at = np.flatnonzero(stray & chunk.sound)
    message = "Type d'enregistrement inconnu, ou d'une autre sorte de fichier."
    remarks.add(rules.TYPE, chunk.file[at], chunk.line[at], 1, message)
    return np.where(stray, np.uint8(UNKNOWN_TYPE), types)


def _check_sequence(chunk: Chunk, types: Types, table: FileTable, remarks: Remarks) -> None:
    file = chunk.file
    starts = np.flatnonzero(firsts(file))
    lasts = np.append(starts[1:], len(file)) - 1
    before = np.empty_like(types)
    before[1:] = types[:-1]
    before[starts] = table.previous[file[starts]]
    at = np.flatnonzero(~_ALLOWED[before, types])
    if len(at):
        remarks.add(
            rules.ORDER, file[at], chunk.line[at], 1, lambda place: _said(int(before[at[place]]), int(types[at[place]]))
        )
    table.previous[file[lasts]] = types[lasts]
    table.last_line[file[lasts]] = chunk.line[lasts]
    table.ends_sound[file[lasts]] = chunk.sound[lasts]


def _said(before: int, found: int) -> str:
    if before == BEFORE_START:
        return f"Le fichier commence par {CODES[found]} : l'en-tête {CODES[found][0]}00 manque."
    first = before - before % RANKS
    following = _FOLLOWERS[CODES[before][0]][before % RANKS]
    expected = " ou ".join(CODES[first + rank] for rank in following) or "la fin du fichier"
    return f"{CODES[found]} suit {CODES[before]} : {expected} est attendu ici."


def check_ends(table: FileTable, remarks: Remarks) -> None:
    """Say which files stop before their last record (a line cut in the middle has been said already)."""
    short = ~_LAST[table.previous] & table.ends_sound & (table.last_line > 0) & (table.cut_at == ENDLESS)
    at = np.flatnonzero(short)

    def say(place: int) -> str:
        return (
            f"Le fichier s'arrête après un enregistrement {CODES[int(table.previous[at[place]])]} : il est incomplet."
        )

    remarks.add(rules.END, at, table.last_line[at], 1, say)
