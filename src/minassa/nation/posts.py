"""The posts of a basin: cells (a job in an establishment of a firm) and seats (one post of a cell)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration, jobs
from minassa.nation.columns import Columns
from minassa.nation.firms import Firms
from minassa.nation.streams import BASIS
from minassa.vocabulary.filieres import Filiere

REOPENED_WITHIN = 6
"""Months in which a firm that gave up a post may take it up again; later it opens a new one."""
_SECOND_WEIGHT = 0.55
_MIXED_FIRMS = 0.08
_MIXED_SHARE = 0.15


@dataclass(frozen=True)
class Cells:
    """Cells sorted by firm. `weight` is the share of the firm's new posts; `since` the month the place opens."""

    firm: NDArray[np.int64]
    establishment: NDArray[np.int64]
    job: NDArray[np.int64]
    weight: NDArray[np.float64]
    since: NDArray[np.int64]
    first: NDArray[np.int64]

    def draw(self, rng: np.random.Generator, firms: NDArray[np.int64], month: int) -> NDArray[np.int64]:
        """Return a cell for each wanted post, given the firm of each, among the places open in the month."""
        reached = np.concatenate(([0.0], np.cumsum(np.where(self.since <= month, self.weight, 0.0))))
        low, high = reached[self.first[firms]], reached[self.first[firms + 1]]
        drawn = low + rng.random(len(firms)) * (high - low)
        ranks = np.searchsorted(reached, drawn, side="right") - 1
        return np.asarray(np.clip(ranks, self.first[firms], self.first[firms + 1] - 1))


def make_cells(rng: np.random.Generator, firms: Firms) -> Cells:
    """Draw the mix of jobs of each firm: its filière, some support, now and then a second filière."""
    titles = jobs()
    filiere = np.array([job.filiere_code for job in titles])
    weight = np.array([float(job.weight) for job in titles])
    weight /= np.bincount(filiere, weights=weight, minlength=len(Filiere))[filiere]
    parts = [_cells_of(rng, firms, firm, filiere, weight) for firm in range(len(firms))]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    firm = columns[0].astype(np.int64)
    return Cells(
        firm=firm,
        establishment=columns[1].astype(np.int64),
        job=columns[2].astype(np.int64),
        weight=columns[3],
        since=columns[4].astype(np.int64),
        first=np.searchsorted(firm, np.arange(len(firms) + 1)),
    )


def _cells_of(
    rng: np.random.Generator, firms: Firms, firm: int, filiere: NDArray[np.int64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    """Return firm, establishment, job, weight and first month of the cells of a firm."""
    own, support = int(firms.filiere[firm]), calibration().support_share.value / BASIS
    share = np.where(filiere == own, 1.0 - support, np.where(filiere == Filiere.NONE, support, 0.0))
    if rng.random() < _MIXED_FIRMS:
        other = int(rng.choice([code for code in Filiere if code not in {Filiere.NONE, own}]))
        share = np.where(filiere == own, share - _MIXED_SHARE, np.where(filiere == other, _MIXED_SHARE, share))
    mix = weight * share * np.exp(rng.normal(0.0, 0.4, len(weight)))
    job = np.flatnonzero(mix > 0)
    places = [(1, 1.0, 0)]
    if firms.second_place[firm]:
        places.append((2, _SECOND_WEIGHT, int(firms.second_from[firm])))
    ones = np.ones(len(job))
    rows = [(ones * firm, ones * number, job, mix[job] * part, ones * since) for number, part, since in places]
    return tuple(np.concatenate(column) for column in zip(*rows, strict=True))


def no_seats() -> Columns:
    """Return the columns of seats, empty.

    `occupant` is a spell or -1; `last` the latest spell; `vacated` and `due` are months; `open` is false once the
    post is given up, and `given_up` true when it was given up by its firm after a departure (it may be taken up again);
    `planted`: vacated so that the next hire looks new.
    """
    return Columns(
        firm=np.int32,
        cell=np.int32,
        occupant=np.int32,
        last=np.int32,
        vacated=np.int16,
        due=np.int16,
        open=np.bool_,
        given_up=np.bool_,
        planted=np.bool_,
    )


def vacancies(seats: Columns, month: int) -> NDArray[np.int64]:
    """Return the vacant seats: those that wait, and those given up at most `REOPENED_WITHIN` months ago.

    A firm that hires again for a post it has just given up takes up that post: it creates none.
    """
    recent = seats["given_up"] & (month - seats["vacated"].astype(np.int64) <= REOPENED_WITHIN)
    return np.flatnonzero((seats["open"] | recent) & (seats["occupant"] < 0))


def match_vacancies(
    wanted: NDArray[np.int64], vacant: NDArray[np.int64], cells: NDArray[np.int64], since: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each wanted post (a cell) the vacant seat it takes, the oldest of its cell first, or -1.

    `vacant` are seats, `cells` and `since` the cell and the month of vacancy of each of them.
    """
    order = np.lexsort((vacant, since, cells))
    sorted_cells = cells[order]
    asked = np.argsort(wanted, kind="stable")
    first_asked = np.searchsorted(wanted[asked], wanted[asked], side="left")
    turn = np.arange(len(wanted)) - first_asked
    first = np.searchsorted(sorted_cells, wanted[asked], side="left")
    last = np.searchsorted(sorted_cells, wanted[asked], side="right")
    found = np.full(len(wanted), -1, np.int64)
    served = first + turn < last
    found[asked[served]] = vacant[order[(first + turn)[served]]]
    return found
