"""What a bank writes: status reports (pain.002.001.12), statements (camt.053.001.08) and notices (camt.054.001.08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

STANDARD: Final = "urn:iso:std:iso:20022:tech:xsd:"
REPORT, STATEMENT, NOTICE = "pain.002.001.12", "camt.053.001.08", "camt.054.001.08"
CENTIMES: Final = 100


@dataclass(frozen=True, slots=True)
class Ordered:
    """A credit transfer as the bank read it: numbers, and the amount in centimes."""

    batch: str
    end_to_end_id: str
    amount: int
    currency: str = "MAD"


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement on the account of the payer: the bank's own number, and why it came back if it is a return."""

    order: Ordered
    reference: str
    amount: int
    credit: bool = False
    reason: str = ""


def read_transfers(content: bytes) -> list[Ordered]:
    """The credit transfers of a pain.001, whatever its version."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    batch = root.findtext("{*}CstmrCdtTrfInitn/{*}GrpHdr/{*}MsgId") or ""
    found = []
    for one in root.iterfind("{*}CstmrCdtTrfInitn/{*}PmtInf/{*}CdtTrfTxInf"):
        amount = one.find("{*}Amt/{*}InstdAmt")
        if amount is not None:
            dirhams, _dot, centimes = (amount.text or "0").partition(".")
            cents = int(dirhams) * CENTIMES + int(centimes.ljust(2, "0"))
            found.append(Ordered(batch, one.findtext("{*}PmtId/{*}EndToEndId") or "", cents, amount.get("Ccy", "MAD")))
    return found


class Writer:
    """Writes one message: `put` goes down a path, making what is missing after what is there already."""

    def __init__(self, name: str, body: str) -> None:
        """Begin a message of that name; `body` is its one element."""
        self.namespace = STANDARD + name
        prefixes: Any = {None: self.namespace}
        self.root = etree.Element(f"{{{self.namespace}}}Document", nsmap=prefixes)
        self.body = self.add(self.root, body)

    def add(self, parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
        """A new element at the end of another."""
        child = etree.SubElement(parent, f"{{{self.namespace}}}{tag}")
        child.text = text
        return child

    def put(self, parent: etree._Element, path: str, text: str) -> etree._Element:
        """The element at the end of a path of new elements, with its text."""
        *above, last = path.split("/")
        for tag in above:
            parent = self.add(parent, tag)
        return self.add(parent, last, text)

    def done(self) -> bytes:
        """The message in UTF-8."""
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")


def status_report(number: str, batch: str, rejected: dict[str, str], accepted: Sequence[str], at: datetime) -> bytes:
    """What became of the orders of a batch: all accepted, all rejected, or each told (`rejected`: reason by order)."""
    writer = Writer(REPORT, "CstmrPmtStsRpt")
    header = writer.add(writer.body, "GrpHdr")
    writer.put(header, "MsgId", number)
    writer.put(header, "CreDtTm", _instant(at))
    group = writer.add(writer.body, "OrgnlGrpInfAndSts")
    writer.put(group, "OrgnlMsgId", batch)
    writer.put(group, "OrgnlMsgNmId", "pain.001.001.09")
    writer.put(group, "GrpSts", "ACCP" if not rejected else "PART" if accepted else "RJCT")
    if not rejected:
        return writer.done()
    information = writer.add(writer.body, "OrgnlPmtInfAndSts")
    writer.put(information, "OrgnlPmtInfId", batch)
    for order in (*rejected, *accepted):
        told = writer.add(information, "TxInfAndSts")
        writer.put(told, "OrgnlInstrId", order)
        writer.put(told, "OrgnlEndToEndId", order)
        writer.put(told, "TxSts", "RJCT" if order in rejected else "ACCP")
        if order in rejected:
            writer.put(told, "StsRsnInf/Rsn/Cd", rejected[order])
    return writer.done()


def account_message(name: str, number: str, movements: Sequence[Movement], at: datetime) -> bytes:
    """A statement (with its balances) or a notice of movements."""
    statement = name == STATEMENT
    writer = Writer(name, "BkToCstmrStmt" if statement else "BkToCstmrDbtCdtNtfctn")
    header = writer.add(writer.body, "GrpHdr")
    writer.put(header, "MsgId", number)
    writer.put(header, "CreDtTm", _instant(at))
    told = writer.add(writer.body, "Stmt" if statement else "Ntfctn")
    writer.put(told, "Id", number)
    writer.put(told, "CreDtTm", _instant(at))
    writer.put(told, "Acct/Id/Othr/Id", "COMPTE-EXEMPLE")
    if statement:
        _balance(writer, told, "OPBD", 0, at)
        _balance(writer, told, "CLBD", sum(m.amount if m.credit else -m.amount for m in movements), at)
    for movement in movements:
        _entry(writer, told, movement, at)
    return writer.done()


def _balance(writer: Writer, told: etree._Element, kind: str, cents: int, at: datetime) -> None:
    balance = writer.add(told, "Bal")
    writer.put(balance, "Tp/CdOrPrtry/Cd", kind)
    _amount(writer, balance, abs(cents), "MAD")
    writer.put(balance, "CdtDbtInd", "CRDT" if cents >= 0 else "DBIT")
    writer.put(balance, "Dt/Dt", at.date().isoformat())


def _entry(writer: Writer, told: etree._Element, movement: Movement, at: datetime) -> None:
    side = "CRDT" if movement.credit else "DBIT"
    entry = writer.add(told, "Ntry")
    _amount(writer, entry, movement.amount, movement.order.currency)
    writer.put(entry, "CdtDbtInd", side)
    writer.put(entry, "Sts/Cd", "BOOK")
    writer.put(entry, "BookgDt/Dt", at.date().isoformat())
    writer.put(entry, "AcctSvcrRef", movement.reference)
    writer.put(entry, "BkTxCd/Prtry/Cd", "VIR")
    details = writer.put(entry, "NtryDtls/TxDtls/Refs/AcctSvcrRef", movement.reference).getparent()
    if details is None:
        return
    writer.put(details, "EndToEndId", movement.order.end_to_end_id)
    detail = details.getparent()
    if detail is None:
        return
    _amount(writer, detail, movement.amount, movement.order.currency)
    writer.put(detail, "CdtDbtInd", side)
    if movement.reason:
        writer.put(detail, "RtrInf/Rsn/Cd", movement.reason)


def _amount(writer: Writer, parent: etree._Element, cents: int, currency: str) -> None:
    writer.put(parent, "Amt", f"{cents // CENTIMES}.{cents % CENTIMES:02d}").set("Ccy", currency)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
