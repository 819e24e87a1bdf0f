"""What a message of the bank says, one line for each order or movement: read, not yet believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from lxml import etree

from minassa.ledger.bank_files import ENTRIES_AT_MOST, Message, RefusedFile, children, first_text
from minassa.vocabulary.money import CENTIMES_A_DIRHAM, LARGEST_AMOUNT

_BODIES: Final = ("CstmrPmtStsRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn")
_LONGEST: Final = 35
_AMOUNT: Final = re.compile(r"([0-9]{1,16})(?:\.([0-9]{1,5}))?")
_RECOVERY: Final = re.compile(r"RC-[0-9]{4}-[0-9]{8,}")


class Nature(StrEnum):
    """What is said of an order, or of the account."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "undecided"
    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a message. `group`: the batch that it speaks of as a whole. Centimes, None when unreadable."""

    nature: Nature
    end_to_end_id: str = ""
    group: str = ""
    reference: str = ""
    amount: int | None = None
    currency: str = ""
    booked_on: date | None = None
    booked: bool = True
    reason: str = ""
    recovery: str = ""


_STATUSES: Final = {
    "ACTC": Nature.ACCEPTED,
    "ACCP": Nature.ACCEPTED,
    "ACSP": Nature.ACCEPTED,
    "ACSC": Nature.ACCEPTED,
    "ACCC": Nature.ACCEPTED,
    "ACWC": Nature.ACCEPTED,
    "RJCT": Nature.REJECTED,
    "CANC": Nature.REJECTED,
}
"""Statuses of ISO 20022 that decide; others (PDNG, RCVD, PART…) say nothing yet of an order."""


def lines(message: Message) -> list[Said]:
    """Every line of a message, in its order. RefusedFile `too-many` beyond ENTRIES_AT_MOST, `empty` when none."""
    read = _status_report if message.kind == "pain.002" else _statement
    found: list[Said] = []
    for one in read(message.root):
        found.append(one)
        if len(found) > ENTRIES_AT_MOST:
            raise RefusedFile("too-many")
    if not found:
        raise RefusedFile("empty")
    return found


def message_id(message: Message) -> str:
    """The number that the bank gave to its message, cut to what the standard allows."""
    return first_text(message.root, *(f"{name}/GrpHdr/MsgId" for name in _BODIES))[:_LONGEST]


def _status_report(root: etree._Element) -> Iterator[Said]:
    for report in children(root, "CstmrPmtStsRpt"):
        batch = first_text(report, "OrgnlGrpInfAndSts/OrgnlMsgId")[:_LONGEST]
        transactions = list(children(report, "OrgnlPmtInfAndSts", "TxInfAndSts"))
        if not transactions:
            status = first_text(report, "OrgnlPmtInfAndSts/PmtInfSts", "OrgnlGrpInfAndSts/GrpSts")
            reason = first_text(report, "OrgnlPmtInfAndSts/StsRsnInf/Rsn/Cd", "OrgnlGrpInfAndSts/StsRsnInf/Rsn/Cd")
            yield Said(_STATUSES.get(status, Nature.UNDECIDED), group=batch, reason=reason[:_LONGEST])
        for one in transactions:
            yield Said(
                _STATUSES.get(first_text(one, "TxSts"), Nature.UNDECIDED),
                end_to_end_id=first_text(one, "OrgnlEndToEndId", "OrgnlInstrId")[:_LONGEST],
                reference=first_text(one, "AcctSvcrRef")[:_LONGEST],
                reason=first_text(one, "StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry")[:_LONGEST],
            )


def _statement(root: etree._Element) -> Iterator[Said]:
    for path in (("BkToCstmrStmt", "Stmt", "Ntry"), ("BkToCstmrDbtCdtNtfctn", "Ntfctn", "Ntry")):
        for entry in children(root, *path):
            details = list(children(entry, "NtryDtls", "TxDtls"))
            # A movement without details is one line of its own; with several, each is a line.
            yield from (_movement(entry, detail, alone=len(details) == 1) for detail in details or [entry])


def _movement(entry: etree._Element, detail: etree._Element, *, alone: bool) -> Said:
    side = first_text(detail, "CdtDbtInd") or first_text(entry, "CdtDbtInd")
    own = [*children(detail, "Amt"), *children(detail, "AmtDtls", "TxAmt", "Amt")]
    value = next(iter(own or (children(entry, "Amt") if alone else ())), None)
    status = first_text(entry, "Sts/Cd", "Sts")
    end_to_end_id = first_text(detail, "Refs/EndToEndId")
    free = " ".join(found.text or "" for found in children(detail, "RmtInf", "Ustrd"))
    recovery = _RECOVERY.search(f"{end_to_end_id} {free}")
    return Said(
        Nature.CREDIT if side == "CRDT" else Nature.DEBIT,
        end_to_end_id="" if end_to_end_id == "NOTPROVIDED" else end_to_end_id[:_LONGEST],
        reference=(first_text(detail, "Refs/AcctSvcrRef") or first_text(entry, "AcctSvcrRef"))[:_LONGEST],
        amount=_cents(value),
        currency=("" if value is None else value.get("Ccy", ""))[:3],
        booked_on=_day(first_text(entry, "BookgDt/Dt", "BookgDt/DtTm")),
        booked=status in {"BOOK", ""},
        reason=first_text(detail, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")[:_LONGEST],
        recovery=recovery[0] if recovery else "",
    )


def _cents(element: etree._Element | None) -> int | None:
    """Centimes of an amount; None when it is none, or has fractions of a centime."""
    read = _AMOUNT.fullmatch((element.text or "").strip()) if element is not None else None
    if read is None or (read[2] or "").rstrip("0")[2:]:
        return None
    cents = int(read[1]) * CENTIMES_A_DIRHAM + int((read[2] or "").ljust(2, "0")[:2])
    return cents if 0 < cents <= LARGEST_AMOUNT else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
