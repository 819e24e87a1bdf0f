"""The truth about a basin, kept apart from what is deposited: irregularities, decoys, flows, spells, corrections.

Each file is written in parts, one for each basin; the country puts the parts together.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calendar_days import iso_days, iso_months
from minassa.nation.history import Flows, Moves, tell_flows, tell_moves
from minassa.nation.pay import Payroll
from minassa.nation.planting import PayPlans, YearPlans
from minassa.nation.sheets import Sheet, write_sheet
from minassa.nation.spells import Entry, Origin
from minassa.nation.staff import Staff
from minassa.nation.streams import BASIS

COLUMNS = ("kind", "affiliation", "person", "month", "other_affiliation", "planted", "note")
_FIRST_YEAR = 12
_ENTRIES = np.array(["initial", "new_post", "vacated_post", "ghost"])
_ORIGINS = np.array(["outside", "unrelated_firm", "related_firm", "same_firm", "second_job"])
_DECEMBER_LAST = 11


class Notes:
    """Rows of one file of truth, gathered piece by piece."""

    def __init__(self, staff: Staff) -> None:
        """Start without any row."""
        self._staff = staff
        self._pieces: list[dict[str, NDArray[np.generic]]] = []

    def add(
        self,
        kind: str,
        firm: NDArray[np.int64],
        person: NDArray[np.int64] | None,
        month: NDArray[np.int64],
        *,
        other: NDArray[np.int64] | None = None,
        planted: NDArray[np.bool_] | bool = False,
        note: NDArray[np.str_] | str = "",
    ) -> None:
        """Add one row for each firm given; `person` None speaks of the firm; `other` is another firm."""
        count = len(firm)
        if not count:
            return
        affiliation = self._staff.market.firms.affiliation
        number = np.full(count, "") if person is None else self._staff.number[person].astype("U9")
        index = month + self._staff.market.first_month
        self._pieces.append(
            {
                "kind": np.full(count, kind),
                "affiliation": affiliation[firm],
                "person": number,
                "month": iso_months(index, np.ones(count, np.bool_)),
                "other_affiliation": np.full(count, "") if other is None else affiliation[other].astype("U7"),
                "planted": np.broadcast_to(np.asarray(planted, np.int64), count),
                "note": np.broadcast_to(np.asarray(note), count),
            }
        )

    def write(self, path: Path) -> None:
        """Write the rows by kind, firm, month and person, without names of columns."""
        if not self._pieces:
            path.write_bytes(b"")
            return
        joined = {name: np.concatenate([piece[name] for piece in self._pieces]) for name in COLUMNS}
        order = np.lexsort(tuple(joined[name] for name in ("person", "month", "affiliation", "kind")))
        write_sheet(path, {name: column[order] for name, column in joined.items()}, header=False)


def note_hires(staff: Staff, notes: Notes, decoys: Notes) -> Moves:
    """Note transfers, returns, replacements and ghosts; as decoys, honest changes of job, second jobs, half time."""
    spells, moves = staff.spells, tell_moves(staff.market)
    person, firm, start = (spells[name].astype(np.int64) for name in ("person", "firm", "start"))
    for kind, before, origin in (
        ("transfer", moves.related, Origin.RELATED_FIRM),
        ("rehire", moves.same, Origin.SAME_FIRM),
    ):
        rows = np.flatnonzero((before >= 0) & (start >= 0))
        out = start[rows] - spells["end"][before[rows]] - 1
        notes.add(
            kind,
            firm[rows],
            person[rows],
            start[rows],
            other=firm[before[rows]],
            planted=spells["planted"][rows] & (spells["origin"][rows] == origin),
            note=np.strings.add(np.maximum(out, 0).astype("U3"), " mois hors de l'entreprise"),
        )
    _note_replacements(staff, notes)
    rows = np.flatnonzero(spells["entry"] == Entry.GHOST)
    notes.add("ghost", firm[rows], person[rows], start[rows], planted=True, note=_until(staff, rows))
    honest = (spells["origin"] == Origin.UNRELATED_FIRM) & ~moves.moved
    for kind, chosen in (
        ("job_changer", honest),
        ("second_job", spells["origin"] == Origin.SECOND_JOB),
        ("part_time", spells["part_time"]),
    ):
        rows = np.flatnonzero(chosen)
        decoys.add(kind, firm[rows], person[rows], np.maximum(start[rows], 0))
    return moves


def _note_replacements(staff: Staff, notes: Notes) -> None:
    spells = staff.spells
    rows = np.flatnonzero((spells["entry"] == Entry.VACATED_POST) & (spells["before"] >= 0))
    before = spells["before"][rows]
    leaver = staff.number[spells["person"][before]].astype("U9")
    left = iso_months(spells["end"][before] + staff.market.first_month, np.ones(len(rows), np.bool_))
    firm = spells["firm"][rows].astype(np.int64)
    notes.add(
        "replacement",
        firm,
        spells["person"][rows].astype(np.int64),
        spells["start"][rows].astype(np.int64),
        other=firm,
        planted=spells["planted"][rows] & (spells["origin"][rows] != Origin.SAME_FIRM),
        note=np.strings.add(np.strings.add(np.strings.add("remplace ", leaver), ", parti en "), left),
    )


def _until(staff: Staff, rows: NDArray[np.int64]) -> NDArray[np.str_]:
    end = np.minimum(staff.spells["end"][rows].astype(np.int64), staff.market.months - 1)
    return np.strings.add("jusqu'en ", iso_months(end + staff.market.first_month, np.ones(len(rows), np.bool_)))


def note_pay(staff: Staff, plans: PayPlans, payroll: Payroll, notes: Notes, decoys: Notes) -> None:
    """Note pay raised for the reference; as decoys, genuine raises, bonuses of the first year, thirteenth months."""
    spells, firms = staff.spells, staff.market.firms
    person, firm, start = (spells[name].astype(np.int64) for name in ("person", "firm", "start"))
    rows = np.flatnonzero(plans.planted)
    percent = (plans.rate[rows] - BASIS) // 100
    text = np.strings.add(np.strings.add("paie relevée de ", percent.astype("U3")), " % puis ramenée")
    notes.add("raised_reference", firm[rows], person[rows], start[rows], planted=True, note=text)
    stay = np.minimum(spells["end"].astype(np.int64), staff.market.months - 1)
    rows = np.flatnonzero(~plans.planted & (plans.rate > BASIS) & (stay >= start + plans.since))
    decoys.add("genuine_raise", firm[rows], person[rows], (start + plans.since)[rows])
    month = payroll.bonus_month[firm]
    due = start + (month - 1 - (staff.market.first_month + start) % _FIRST_YEAR) % _FIRST_YEAR
    paid = (month > 0) & (start >= 0) & (due - start >= 2) & (due <= stay) & (spells["entry"] != Entry.GHOST)  # noqa: PLR2004
    rows = np.flatnonzero(paid)
    decoys.add("seasonal_bonus", firm[rows], person[rows], due[rows])
    first = (_DECEMBER_LAST - staff.market.first_month) % _FIRST_YEAR
    for december in range(first, staff.market.months, _FIRST_YEAR):
        paying = np.flatnonzero(firms.thirteenth & (firms.opens <= december) & (firms.closes >= december))
        decoys.add("thirteenth_month", paying, None, np.full(len(paying), december))


def note_absences(staff: Staff, payroll: Payroll, decoys: Notes) -> None:
    """Note maternity leaves as decoys."""
    for month, rows in payroll.absences.maternities:
        firm, person = (staff.spells[name][rows].astype(np.int64) for name in ("firm", "person"))
        decoys.add("maternity", firm, person, np.full(len(rows), month))


def note_year(
    staff: Staff, plans: YearPlans, cut: NDArray[np.int64], taxed: NDArray[np.bool_], month: int, notes: Notes
) -> None:
    """Note the differences of a year at its last month.

    `cut` counts the months cut for each link; `taxed` tells the links in a tax statement filed for the year.
    """

    def note(kind: str, rows: NDArray[np.int64], text: NDArray[np.str_] | str) -> None:
        when = np.full(len(rows), month)
        notes.add(kind, staff.firm[rows], staff.person[rows], when, planted=True, note=text)

    short = np.flatnonzero(cut > 0)
    salary = np.where(plans.salary_cut, ", salaire réduit", ", salaire entier")
    days = np.strings.add(plans.days_cut.astype("U2"), " jours de moins, ")
    text = np.strings.add(np.strings.add(days, np.strings.add(cut.astype("U2"), " mois")), salary)
    note("underdeclared_days", short, text[short])
    short = np.flatnonzero((cut > 0) & taxed)
    both = np.where(plans.salary_cut, "jours et revenu, suite de jours omis", "jours, suite de jours omis")
    note("disagreement", short, both[short])
    note("disagreement", np.flatnonzero((plans.income != BASIS) & taxed), "revenu")
    note("disagreement", np.flatnonzero((plans.days != 0) & taxed), "jours")
    note("disagreement", np.flatnonzero((plans.dependants > 0) & taxed), "personnes à charge")


def write_flows(staff: Staff, moves: Moves, path: Path) -> Flows:
    """Write the flows of each firm, for the months in which it has staff or declares somebody."""
    flows, firms = tell_flows(staff.market, moves), staff.market.firms
    alive = (flows.headcount + flows.hires + flows.exits + flows.ghosts) > 0
    firm, month = np.nonzero(alive)
    counts = {
        "headcount": flows.headcount,
        "hires": flows.hires,
        "exits": flows.exits,
        "true_new_jobs": flows.new_jobs,
        "replacements": flows.replacements,
        "transfers": flows.transfers,
        "rehires": flows.rehires,
        "closed_posts": flows.closed_posts,
        "ghosts": flows.ghosts,
    }
    columns: Sheet = {
        "affiliation": firms.affiliation[firm],
        "month": iso_months(month + staff.market.first_month, np.ones(len(month), np.bool_)),
    }
    write_sheet(path, columns | {name: count[firm, month] for name, count in counts.items()}, header=False)
    return flows


def write_spells(staff: Staff, path: Path) -> None:
    """Write every spell: who, where, from when to when, how it began, in which post."""
    spells, market = staff.spells, staff.market
    rows = np.lexsort((spells["start"], staff.link_of))
    start, end = (spells[name][rows].astype(np.int64) + market.first_month for name in ("start", "end"))
    first_day, last_day = (spells[name][rows].astype(np.int64) for name in ("start_day", "end_day"))
    left = spells["end"][rows] < market.months
    write_sheet(
        path,
        {
            "affiliation": market.firms.affiliation[spells["firm"][rows]],
            "person": staff.number[spells["person"][rows]],
            "cin": staff.cin[spells["person"][rows]],
            "hired_on": iso_days(start, first_day, np.ones(len(rows), np.bool_)),
            "left_on": iso_days(end, last_day, left),
            "entry": _ENTRIES[spells["entry"][rows]],
            "origin": _ORIGINS[spells["origin"][rows]],
            "planted": spells["planted"][rows],
            "post": spells["seat"][rows],
        },
        header=False,
    )
