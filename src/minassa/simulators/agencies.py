"""The agencies and what they answer about a firm. Everything here is invented, and says so in the answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

SEED: Final = 20_260_101
EXAMINED: Final = frozenset({"task.opened", "task.reopened"})
"""Kinds of messages that ask for an answer; the others only tell."""
_IRREGULAR_IN: Final = 16
"""One firm in so many owes something to an agency that collects, or has not put its file in order with another."""
_LEAST_DEBT, _MOST_DEBT = 50_000, 9_000_000


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: how fast it answers (seconds, least and most), and whether it collects money that may be owed."""

    code: str
    least: float
    most: float
    collects: bool = False
    attests: str = ""
    """What its favourable answer certifies, as a key of the data of the answer."""
    complaint: str = ""
    """Why it answers against, where no debt is the reason."""


AGENCIES: Final[Mapping[str, Agency]] = {
    one.code: one
    for one in (
        Agency("cnss", 2, 6, collects=True, attests="social_regularity"),
        Agency("dgi", 3, 8, collects=True, attests="tax_regularity"),
        Agency("commune", 6, 15, attests="premises_conform", complaint="l'autorisation d'exploiter n'est pas à jour"),
        Agency("immigration", 5, 12, attests="staff_in_order", complaint="un titre de séjour est expiré"),
        Agency("gisre", 1, 3, attests="identifiers_match", complaint="ICE et identifiant fiscal ne concordent pas"),
    )
}


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm in the register of one agency: what it owes (centimes), and whether its file is in order."""

    ice: str
    debt: int
    in_order: bool

    @property
    def regular(self) -> bool:
        """Whether the agency has nothing to ask of it."""
        return self.in_order and not self.debt


def drawn(agency: Agency, ice: str, seed: int = SEED) -> Firm:
    """The firm as the register of the agency first has it: drawn from the seed, the same on every machine."""
    dice = int.from_bytes(hashlib.sha256(f"{seed}|{agency.code}|{ice}".encode()).digest()[:8], "big")
    irregular = dice % _IRREGULAR_IN == 0
    debt = _LEAST_DEBT + (dice >> 8) % (_MOST_DEBT - _LEAST_DEBT) if irregular and agency.collects else 0
    return Firm(ice, debt, in_order=agency.collects or not irregular)


def delay(agency: Agency, message_id: str) -> float:
    """Seconds that an examination takes, drawn from the number of its message."""
    dice = int.from_bytes(hashlib.sha256(message_id.encode()).digest()[:4], "big")
    return agency.least + (agency.most - agency.least) * dice / 2**32


def answer(agency: Agency, firm: Firm, asked: Mapping[str, Any], attestation: str, day: str) -> dict[str, Any]:
    """The data of the answer to a task: favourable with an attestation, or against with its ground."""
    data: dict[str, Any] = {"synthetic": True, "as_of": day, agency.attests: firm.regular}
    if agency.collects:
        data["debt"] = firm.debt
    if firm.regular:
        data["attestation"] = attestation
    return {
        **{name: asked[name] for name in ("case", "step", "round")},
        "favourable": firm.regular,
        "ground": "" if firm.regular else f"Exemple synthétique : {_reason(agency, firm)}.",
        "data": data,
    }


def _reason(agency: Agency, firm: Firm) -> str:
    if firm.debt:
        return f"{firm.debt // 100} DH restent dus"
    return agency.complaint
