"""An e-BDS writer of its own for the tests: absolute columns typed from the specification, no code shared.

Everything is invented; numbers lie in the synthetic ranges with valid keys.
"""

from __future__ import annotations

from collections.abc import Callable

AFFILIATION = "9900178"
PERIOD = "202510"
TRANSFER = "25100000077701"
LENGTH = 260

Lines = list[bytes]
Person = tuple[str, str, str, str, str]
Insured = tuple[Person, str, str, str, str, str]
Entrant = tuple[str, str, str, str, str, str, str]

# (number, family name, given name, children, AF due/deduct/net as 18 digits), back, days, real, capped, situation
INSURED: list[Insured] = [
    (("199001001", "FICTIVAL", "ZINEB", "02", "060000000000060000"), "000000", "26", "480000", "480000", "  "),
    (("199001019", "BEN EXEMPLE", "KARIM", "00", "000000000000000000"), "000000", "26", "1234567", "600000", "  "),
    (("199001027", "EXEMPLOUI", "ANAS", "01", "030000000000030000"), "000000", "12", "230000", "230000", "IL"),
    (("199001035", "FICTIVI", "LOUBNA", "01", "030000010000020000"), "020000", "00", "0", "0", "SO"),
]
ENTRANTS: list[Entrant] = [("199001043", "EXEMPLAR", "RIM", "QZ700123", "15", "241000", "241000")]
LATE_ENTRANTS: list[Entrant] = [("000000000", "FICTANE", "WALID", "QZ70012", "10", "160000", "160000")]

RANKS = {"  ": 0, "SO": 1, "DE": 2, "IT": 3, "IL": 4, "AT": 5, "CS": 6, "MS": 7, "MP": 8}

# First and last column (from 1) of the fields that are added up, in a person's record and in its totals.
ANNOUNCED_FIELDS = ((86, 87), (88, 93), (94, 99), (100, 105), (17, 25))
ANNOUNCED_TOTALS = ((23, 28), (29, 40), (41, 52), (53, 64), (65, 79))
INSURED_FIELDS = (*ANNOUNCED_FIELDS, (106, 111), (112, 113), (114, 126), (127, 135), (138, 156))
INSURED_TOTALS = (*ANNOUNCED_TOTALS, (80, 91), (92, 97), (98, 112), (113, 125), (126, 144))
ENTRANT_FIELDS = ((17, 25), (94, 95), (96, 108), (109, 117), (118, 136))
ENTRANT_TOTALS = ((23, 37), (38, 43), (44, 58), (59, 71), (72, 90))
# Where the entrant totals stand among those of the insured: number, days, real, capped, check sum.
SHARED = (4, 6, 7, 8, 9)


def record(code: str, *placed: tuple[int, str]) -> bytes:
    """A record of 260 spaces with texts at given first columns."""
    line = bytearray(b" " * LENGTH)
    for column, text in ((1, code), *placed):
        line[column - 1 : column - 1 + len(text)] = text.encode("latin-1")
    assert len(line) == LENGTH
    return bytes(line)


def put(line: bytes, column: int, text: str | bytes) -> bytes:
    """The line with a text written over it, from a column counted from 1."""
    written = text.encode("latin-1") if isinstance(text, str) else text
    return line[: column - 1] + written + line[column - 1 + len(written) :]


def number(line: bytes, place: tuple[int, int]) -> int:
    """A field as a number; spaces count as 0."""
    first, last = place
    return int(line[first - 1 : last].strip() or b"0")


def write_number(line: bytes, place: tuple[int, int], value: int) -> bytes:
    first, last = place
    return put(line, first, f"{value:0{last - first + 1}d}")


def header(letter: str, category: str) -> Lines:
    return [
        record(f"{letter}00", (4, TRANSFER), (18, category)),
        record(
            f"{letter}01",
            (4, AFFILIATION + PERIOD),
            (17, "SOCIETE FICTIVE DE DEMONSTRATION"),
            (57, "CENTRE D APPELS"),
            (97, "4 AVENUE DE LA FICTION"),
            (217, "FES"),
            (237, "30000"),
            (243, "07"),
            (245, "20251101"),
            (253, "20251110"),
        ),
    ]


def person(code: str, who: Person) -> bytes:
    number_, family, given, children, allowances = who
    return record(
        code, (4, AFFILIATION + PERIOD), (17, number_), (26, family), (56, given), (86, children), (88, allowances)
    )


def insured(letter: str, whole: Insured) -> bytes:
    who, back, days, real, capped, situation = whole
    line = put(person(f"{letter}02", who), 106, f"{back}{days}{real:0>13}{capped:0>9}{situation}")
    return checked(write_number(line, (138, 156), 0))


