"""The CNSS files of a basin for a month: declarations, complementary declarations, some préétablis, some corrections.

A corrected month has its two declarations in `depot-1` and `depot-2`, under the same name: files are deposited in the
order of their paths, so the later one supersedes the earlier one.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import Declaration, Employer, Entrants, Family, Insured, full_names, write_many
from minassa.nation.calibration import calibration
from minassa.nation.declaring import ANNOUNCED, ENTRANT, FORGOTTEN, LEFT, DeclaredMonth
from minassa.nation.firms import filiere_of
from minassa.nation.staff import Staff
from minassa.nation.streams import chance, stream
from minassa.nation.titles import NOTICE, company, town
from minassa.vocabulary.periods import format_month, month_number, year_of

_WRONG_LINES = 2_000
_DUE_DAY = 10


class CnssFiles:
    """Writes the CNSS files of a basin, month after month."""

    def __init__(self, staff: Staff, folder: Path, seed: int, basin: int) -> None:
        """Prepare what does not change from month to month."""
        self._staff, self._folder = staff, folder
        self._rng = stream(seed, "corrections", basin)
        self._name = full_names(staff.family, staff.given)[staff.person]
        self._cin = staff.cin[staff.person]
        self._children = staff.people["children"][staff.person].astype(np.int64)
        firms = staff.market.firms
        self._company = [company(int(rank), int(code)) for rank, code in zip(firms.rank, firms.filiere, strict=True)]
        self._place = [town(int(code)) for code in firms.place]
        self._activity = [f"FILIERE {filiere_of(int(code))}" for code in firms.filiere]
        self.corrected: list[tuple[int, int]] = []
        """Firm and month of each declaration that was filed twice."""

    def write(self, month: int, declared: DeclaredMonth) -> None:
        """Write every file of a month."""
        index = self._staff.market.first_month + month
        insured = _by_firm(self._staff, np.flatnonzero(declared.record == ANNOUNCED))
        entrants = self._entrants(declared, ENTRANT)
        late = self._entrants(declared, FORGOTTEN)
        busy = [firm for firm, rows in enumerate(insured) if len(rows) or len(entrants[firm]) or len(late[firm])]
        firms = self._staff.market.firms
        wrong = chance(self._rng, len(firms), calibration().correction_rate.value)
        busy = [firm for firm in busy if month < firms.silent_from[firm]]
        announced = firms.announced
        files: list[tuple[str, Declaration]] = []
        for firm in busy:
            right = self._principal(firm, index, declared, insured[firm], entrants[firm])
            if wrong[firm] and len(insured[firm]):
                self.corrected.append((firm, month))
                files += [("depot-1", self._mistaken(right)), ("depot-2", right)]
            else:
                files.append(("", right))
        for firm in busy:
            if len(late[firm]):
                files.append(("", self._complementary(firm, index, declared, late[firm])))
        for firm in busy:
            if announced[firm] and len(insured[firm]):
                files.append(("", self._preetabli(firm, index, insured[firm])))
        self._save(index, files)

    def _save(self, index: int, files: list[tuple[str, Declaration]]) -> None:
        folder = self._folder / format_month(index)
        for below in {below for below, _ in files}:
            (folder / below).mkdir(parents=True, exist_ok=True)
        written = write_many([declaration for _, declaration in files])
        for (below, declaration), content in zip(files, written, strict=True):
            (folder / below / declaration.file_name).write_bytes(content)

    def _entrants(self, declared: DeclaredMonth, record: int) -> list[NDArray[np.int64]]:
        """Return the links of a record by firm, by ascending number: those without number yet come first."""
        rows = np.flatnonzero(declared.record == record)
        order = np.lexsort((rows, declared.number[rows], self._staff.firm[rows]))
        return _by_firm(self._staff, rows[order])

    def _employer(self, firm: int, index: int) -> Employer:
        return Employer(
            affiliation=int(self._staff.market.firms.affiliation[firm]),
            company=self._company[firm],
            activity=self._activity[firm],
            address=NOTICE,
            city=self._place[firm],
            issued=_day(index, 20),
            due=_day(index + 1, _DUE_DAY),
        )

    def _transfer(self, firm: int, index: int) -> int:
        """Return the reference of the préétabli, made from the firm and the month."""
        return _period(index) * 10_000_000 + int(self._staff.market.firms.affiliation[firm])

    def _principal(
        self,
        firm: int,
        index: int,
        declared: DeclaredMonth,
        insured: NDArray[np.int64],
        entrants: NDArray[np.int64],
    ) -> Declaration:
        nothing = np.zeros(len(insured), np.int64)
        return Declaration(
            family=Family.PRINCIPAL,
            employer=self._employer(firm, index),
            period=_period(index),
            transfer=self._transfer(firm, index),
            insured=Insured(
                number=declared.number[insured],
                name=self._name[insured],
                children=self._children[insured],
                af_due=nothing,
                af_deduct=nothing,
                af_net=nothing,
                af_back=nothing,
                days=declared.days[insured],
                salary_real=declared.salary[insured],
                salary_capped=declared.capped[insured],
                situation=declared.situation[insured],
            ),
            entrants=self._entering(declared, entrants),
        )

    def _entering(self, declared: DeclaredMonth, rows: NDArray[np.int64]) -> Entrants:
        return Entrants(
            number=declared.number[rows],
            name=self._name[rows],
            cin=self._cin[rows],
            days=declared.days[rows],
            salary_real=declared.salary[rows],
            salary_capped=declared.capped[rows],
        )

    def _mistaken(self, right: Declaration) -> Declaration:
        """Return the declaration with part of the salaries a tenth too low: valid, and wrong."""
        insured = right.insured
        wrong = chance(self._rng, len(insured), _WRONG_LINES) & (insured.situation != LEFT)
        salary = np.where(wrong, insured.salary_real * 9 // 10, insured.salary_real)
        ceiling = calibration().ceiling.value * 100
        columns = {name: getattr(insured, name) for name in insured.__slots__}
        columns |= {"salary_real": salary, "salary_capped": np.minimum(salary, ceiling)}
        return Declaration(
            right.family, right.employer, right.period, right.transfer, Insured(**columns), right.entrants
        )

    def _complementary(self, firm: int, index: int, declared: DeclaredMonth, rows: NDArray[np.int64]) -> Declaration:
        return Declaration(
            family=Family.COMPLEMENTARY,
            employer=self._employer(firm, index),
            period=_period(index),
            transfer=self._transfer(firm, index),
            entrants=self._entering(declared, rows),
            complement=1,
        )

    def _preetabli(self, firm: int, index: int, rows: NDArray[np.int64]) -> Declaration:
        nothing = np.zeros(len(rows), np.int64)
        return Declaration(
            family=Family.PREETABLI,
            employer=self._employer(firm, index),
            period=_period(index),
            transfer=self._transfer(firm, index),
            insured=Insured(
                number=self._staff.link_number()[rows],
                name=self._name[rows],
                children=self._children[rows],
                **dict.fromkeys(_ALLOWANCES, nothing),
            ),
        )


_ALLOWANCES = ("af_due", "af_deduct", "af_net", "af_back", "days", "salary_real", "salary_capped", "situation")


def _by_firm(staff: Staff, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Cut links, sorted by firm, into those of each firm."""
    ends = np.searchsorted(staff.firm[rows], np.arange(1, len(staff.market.firms)))
    return np.split(rows, ends)


def _period(index: int) -> int:
    return year_of(index) * 100 + month_number(index)


def _day(index: int, day: int) -> int:
    return _period(index) * 100 + day
