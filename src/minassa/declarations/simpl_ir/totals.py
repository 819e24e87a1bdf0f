"""The counts and totals of a statement, against what its lists hold."""

from __future__ import annotations

from collections import Counter

from minassa.declarations.findings import Severity
from minassa.declarations.simpl_ir.header import Header
from minassa.declarations.simpl_ir.layout import (
    ALL_PAID,
    COUNTS,
    DOCTORAL,
    EXEMPT,
    HEADCOUNT,
    OCCASIONAL,
    PAID_TO,
    PERMANENT,
    SALARY_INCOME,
    SAVINGS,
    SHARES,
    SUMS,
    TOP_UP,
    TRAINEE,
    Section,
)
from minassa.declarations.simpl_ir.people import Sums
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.vocabulary.money import format_dirhams

_AFFILIATION_DIGITS = 7
_TOTAL_DIGITS = 15
_YEARS = range(2000, 2100)
_COMMUNE = r"^[0-9]{3}\.[0-9]{2}\.[0-9]{2}$"


class Books:
    """What the lists add up to, batch after batch."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self._counts: Counter[str] = Counter()
        self._sums: Counter[tuple[str, str]] = Counter()
        self._unreadable: set[tuple[str, str]] = set()

    def add(self, section: Section, sums: Sums) -> None:
        """Add some members of a list."""
        self._counts[section.tag] += sums.members
        for tag, total in sums.totals.items():
            self._sums[section.tag, tag] += total
        self._unreadable |= {(section.tag, tag) for tag in sums.unreadable}

    def count(self, *sections: Section) -> int:
        """Members of these lists."""
        return sum(self._counts[section.tag] for section in sections)

    def total(self, section: Section, *tags: str) -> int | None:
        """Sum of these elements in a list, in centimes; None when a member's could not be read."""
        if any((section.tag, tag) in self._unreadable for tag in tags):
            return None
        return sum(self._sums[section.tag, tag] for tag in tags)


def check_totals(header: Header, books: Books, remarks: Remarks) -> bool:
    """Compare the counts and totals with the lists; whether those on which every payroll program agrees hold."""
    held = [_check_headcount(header, books, remarks)]
    for tag, section in COUNTS.items():
        admitted = {books.count(section)} | ({books.count(section, EXEMPT)} if section is PERMANENT else set())
        held.append(_equal("SIMPL-EFFECTIF", Severity.REJECT, tag, header, admitted, remarks))
    for tag, (section, element) in SUMS.items():
        total = books.total(section, element)
        held.append(total is None or _equal("SIMPL-TOTAL", Severity.REJECT, tag, header, {total}, remarks))
    paid = sum(header.totals.get(tag, 0) for tag in PAID_TO)
    held.append(_equal("SIMPL-TOTAL", Severity.REJECT, ALL_PAID, header, {paid}, remarks))
    for tag, admitted in _paid(books).items():
        _equal("SIMPL-VERSE", Severity.WARN, tag, header, admitted, remarks)
    return all(held)


def _check_headcount(header: Header, books: Books, remarks: Remarks) -> bool:
    """EffectifTotal counts permanents, occasionals and trainees; with or without the lists added in 2017."""
    least = books.count(PERMANENT, OCCASIONAL, TRAINEE)
    exempt, doctoral = books.count(EXEMPT), books.count(DOCTORAL)
    admitted = {least, least + exempt, least + doctoral, least + exempt + doctoral}
    return _equal("SIMPL-EFFECTIF", Severity.REJECT, HEADCOUNT, header, admitted, remarks)


def _paid(books: Books) -> dict[str, set[int]]:
    """The other totals: programs differ on what they hold, each of the ways seen is admitted; empty when unreadable."""
    permanent, occasional, trainee = PAID_TO
    wholly = ("mtBrutTraitementSalaire", "mtIndemnite", "mtAvantages")
    top_ups = [books.total(section, "mtAbondement") for section in (SHARES, SAVINGS)]
    ways = {
        permanent: [books.total(PERMANENT, *wholly[:1]), books.total(PERMANENT, *wholly)],
        occasional: [books.total(OCCASIONAL, "mtBrutSommes")],
        trainee: [
            books.total(TRAINEE, "mtBrutTraitementSalaire"),
            books.total(TRAINEE, "mtBrutTraitementSalaire", "mtBrutIndemnites"),
        ],
        TOP_UP: [*top_ups, sum(each or 0 for each in top_ups)],
    }
    if books.count(SAVINGS):
        ways[SALARY_INCOME] = [books.total(SAVINGS, "mtAnuuelRevenuSalarial")]
    return {tag: {each for each in ways[tag] if each is not None} for tag in ways if None not in ways[tag]}


def _equal(rule: str, severity: Severity, tag: str, header: Header, admitted: set[int], remarks: Remarks) -> bool:
    """Whether a count or total of the header is one of the values admitted; an absent one counts as 0."""
    if header.totals.get(tag, 0) in admitted:
        return True
    counted = rule == "SIMPL-EFFECTIF"
    given, found = (
        str(each) if counted else format_dirhams(each) for each in (header.totals.get(tag, 0), min(admitted))
    )
    message = f"{tag} vaut {given}, le fichier contient {found} : recalculez-le, ou cherchez les lignes manquantes."
    remarks.add(rule, severity, header.spot(tag), message)
    return False