def entrant(letter: str, who: Entrant) -> bytes:
    number_, family, given, cin, days, real, capped = who
    line = record(f"{letter}04", (4, AFFILIATION + PERIOD), (17, number_), (26, family), (56, given), (86, cin))
    return checked(put(line, 94, f"{days}{real:0>13}{capped:0>9}{0:019d}"))


def checked(line: bytes) -> bytes:
    """The line of a person with its check sum made right."""
    if line[2:3] == b"2":
        rank = RANKS.get(line[135:137].decode("latin-1"), 0)
        amounts = [number(line, part) for part in ((17, 25), (106, 111), (112, 113), (114, 126), (127, 135))]
        return write_number(line, (138, 156), sum(amounts) + rank)
    amounts = [number(line, part) for part in ((17, 25), (94, 95), (96, 108), (109, 117))]
    return write_number(line, (118, 136), sum(amounts))


def totals(code: str, people: Lines, fields: tuple[tuple[int, int], ...], places: tuple[tuple[int, int], ...]) -> bytes:
    named = [line for line in people if line[16:25].strip()]
    line = record(code, (4, AFFILIATION + PERIOD), (17, f"{len(named):06d}"))
    for field, place in zip(fields, places, strict=True):
        line = write_number(line, place, sum(number(one, field) for one in people))
    return line


def grand(code: str, first: bytes, second: bytes) -> bytes:
    """B06 from B03 and B05, as they are written."""
    line = record(code, (4, AFFILIATION + PERIOD))
    line = write_number(line, (17, 22), number(first, (17, 22)) + number(second, (17, 22)))
    for rank, place in zip(SHARED, ENTRANT_TOTALS, strict=True):
        line = write_number(line, place, number(first, INSURED_TOTALS[rank]) + number(second, place))
    return line


def preetabli(people: list[Insured] | None = None) -> Lines:
    lines = [person("A02", whole[0]) for whole in (INSURED if people is None else people)]
    return [*header("A", "A0"), *lines, totals("A03", lines, ANNOUNCED_FIELDS, ANNOUNCED_TOTALS)]


def principal(people: list[Insured] | None = None, entrants: list[Entrant] | None = None) -> Lines:
    """B00, B01, four B02 (lines 3 to 6), B03 (7), one B04 (8), B05 (9), B06 (10), unless told otherwise."""
    known = [insured("B", whole) for whole in (INSURED if people is None else people)]
    new = [entrant("B", whole) for whole in (ENTRANTS if entrants is None else entrants)]
    return closed("B", header("B", "B0"), known, new or [placeholder("B")])


def complementary(entrants: list[Entrant] | None = None, rank: int = 1) -> Lines:
    """E00, E01, empty E02 (line 3), E03 (4), one E04 (5), E05 (6), E06 (7), unless told otherwise."""
    new = [entrant("E", whole) for whole in (LATE_ENTRANTS if entrants is None else entrants)]
    return closed("E", header("E", f"E{rank}"), [empty_insured()], new)


def closed(letter: str, head: Lines, known: Lines, new: Lines) -> Lines:
    first = totals(f"{letter}03", known, INSURED_FIELDS, INSURED_TOTALS)
    second = totals(f"{letter}05", new, ENTRANT_FIELDS, ENTRANT_TOTALS)
    return [*head, *known, first, *new, second, grand(f"{letter}06", first, second)]


def placeholder(letter: str) -> bytes:
    return record(f"{letter}04", (4, AFFILIATION + PERIOD), (94, "0" * 43))


def empty_insured() -> bytes:
    return record("E02", (4, AFFILIATION + PERIOD), (86, "0" * 50), (138, "0" * 19))


def retotalled(lines: Lines) -> Lines:
    """The lines with every check sum and total made right again, whatever was changed in the persons' lines."""
    letter = lines[0][:1].decode()
    known = [checked(line) if letter == "B" else line for line in lines if line[1:3] == b"02"]
    if letter == "A":
        return [*lines[:2], *known, totals("A03", known, ANNOUNCED_FIELDS, ANNOUNCED_TOTALS)]
    return closed(letter, lines[:2], known, [checked(line) for line in lines if line[1:3] == b"04"])


def changed(lines: Lines, line: int, change: Callable[[bytes], bytes], *, again: bool = True) -> Lines:
    """The lines with one (from 1) changed; with ``again``, sums are then made right."""
    new = [change(text) if rank == line else text for rank, text in enumerate(lines, start=1)]
    return retotalled(new) if again else new


def written(lines: Lines, line: int, column: int, text: str | bytes, *, again: bool = True) -> Lines:
    """The lines with a text written over one of them."""
    return changed(lines, line, lambda old: put(old, column, text), again=again)


def joined(lines: Lines, line_end: bytes = b"\n") -> bytes:
    return b"".join(line + line_end for line in lines)
