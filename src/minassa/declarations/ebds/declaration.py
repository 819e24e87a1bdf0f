"""An e-BDS file as typed columns: what a payroll program knows before it writes one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.names import file_name
from minassa.declarations.ebds.table import COMPLEMENTARY, PREETABLI, PRINCIPAL

Texts = NDArray[np.bytes_]


class Family(Enum):
    """The three files of the exchange."""

    PREETABLI = PREETABLI
    PRINCIPAL = PRINCIPAL
    COMPLEMENTARY = COMPLEMENTARY

    @property
    def letter(self) -> str:
        """First letter of its record types."""
        return "ABE"[self.value]


@dataclass(frozen=True, slots=True)
class Employer:
    """The header of a file (x01): who declares, and when the return is due. Texts are cut to their field.

    ``issued`` and ``due`` are AAAAMMJJ, 0 when unknown.
    """

    affiliation: int
    company: str
    activity: str = ""
    address: str = ""
    city: str = ""
    postcode: str = ""
    agency: str = ""
    issued: int = 0
    due: int = 0


def _no_numbers() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


def _no_texts() -> Texts:
    return np.zeros(0, dtype="S1")


@dataclass(frozen=True, slots=True)
class Insured:
    """Persons of the préétabli, one per row: whole numbers as int64, amounts in centimes, texts as bytes.

    ``name`` is up to 60 bytes: family name padded to 30, then given name. In a préétabli only the columns up to
    ``af_net`` are written. ``situation`` is the rank of the code.
    """

    number: NDArray[np.int64] = field(default_factory=_no_numbers)
    name: Texts = field(default_factory=_no_texts)
    children: NDArray[np.int64] = field(default_factory=_no_numbers)
    af_due: NDArray[np.int64] = field(default_factory=_no_numbers)
    af_deduct: NDArray[np.int64] = field(default_factory=_no_numbers)
    af_net: NDArray[np.int64] = field(default_factory=_no_numbers)
    af_back: NDArray[np.int64] = field(default_factory=_no_numbers)
    days: NDArray[np.int64] = field(default_factory=_no_numbers)
    salary_real: NDArray[np.int64] = field(default_factory=_no_numbers)
    salary_capped: NDArray[np.int64] = field(default_factory=_no_numbers)
    situation: NDArray[np.int64] = field(default_factory=_no_numbers)

    def __len__(self) -> int:
        return len(self.number)


@dataclass(frozen=True, slots=True)
class Entrants:
    """Persons who are not in the préétabli, one per row. ``number`` 0: not immatriculated yet, ``cin`` is then needed.

    Without any row the file gets the placeholder that the layout asks for.
    """

    number: NDArray[np.int64] = field(default_factory=_no_numbers)
    name: Texts = field(default_factory=_no_texts)
    cin: Texts = field(default_factory=_no_texts)
    days: NDArray[np.int64] = field(default_factory=_no_numbers)
    salary_real: NDArray[np.int64] = field(default_factory=_no_numbers)
    salary_capped: NDArray[np.int64] = field(default_factory=_no_numbers)

    def __len__(self) -> int:
        return len(self.number)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One e-BDS file. Totals and check sums are not kept: writing makes them.

    ``period`` is AAAAMM; ``complement`` is 1 to 9 for a complementary declaration, which holds entrants only, and
    0 otherwise.
    """

    family: Family
    employer: Employer
    period: int
    transfer: int
    insured: Insured = field(default_factory=Insured)
    entrants: Entrants = field(default_factory=Entrants)
    complement: int = 0

    @property
    def file_name(self) -> str:
        """The name of the file by the convention of payroll programs (period AAAAMM)."""
        return file_name(self.family.value, self.employer.affiliation, self.period, self.complement)


def full_names(family_names: Texts, given_names: Texts) -> Texts:
    """Names as the file holds them: family name in 30 columns, given name in the next 30; longer ones are cut."""
    family = np.strings.ljust(family_names.astype("S30"), 30, b" ")
    return np.strings.add(family, given_names.astype("S30"))
