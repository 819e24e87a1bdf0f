"""What firms export, in tests: a statement signed, one to sign, a table of the Office des Changes. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from minassa.delays import instant_of, local_day
from minassa.exports.models import OfficialTable, Statement
from minassa.exports.public import bring, prepare, quarters, sign
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor

HEAD: Final = "marche;segment;filiere;devise;montant\n"
LINES: Final = "FR;OFFSHORING;CRM;EUR;1000000,00\nUS;SOLUTIONS;ITO;USD;250000,50\n"
OFFICIAL: Final = (
    "perimetre;annee;filiere;montant;etat;source\n"
    "OFFICE-DES-CHANGES;2025;TOUTES;27000000000,00;PROVISOIRE;Exemple inventé\n"
    "OFFICE-DES-CHANGES;2025;CRM;12000000000,00;PROVISOIRE;Exemple inventé\n"
)


@dataclass(frozen=True)
class Stated:
    """A signed statement of a quarter, a later one of the same firm that awaits its signature, a table to enter."""

    signed: Statement
    prepared: Statement
    table: OfficialTable


def sheet(lines: str = LINES) -> tuple[str, bytes]:
    """A sheet of a quarter."""
    return "EXPORT.csv", (HEAD + lines).encode()


def make_exports(signer: Actor, enterprise: Enterprise, secretary: Actor, now: datetime) -> Stated:
    """What a firm stated of its last two quarters, and what the secretariat brought."""
    last, before, *_others = quarters(local_day(instant_of(now)))
    signed = prepare(signer, enterprise, before, sheet(), 4_000, now, synthetic=True)
    sign(signer, signed, now)
    return Stated(
        signed=signed,
        prepared=prepare(signer, enterprise, last, sheet(), None, now, synthetic=True),
        table=bring(secretary, "OFFICE.csv", OFFICIAL.encode(), now, synthetic=True),
    )
