"""Sound declarations drawn at random, for tests of what must always hold."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from minassa.declarations.ebds import Declaration, Employer, Entrants, Family, Insured
from minassa.vocabulary.identifiers import affiliations_with_key, immatriculations_with_key

CEILING = 600_000
FULL_PAY = 350_000
ORDINARY, LEFT, SICK, UNPAID = 0, 1, 4, 6
COMPANIES = ["SOCIETE FICTIVE", "EXEMPLE ET FICTIF SARL", "F"]


@st.composite
def declarations(draw: st.DrawFn, families: tuple[Family, ...] = tuple(Family)) -> Declaration:
    """A declaration that breaks no rule by itself, of at most some tens of persons."""
    family = draw(st.sampled_from(families))
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    late = family is Family.COMPLEMENTARY
    firm = affiliations_with_key(np.array([990_000 + draw(st.integers(0, 999))]))
    return Declaration(
        family=family,
        employer=Employer(int(firm[0]), draw(st.sampled_from(COMPANIES)), city="FES", issued=20251101, due=20251110),
        period=202510,
        transfer=draw(st.integers(1, 10**14 - 1)),
        insured=Insured() if late else drawn_insured(dice, draw(st.integers(0, 12)), family),
        entrants=Entrants() if family is Family.PREETABLI else drawn_entrants(dice, draw(st.integers(0, 3))),
        complement=draw(st.integers(1, 9)) if late else 0,
    )


def drawn_insured(dice: np.random.Generator, size: int, family: Family) -> Insured:
    due = dice.integers(0, 100_000, size)
    deduct = dice.integers(0, due + 1)
    situation = dice.choice([ORDINARY, LEFT, SICK, UNPAID], size)
    paid = np.isin(situation, [ORDINARY, SICK])
    real = np.where(paid, dice.integers(FULL_PAY, 5 * FULL_PAY, size), 0)
    nothing = np.zeros(size, dtype=np.int64)
    announced = family is Family.PREETABLI
    return Insured(
        number=distinct_numbers(dice, size, 19_900_000),
        name=dice.choice(np.array([b"FICTIF", b"BEN EXEMPLE".ljust(30) + b"SALMA"]), size),
        children=dice.integers(0, 7, size),
        af_due=due,
        af_deduct=deduct,
        af_net=due - deduct,
        af_back=nothing if announced else np.where(situation == LEFT, due - deduct, 0),
        days=nothing if announced else np.where(paid, dice.integers(1, 27, size), 0),
        salary_real=nothing if announced else real,
        salary_capped=nothing if announced else np.minimum(real, CEILING),
        situation=nothing if announced else situation,
    )


def drawn_entrants(dice: np.random.Generator, size: int) -> Entrants:
    real = dice.integers(FULL_PAY, 5 * FULL_PAY, size)
    return Entrants(
        number=np.where(dice.random(size) < 1 / 2, 0, distinct_numbers(dice, size, 19_950_000)),
        name=np.full(size, b"FICTIF"),
        cin=np.array([f"QZ{rank:06d}".encode() for rank in range(size)], dtype="S8"),
        days=dice.integers(1, 27, size),
        salary_real=real,
        salary_capped=np.minimum(real, CEILING),
    )


def distinct_numbers(dice: np.random.Generator, size: int, first: int) -> NDArray[np.int64]:
    return immatriculations_with_key(np.sort(dice.choice(40_000, size, replace=False)) + first)
