"""The file of a batch for the bank: ISO 20022 pain.001.001.09, one credit transfer for each order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone
from lxml import etree

from minassa.ledger.payment_models import PaymentBatch, PaymentOrder
from minassa.vocabulary.identifiers import iban_of_rib
from minassa.vocabulary.money import CENTIMES_A_DIRHAM

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY: Final = "MAD"
_PREFIXES: Final[Any] = {None: NAMESPACE}  # the types of lxml do not know the default namespace
_NAME_LENGTH = 70
_REMITTANCE_LENGTH = 140
_SPECIAL: Final = frozenset("/-?:().,'+ ")
"""Besides letters and digits, what every bank takes (the Latin set of SWIFT)."""


def write_transfer_file(batch: PaymentBatch, orders: Sequence[PaymentOrder], at: datetime) -> bytes:
    """The XML of a batch, in UTF-8: the same rows at the same instant give the same bytes."""
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap=_PREFIXES)
    initiation = _add(root, "CstmrCdtTrfInitn")
    total = dirhams(sum(order.net for order in orders))
    header = _add(initiation, "GrpHdr")
    _add(header, "MsgId", batch.number)
    _add(header, "CreDtTm", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "NbOfTxs", str(len(orders)))
    _add(header, "CtrlSum", total)
    _add(_add(header, "InitgPty"), "Nm", latin(batch.payer_name, _NAME_LENGTH))
    information = _add(initiation, "PmtInf")
    _payment_information(information, batch, len(orders), total, at)
    for order in orders:
        _transfer(information, order)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def dirhams(cents: int) -> str:
    """Centimes as the standard writes an amount: a dot and two decimals."""
    return f"{cents // CENTIMES_A_DIRHAM}.{cents % CENTIMES_A_DIRHAM:02d}"


def latin(text: str, length: int) -> str:
    """A text in the letters that every bank takes, accents taken off, cut to a length; never empty."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if letter.isascii() and (letter.isalnum() or letter in _SPECIAL)
    )
    return " ".join(plain.split())[:length].strip() or "BENEFICIAIRE"


def _payment_information(
    information: etree._Element, batch: PaymentBatch, count: int, total: str, at: datetime
) -> None:
    _add(information, "PmtInfId", batch.number)
    _add(information, "PmtMtd", "TRF")
    _add(information, "BtchBookg", "false")
    _add(information, "NbOfTxs", str(count))
    _add(information, "CtrlSum", total)
    _add(_add(information, "ReqdExctnDt"), "Dt", timezone.localdate(at).isoformat())
    _add(_add(information, "Dbtr"), "Nm", latin(batch.payer_name, _NAME_LENGTH))
    _account(_add(information, "DbtrAcct"), batch.payer_rib)
    _agent(_add(information, "DbtrAgt"), batch.payer_rib)


def _transfer(information: etree._Element, order: PaymentOrder) -> None:
    transfer = _add(information, "CdtTrfTxInf")
    identification = _add(transfer, "PmtId")
    _add(identification, "InstrId", order.number)
    _add(identification, "EndToEndId", order.number)
    amount = _add(_add(transfer, "Amt"), "InstdAmt", dirhams(order.net))
    amount.set("Ccy", CURRENCY)
    _agent(_add(transfer, "CdtrAgt"), order.rib)
    _add(_add(transfer, "Cdtr"), "Nm", latin(order.beneficiary, _NAME_LENGTH))
    _account(_add(transfer, "CdtrAcct"), order.rib)
    said = latin(f"{order.number} {order.entitlement.reference}", _REMITTANCE_LENGTH)
    _add(_add(transfer, "RmtInf"), "Ustrd", said)


def _account(parent: etree._Element, rib: str) -> None:
    _add(_add(parent, "Id"), "IBAN", iban_of_rib(rib))


def _agent(parent: etree._Element, rib: str) -> None:
    """The bank, by the three digits under which the RIB names it: no register of BIC was read."""
    member = _add(_add(parent, "FinInstnId"), "ClrSysMmbId")
    _add(member, "MmbId", rib[:3])


def _add(parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    child.text = text
    return child
