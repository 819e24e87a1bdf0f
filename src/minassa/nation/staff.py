"""The staff of a basin, once the labour process is over: links between people and firms, and what papers say of them.

A link is a person in a firm, however many spells they have there. Links are sorted by firm then CNSS number, the
order of the lines of a declaration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.columns import Columns
from minassa.nation.invented_numbers import cins, person_numbers, person_serials
from minassa.nation.market import Market
from minassa.nation.names import FAMILIES, GIVEN, family_ranks, given_ranks
from minassa.nation.plan import Basin


@dataclass(frozen=True)
class Staff:
    """People by rank (`number`, `cin`, `family`, `given`), links (`firm`, `person`), and how spells belong to them.

    `link_of` is the link of each spell, `first_spell` the first spell of each link,
    `rows[firm]:rows[firm + 1]` are the links of a firm. The CIN of foreigners is empty.
    """

    market: Market
    number: NDArray[np.int64]
    cin: NDArray[np.bytes_]
    family: NDArray[np.bytes_]
    given: NDArray[np.bytes_]
    firm: NDArray[np.int64]
    person: NDArray[np.int64]
    rows: NDArray[np.int64]
    link_of: NDArray[np.int64]
    first_spell: NDArray[np.int64]

    @property
    def spells(self) -> Columns:
        """Every spell, those planted in the declarations alone included."""
        return self.market.spells

    @property
    def people(self) -> Columns:
        """The people of the basin."""
        return self.market.people

    def link_number(self, links: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.int64]:
        """Return the CNSS number of the person of some links."""
        numbers: NDArray[np.int64] = self.number[self.person[links]]
        return numbers

    def of_firm(self, firm: int) -> slice:
        """Return the links of a firm."""
        return slice(int(self.rows[firm]), int(self.rows[firm + 1]))


def gather(market: Market, basin: Basin) -> Staff:
    """Return the staff of a basin after its last month."""
    serials = person_serials(basin.first_serial, basin.serials, np.arange(len(market.people)))
    number = person_numbers(serials)
    spells, people = market.spells, market.people
    code = spells["firm"].astype(np.int64) * len(people) + spells["person"]
    pairs, first, link_of = np.unique(code, return_index=True, return_inverse=True)
    firm, person = pairs // len(people), pairs % len(people)
    order = np.lexsort((number[person], firm))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    women = people["woman"].copy()
    return Staff(
        market=market,
        number=number,
        cin=np.where(people["nationality"] == 0, cins(serials), np.bytes_(b"")),
        family=np.array(FAMILIES, "S")[family_ranks(serials)],
        given=np.array(GIVEN, "S")[given_ranks(serials, women)],
        firm=firm[order],
        person=person[order],
        rows=np.searchsorted(firm[order], np.arange(len(market.firms) + 1)),
        link_of=place[link_of],
        first_spell=first[order],
    )
